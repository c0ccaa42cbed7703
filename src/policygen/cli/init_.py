"""`policygen init`: a few questions make a profile."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policygen.cli.show import choices, echo_err, problems_shown, templates_option
from policygen.interview.questions import QUESTIONS, Question

if TYPE_CHECKING:
    from policygen.interview.answers import Choice
    from policygen.model.fragment import Library
    from policygen.problems import Problem

F = TypeVar("F", bound=Callable[..., Any])
_WELCOME = """\
This writes the first draft of your profile: the facts about your organisation, and no wording.
Enter alone skips a question, or takes the answer in [brackets]; what you skip stays a marked gap in your draft.
Ctrl-C stops, and leaves nothing behind."""
_RUNGS = ("kind", "jurisdiction", "posture")


def _options(function: F) -> F:
    """An option for each question, so that nobody has to be asked."""
    for question in reversed(QUESTIONS):
        complete = choices(_names(question.fact[0])) if question.fact[0] in _RUNGS else None
        kind = click.Path() if question.fact[-1] == "logo" else click.STRING
        function = click.option(
            question.option,
            question.name,
            metavar="FILE" if question.fact[-1] == "logo" else "TEXT",
            type=kind,
            shell_complete=complete,
            help=question.text,
        )(function)
    return function


def _names(rung: str) -> Callable[[Library], Iterable[str]]:
    """What the library has on one rung."""
    return lambda library: library.names(rung)


@click.command("init")
@click.argument("folder_name", metavar="[NAME]", required=False, default="")
@_options
@click.option(
    "--out",
    "-o",
    type=click.Path(path_type=Path),
    default=Path("profiles"),
    show_default=True,
    help="Where the profile's folder goes.",
)
@click.option(
    "--no-input", is_flag=True, help="Ask nothing: all that is needed stands in the options."
)
@templates_option
def command(
    folder_name: str, out: Path, no_input: bool, templates: tuple[Path, ...], **given: str | None
) -> None:
    """Begin a policy of your own: write a profile that `policygen check` takes as a draft.

    NAME is that of the new folder; left out, it is made of the organisation's name. What the options do not say is
    asked on a terminal. Every line can be changed later, in the file itself.
    """
    from policygen.interview.answers import Answers, ask, give, suppose
    from policygen.interview.folder import free_folder
    from policygen.load.files import display_path
    from policygen.pipeline.begin import begin
    from policygen.pipeline.workspace import Workspace
    from policygen.problems import PolicygenError

    def place() -> Path | None:
        organisation = answers.values.get(("name",)) or ""
        return free_folder(out, folder_name, organisation) if folder_name or organisation else None

    def after(question: Question) -> None:
        if question.fact == ("name",):  # before the other questions are asked in vain
            place()

    with problems_shown():
        workspace = Workspace(templates)
        answers = Answers(workspace.library)
        problems = list(
            give(answers, {key: text for key, text in given.items() if text is not None})
        )
        interactive = terminal() and not no_input
        if not interactive:
            problems += suppose(answers)
        try:
            folder = place()
        except PolicygenError as error:
            problems += error.problems
        if problems:
            raise PolicygenError(problems)
        try:
            if interactive:
                echo_err(_WELCOME)
                ask(answers, _put, after)
            folder = place()
            assert folder is not None  # the organisation has a name by now
            file, gaps = begin(answers, folder, workspace)
        except (click.Abort, KeyboardInterrupt, EOFError):
            echo_err("\nStopped. Nothing was written.")
            sys.exit(1)
        click.echo(display_path(file))
        _next(folder, out, len(gaps), templates)


def terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def _put(
    question: Question, choices: tuple[Choice, ...], suggestion: str, refused: tuple[Problem, ...]
) -> str:
    """Ask one question, with its numbered list if it has one; or ask again, and say why."""
    for problem in refused:
        echo_err(f"  {click.style(problem.what, fg='red')} {problem.mend}")
    if not refused:
        _shown(question, choices, suggestion)
    prompt = f"[{suggestion}] >" if suggestion else ">"
    answer: str = click.prompt(prompt, default="", show_default=False, prompt_suffix=" ", err=True)
    return answer


def _shown(question: Question, choices: tuple[Choice, ...], suggestion: str) -> None:
    skip = "" if question.required or suggestion else "; Enter: skip, ask later"
    echo_err("\n" + click.style(question.text, bold=True))
    for number, choice in enumerate(choices, 1):
        echo_err(f"  {number:>2}  {choice.title} " + click.style(f"({choice.name})", dim=True))
        if choice.says:
            echo_err(f"      {choice.says}")
    echo_err(click.style(f"  {question.hint}{skip}", dim=True))


def _next(folder: Path, out: Path, gaps: int, templates: tuple[Path, ...]) -> None:
    """What to do with the new profile."""
    name = shlex.quote(folder.name if out == Path("profiles") else str(folder))
    name += "".join(f" --templates {shlex.quote(str(root))}" for root in templates)
    echo_err(
        f"\nThe draft has {gaps} gaps. Each is printed as a marked gap, and a list at the end says whom to ask."
    )
    echo_err("Next:")
    echo_err(
        click.style(f"    policygen check {name}", bold=True)
        + "    what is missing, and whom to ask"
    )
    echo_err(
        click.style(f"    policygen build {name}", bold=True)
        + f"    the draft, in dist/{folder.name}/"
    )
