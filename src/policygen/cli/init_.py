"""`policygen init`: a few questions make a profile."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policygen.cli.escape import printable
from policygen.cli.options import complete_from_library, templates_option
from policygen.cli.show import echo_err, echo_path, problems_shown
from policygen.interview.questions import QUESTIONS, Question

if TYPE_CHECKING:
    from policygen.interview.answers import Answers
    from policygen.interview.choices import Choice
    from policygen.model.fragment import Library
    from policygen.problems import Problem

_WELCOME = """\
This writes the first draft of your profile: the facts about your organisation, and no wording.
Enter alone skips a question, or takes the answer in [brackets]; what you skip stays a marked gap in
your draft.
Ctrl-C stops, and leaves nothing behind."""
_FROM_LIBRARY = ("kind", "jurisdiction", "posture", "extent")


def _question_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command an option for each question, so that nobody has to be asked."""
    for question in reversed(QUESTIONS):
        rung = question.fact[0]
        is_file = question.fact[-1] == "logo"
        option = click.option(
            question.option,
            question.name,
            metavar="FILE" if is_file else "TEXT",
            type=click.Path() if is_file else click.STRING,
            shell_complete=complete_from_library(_names(rung)) if rung in _FROM_LIBRARY else None,
            help=question.text,
        )
        function = option(function)
    return function


def _names(rung: str) -> Callable[[Library], Iterable[str]]:
    """What the library has on one rung, or its extents."""
    if rung == "extent":
        return lambda library: library.outline.grades.extents
    return lambda library: library.names(rung)


@click.command("init")
@click.argument("folder_name", metavar="[NAME]", required=False, default="")
@_question_options
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
def init_command(
    folder_name: str,
    out: Path,
    no_input: bool,
    templates: tuple[Path, ...],
    **typed: str | None,
) -> None:
    """Begin a policy of your own: write a profile that `policygen check` takes as a draft.

    NAME is that of the new folder; left out, it is made of the organisation's name. What the
    options do not say is asked on a terminal. Every line can be changed later, in the file itself.
    """
    from policygen.interview.answers import Answers
    from policygen.load.files import display_path
    from policygen.pipeline.begin import begin
    from policygen.pipeline.workspace import Workspace

    with problems_shown():
        workspace = Workspace(templates)
        answers = Answers(workspace.library)
        texts = {name: text for name, text in typed.items() if text is not None}
        is_interactive = has_terminal() and not no_input
        _take_options(answers, texts, out, folder_name, is_interactive=is_interactive)
        try:
            if is_interactive:
                _interview(answers, out, folder_name)
            folder = _place(answers, out, folder_name)
            assert folder is not None  # the organisation has a name by now
            file, gaps = begin(answers, folder, workspace)
        except (click.Abort, KeyboardInterrupt, EOFError):
            echo_err("\nStopped. Nothing was written.")
            sys.exit(1)
        echo_path(display_path(file))
        _say_what_next(folder, out, len(gaps), templates)


def has_terminal() -> bool:
    """Tell whether somebody is there to answer."""
    return sys.stdin is not None and sys.stdin.isatty()


def _place(answers: Answers, out: Path, folder_name: str) -> Path | None:
    """The new folder, once it has a name. Raises PolicygenError where it cannot be made."""
    from policygen.interview.folder import free_folder

    organisation = answers.values.get(("name",)) or ""
    if not folder_name and not organisation:
        return None
    return free_folder(out, folder_name, organisation)


def _take_options(
    answers: Answers, texts: dict[str, str], out: Path, folder_name: str, *, is_interactive: bool
) -> None:
    """Take the answers that stand in the options. Raises PolicygenError with all that is wrong."""
    from policygen.interview.answers import take_defaults, take_texts
    from policygen.problems import PolicygenError

    problems = list(take_texts(answers, texts))
    if not is_interactive:
        problems += take_defaults(answers)
    try:
        _place(answers, out, folder_name)
    except PolicygenError as error:
        problems += error.problems
    if problems:
        raise PolicygenError(problems)


def _interview(answers: Answers, out: Path, folder_name: str) -> None:
    """Ask all that is still open; a folder that is taken is told after the first question."""
    from policygen.interview.answers import interview

    def after(question: Question) -> None:
        if question.fact == ("name",):
            _place(answers, out, folder_name)

    echo_err(_WELCOME)
    interview(answers, _ask, after)


def _ask(
    question: Question, choices: tuple[Choice, ...], suggestion: str, refused: tuple[Problem, ...]
) -> str:
    """Ask one question, with its numbered list if it has one; or ask again, and say why."""
    for problem in refused:
        reason = click.style(printable(problem.what), fg="red")
        echo_err(f"  {reason} {printable(problem.mend)}")
    if not refused:
        _show_question(question, choices, suggestion)
    prompt = f"[{printable(suggestion)}] >" if suggestion else ">"
    answer: str = click.prompt(prompt, default="", show_default=False, prompt_suffix=" ", err=True)
    return answer


def _show_question(question: Question, choices: tuple[Choice, ...], suggestion: str) -> None:
    skip = "" if question.required or suggestion else "; Enter: skip, ask later"
    echo_err("\n" + click.style(question.text, bold=True))
    for number, choice in enumerate(choices, 1):
        name = click.style(f"({printable(choice.name)})", dim=True)
        echo_err(f"  {number:>2}  {printable(choice.title)} {name}")
        if choice.description:
            echo_err(f"      {printable(choice.description)}")
    echo_err(click.style(f"  {question.hint}{skip}", dim=True))


def _say_what_next(folder: Path, out: Path, gaps: int, templates: tuple[Path, ...]) -> None:
    """Say what to do with the new profile."""
    from policygen.pipeline.begin import nameable

    typed = folder.name if out == Path("profiles") else str(folder)
    unnamed = () if nameable(folder, templates) else templates
    roots = [f" --templates {shlex.quote(str(root))}" for root in unnamed]
    name = printable("".join([shlex.quote(typed), *roots]))
    check = click.style(f"    policygen check {name}", bold=True)
    build = click.style(f"    policygen build {name}", bold=True)
    echo_err(
        f"\nThe draft has {gaps} gaps. "
        "Each is printed as a marked gap, and a list at the end says whom to ask."
    )
    if unnamed:
        echo_err(
            "The profile may not name templates that lie so far from it: "
            "give --templates to every command, or keep them beside profiles/."
        )
    echo_err("Next:")
    echo_err(f"{check}    what is missing, and whom to ask")
    echo_err(f"{build}    the draft, in dist/{printable(folder.name)}/")
