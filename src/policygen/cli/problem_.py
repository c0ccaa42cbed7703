"""`policygen problem`: what the code of a Problem means, and how to mend it."""

from __future__ import annotations

import click

from policygen.cli.show import problems_shown


def _codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Complete a code."""
    from policygen.problems.catalogue import catalogue

    return [code for code in catalogue() if code.startswith(incomplete.upper())]


@click.command("problem")
@click.argument("code", required=False, shell_complete=_codes)
def problem_command(code: str | None) -> None:
    """Explain a problem by its code: what it means, an example, and how to mend it.

    Without a CODE, lists every code there is.
    """
    from policygen.problems.catalogue import catalogue

    if code is None:
        for page in catalogue().values():
            click.echo(f"{page.code}  {page.title}")
        return
    with problems_shown():
        click.echo(_explained(code), nl=False)


def _explained(code: str) -> str:
    """The page of one code. Raises PolicygenError for a code that does not exist."""
    from policygen.problems import PolicygenError, Problem, nearest
    from policygen.problems.catalogue import catalogue

    pages = catalogue()
    if code.upper() in pages:
        return pages[code.upper()].text
    what = f'There is no problem with the code "{code}".'
    raise PolicygenError([Problem(what, nearest(code.upper(), pages), code="PG601")])
