"""Write docs/commands.md from the program's own help, so that the two cannot part.

    python tools/make_docs.py [--check]

With --check nothing is written, and the status is 1 if the page is stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from policygen.cli import main as program

PAGE = Path(__file__).parents[1] / "docs/commands.md"
_WIDTH = {"terminal_width": 100, "max_content_width": 100}  # a page is as wide wherever it is made
INTRODUCTION = """# Commands

<!-- Made by `make docs` from the program's own help. Change the help, not this page. -->

A PROFILE is a folder, a `profile.yaml`, or a bare name: first of a folder in `./profiles`, then of a shipped example.
Results go to standard output, messages to standard error.
The exit status is 0 when all is well, and 1 for any error (under `--strict` for any warning too).
It is 2 for a command that cannot be understood.
"""


def page() -> str:
    """The whole page: the program, then each command in the order of its list."""
    root = click.Context(program, info_name="policygen", **{**program.context_settings, **_WIDTH})
    pieces = [INTRODUCTION, _help("policygen", program, root)]
    for name in program.list_commands(root):
        command = program.get_command(root, name)
        assert command is not None
        pieces.append(_help(f"policygen {name}", command, click.Context(command, root, name, **_WIDTH)))
    return "\n".join(pieces)


def _help(title: str, command: click.Command, context: click.Context) -> str:
    text = "\n".join(line.rstrip() for line in command.get_help(context).strip().splitlines())
    return f"## {title}\n\n```text\n{text}\n```\n"


if __name__ == "__main__":
    made = page()
    if sys.argv[1:] == ["--check"]:
        sys.exit(not PAGE.is_file() or PAGE.read_text("utf-8") != made)
    PAGE.write_text(made, "utf-8")
    print(PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE)
