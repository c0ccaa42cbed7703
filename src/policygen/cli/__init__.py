"""The command line: thin commands, each in a file of its own, imported when it is asked for."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from io import TextIOWrapper
from types import FrameType
from typing import Any, NoReturn

import click

# When Python looks for circles to collect: seldom, for a command is short and keeps what it reads.
PATIENT = (100_000, 50, 100)
LATE = (1_000_000, 50, 100)
# In the order in which `--help` lists them.
_COMMANDS = {
    "init": "Begin a policy of your own: a few questions make the profile.",
    "serve": "Open the page in a browser: fill in, look, download, release.",
    "build": "Print a policy: PDF, DOCX, HTML and Markdown.",
    "check": "List every problem of a profile, and how to mend it.",
    "diff": "Show how two policies differ, clause by clause, and why.",
    "compare": "Set many policies side by side: which clause has whose words.",
    "impact": "Show what a change of the library does to every policy.",
    "report": "Print the paper for a policy's board, or for its yearly review.",
    "extract": "Print one clause or a few, to send in Teams or by e-mail.",
    "explain": "Show where each clause came from.",
    "list": "List layers, sections, clauses, sources, releases, commitments and more.",
    "edit": "Put a clause's words into your own folder, ready to change.",
    "review": "Show what a Word file that came back says, clause by clause.",
    "match": "Set a policy that you already have beside our clauses.",
    "consult": "Ask others about a draft: send it, gather what they say, answer them.",
    "release": "Freeze a version with the files published, for good.",
    "dates": "Say what of a policy is due, and when; or write a calendar file.",
    "evidence": "Gather what was in force on a day, for a request or a tribunal.",
    "signed": "Make what staff sign when they are told, and say who has.",
    "facts": "Ask those who know, in a workbook, and read their answers back.",
    "kept": "Say what was kept, late and missed of what the policy promises.",
    "behind": "Say which bodies are behind the model, and write to each.",
    "translate": "Give the words to a translator, and take them back.",
    "accept": "Stamp an organisation's edits after reviewing them.",
    "problem": "Explain a problem by its code, such as PG101.",
    "schema": "Print the JSON Schema of a profile, for editors.",
    "completion": "Print the script that completes commands in your shell.",
}


@contextmanager
def _printable_usage_errors() -> Iterator[None]:
    """Escape what is unprintable in an error of click, which repeats what was typed."""
    from policygen.cli.escape import printable

    try:
        yield
    except click.UsageError as error:
        message = error.format_message()
        escaped = printable(message, keep="\n")
        if escaped == message:
            raise
        raise click.UsageError(escaped, error.ctx) from None


class _Lazy(click.Group):
    """Knows its commands by name; imports one when it runs, none to list them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = import_module(f"policygen.cli.{name}_")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Parse the command line; what it repeats of it is printable."""
        with _printable_usage_errors():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what it repeats of the command line is printable."""
        with _printable_usage_errors():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for one that does not exist."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            from policygen.problems import nearest

            ctx.fail(f'There is no command "{args[0]}". {nearest(args[0], _COMMANDS)}')
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="policygen", message="policygen %(version)s")
def main() -> None:
    """Social media policies for public bodies: one profile, told at three depths.

    Start with `policygen init`, then `policygen check PROFILE` and `policygen build PROFILE`.
    A PROFILE is a folder, a profile.yaml, or the name of one in ./profiles or among the examples.
    """
    _look_for_no_plugins()
    _collect_late()
    _end_at_once()
    _end_orderly_on_signals()
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter shows a mark instead
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _look_for_no_plugins() -> None:
    """Let pydantic not read the list of every installed package for plugins of its own."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def _collect_late() -> None:
    """Let Python look for circles late at first: a command for one body ends before it would."""
    gc.set_threshold(*LATE)
    if _collect_patiently not in gc.callbacks:  # in one process, tests run many commands
        gc.callbacks.append(_collect_patiently)


def _collect_patiently(phase: str, info: dict[str, int]) -> None:
    """After the first look, be patient."""
    if phase == "stop":
        gc.set_threshold(*PATIENT)
        gc.callbacks.remove(_collect_patiently)


def _end_at_once() -> None:
    """Let Python look for no garbage as it ends, when all memory goes: a tenth of a second."""
    atexit.unregister(gc.freeze)  # in one process, tests run many commands
    atexit.register(gc.freeze)


def _end_orderly_on_signals() -> None:
    """Let a run that is told to end put everything back first; its status is 128 + signal."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is None or signal.getsignal(number) is not signal.SIG_DFL:
            continue
        with suppress(ValueError):  # only the main thread may
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # once is enough: what is put back is put back whole
    raise SystemExit(128 + number)
