"""`policygen serve`: the page for people who do not program."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

from policygen.cli import options
from policygen.cli.escape import printable
from policygen.cli.options import profile_argument, templates_option
from policygen.cli.show import echo_err, echo_out, problems_shown

if TYPE_CHECKING:
    from policygen.pipeline.workspace import Workspace

_Serve: TypeAlias = (
    "Callable[[Path, Workspace, int, Callable[[str], None], Callable[[], date]], None]"
)


@click.command("serve")
@profile_argument(many=False, required=False)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; 0: a free one.")
@click.option("--no-open", is_flag=True, help="Print the address, and open no browser.")
@templates_option
def serve_command(
    profile: str | None, port: int, no_open: bool, templates: tuple[Path, ...]
) -> None:
    """Open the page in your browser: fill in facts, see each edition, download, release.

    It lists the profiles of ./profiles, or those beside PROFILE. It listens on this computer only,
    for whoever has the printed address, until Ctrl-C or the button on the page ends it.
    """
    from policygen.load.profile.path import PROFILES_FOLDER, find_profile
    from policygen.pipeline.workspace import Workspace

    def ready(address: str) -> None:
        echo_out(address)
        echo_err("Ctrl-C, or the button at the top of the page, ends it.")
        if not no_open:
            webbrowser.open(address)

    with problems_shown():
        serve = _server()
        folder = find_profile(profile).resolve().parent.parent if profile else Path(PROFILES_FOLDER)
        echo_err(f"Profiles are in {printable(str(folder))}.")
        serve(folder, Workspace.of_one_user(templates), port, ready, options.today)


def _server() -> _Serve:
    """Return what serves the page. Raises PolicygenError without the extra that it needs."""
    from policygen.problems import PolicygenError, Problem

    try:
        from policygen.web.server import run_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "policygen":
            raise  # a mistake of ours
        what = f"The page needs {error.name}, which is not installed."
        mend = "Install policygen with its extra `web`: docs/install.md says how."
        raise PolicygenError([Problem(what, mend, code="PG904")]) from None
    return run_server
