"""`policygen consult answer`, `print` and `forget`: what comes after the collation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygen.cli.escape import printable
from policygen.cli.file_changes import show_acceptance
from policygen.cli.form_file import deliver_form
from policygen.cli.options import (
    cleared_by_option,
    consultation_option,
    dry_run_option,
    profile_argument,
    templates_option,
)
from policygen.cli.output import deliver, output_options, rendered
from policygen.cli.show import echo_err, echo_path, problems_shown

if TYPE_CHECKING:
    from policygen.model.consultation.answer_sheet import GivenAnswer
    from policygen.model.consultation.findings import ConsultationFindings
    from policygen.pipeline.workspace import Workspace

_VERDICTS = ("accepted", "partly", "declined", "noted")


@click.command("answer")
@profile_argument(many=False)
@click.argument("responses", nargs=-1, metavar="[RESPONSE]...")
@click.option("--decision", type=click.Choice(_VERDICTS), help="What you decided on each RESPONSE.")
@click.option("--because", default="", metavar="TEXT", help="Why: the answer that they get.")
@click.option(
    "--read",
    "sheet",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Take the answers of a sheet, XLSX or CSV, that `consult print sheet` made.",
)
@click.option("--ask", is_flag=True, help="Be asked for each response that waits for an answer.")
@cleared_by_option
@dry_run_option
@consultation_option
@templates_option
def answer_command(
    profile: str,
    responses: tuple[str, ...],
    decision: str | None,
    because: str,
    sheet: Path | None,
    ask: bool,
    cleared_by: str,
    dry_run: bool,
    version: str,
    templates: tuple[Path, ...],
) -> None:
    """Record what you decided on each response, and why.

    RESPONSE is the number of a response, or a clause by its id or printed number: then all that
    wait for an answer there are meant. An accepted edit is shown as it will stand in your own
    folder and written there, as `policygen review --accept` does. A later answer takes the place of
    an earlier one, which stays in the log.
    """
    from policygen.load.consultation.answers import read_answers
    from policygen.load.consultation.record import newest_consultation, read_log
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.workspace import Workspace

    ways = [bool(responses), sheet is not None, ask]
    if ways.count(True) != 1:
        raise click.UsageError("Name RESPONSEs, or give --read FILE, or --ask.")
    if bool(responses) != bool(decision):
        raise click.UsageError("A RESPONSE and --decision go together.")
    with problems_shown():
        path, workspace = find_profile(profile), Workspace(templates)
        if sheet is not None:
            opened = read_log(newest_consultation(path.parent, version)).consultation
            given = read_answers(sheet, f"{opened.organisation}@{opened.version}")
        elif ask:
            given = _asked(path, workspace, version)
        else:
            given = _typed(responses, decision or "", because)
        _record(path, workspace, given, version, cleared_by, dry_run=dry_run)


def _typed(responses: tuple[str, ...], decision: str, because: str) -> tuple[GivenAnswer, ...]:
    from policygen.model.consultation.answer_sheet import GivenAnswer
    from policygen.model.consultation.record import Verdict

    verdict = Verdict[decision.upper()]
    return tuple(GivenAnswer(one, verdict, because) for one in responses)


def _asked(profile: Path, workspace: Workspace, version: str) -> tuple[GivenAnswer, ...]:
    """Ask for each response that waits; what was said before somebody stops counts."""
    from policygen.pipeline.consult.papers import consultation_findings
    from policygen.report.consultation.sentences import ResponseTeller

    found = consultation_findings(profile, workspace, version)
    teller = ResponseTeller(found.policy, found.log)
    given: list[GivenAnswer] = []
    waiting = {one.id for one in found.log.open_responses}
    choice = click.Choice([*_VERDICTS, "skip", "stop"])
    for clause in found.clauses:
        for one in clause.responses:
            if one.id not in waiting:
                continue
            echo_err(click.style(f"\n{printable(teller.clause(clause.clause))}", bold=True))
            echo_err(printable(teller.did(one)))
            echo_err(printable(teller.said(one)))
            try:
                decision = click.prompt("Your decision", type=choice, default="skip", err=True)
                if decision not in ("skip", "stop"):
                    because = click.prompt("Why", err=True)
                    given += _typed((str(one.id),), decision, because)
            except click.Abort:
                decision = "stop"
            if decision == "stop":
                return tuple(given)
    return tuple(given)


def _record(
    profile: Path,
    workspace: Workspace,
    given: tuple[GivenAnswer, ...],
    version: str,
    cleared_by: str,
    *,
    dry_run: bool,
) -> None:
    """Record answers, and say what was written and what is left; status 1 for work by hand."""
    from policygen.load.files import display_path
    from policygen.pipeline.consult.answer import answer

    done = answer(profile, given, workspace, version, cleared_by, dry_run=dry_run)
    show_acceptance(done.acceptance)
    if not dry_run:
        for change in done.acceptance.changes:
            echo_err(f"{printable(display_path(change.path))}: written")
    said = f"{len(done.added)} answer{'' if len(done.added) == 1 else 's'}"
    left = f"{done.left} {'waits' if done.left == 1 else 'wait'} for one"
    if dry_run:
        echo_err(f"{said} would be recorded. Nothing was written.")
    else:
        echo_err(f"{said} recorded; {left}.")
        if not done.left and not done.acceptance.by_hand:
            name = printable(profile.resolve().parent.name)
            of = f" --version {version}" if version else ""
            echo_err(f"Tell everybody: `policygen consult print you-said {name}{of}`")
            echo_err("Then set policy.status to approved, its version, approved_at and issued,")
            echo_err(f'and release it: `policygen release {name} --summary "..."`')
    if done.acceptance.by_hand:
        sys.exit(1)


@click.command("print")
@click.argument("paper", metavar="PAPER", type=click.Choice(["you-said", "record", "sheet"]))
@profile_argument(many=False)
@output_options(
    (
        *("terminal", "html", "markdown", "docx", "pdf", "large-print-docx", "large-print-pdf"),
        *("xlsx", "csv"),
    ),
    "terminal",
)
@consultation_option
@templates_option
def print_command(
    paper: str,
    profile: str,
    format: str,
    out: Path | None,
    version: str,
    templates: tuple[Path, ...],
) -> None:
    """Print a paper of a consultation: you-said, record or sheet.

    `you-said` is "You said, we did", for everybody: what people said on each clause, what you
    decided and why. `record` shows that what the policy promises of consultation was kept, with a
    written answer to each body. `sheet` is a table (xlsx or csv) on which to fill in answers, for
    `consult answer --read`. Bodies are named; a private person never is.
    """
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.consult.papers import consultation_findings
    from policygen.pipeline.workspace import Workspace

    is_table = format in ("xlsx", "csv")
    if (paper == "sheet") != is_table:
        raise click.UsageError("The sheet is xlsx or csv; the other papers are neither.")
    with problems_shown():
        found = consultation_findings(find_profile(profile), Workspace(templates), version)
        hand_over = deliver_form if is_table else deliver
        hand_over(_paper(found, paper, format), format, out)


def _paper(found: ConsultationFindings, paper: str, format: str) -> str | bytes:
    from policygen.pipeline.consult.papers import answer_sheet, paper_document

    if paper == "sheet":
        return answer_sheet(found, format)
    return rendered(paper_document(found, paper), format)


@click.command("forget")
@profile_argument(many=False)
@click.argument("names", nargs=-1, metavar="[RESPONDENT]...")
@click.option("--everybody", is_flag=True, help="Erase all names and all files that came back.")
@click.option("--dry-run", is_flag=True, help="Say what would be erased, and erase nothing.")
@consultation_option
def forget_command(
    profile: str, names: tuple[str, ...], everybody: bool, dry_run: bool, version: str
) -> None:
    """Erase a respondent's name, and every file in which they wrote.

    RESPONDENT is an id such as r3, or the name as it stands in people/respondents.yaml. What they
    said stays in the log, of nobody; the log still holds. Use --everybody after the day that
    policy.consultation.keep_until names.
    """
    from policygen.load.files import display_path
    from policygen.load.profile.path import find_profile
    from policygen.pipeline.consult.forget import forget

    if bool(names) == everybody:
        raise click.UsageError("Name a RESPONDENT, or give --everybody.")
    with problems_shown():
        gone = forget(find_profile(profile), names, version, everybody=everybody, dry_run=dry_run)
        for file in gone.files:
            echo_path(display_path(file))
        people = f"{len(gone.respondents)} name{'' if len(gone.respondents) == 1 else 's'}"
        files = f"{len(gone.files)} file{'' if len(gone.files) == 1 else 's'}"
        would = "would be erased. Nothing was." if dry_run else "erased, as far as they lie here."
        echo_err(f"{people} and {files} {would}")
        if not dry_run:
            echo_err("Backups, mailboxes and printed copies have them still: look there too.")
