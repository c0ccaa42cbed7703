"""Write docs/commands.md from the program's own help and docs/sources.md from the library, so that none can part.

    python tools/make_docs.py [--check]

With --check nothing is written, and the status is 1 if a page is stale.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from policygen import pipeline
from policygen.cli import main as program
from policygen.model.fragment import Layer
from policygen.model.policy import Source

DOCS = Path(__file__).parents[1] / "docs"
_WIDTH = {"terminal_width": 100, "max_content_width": 100}  # a page is as wide wherever it is made
INTRODUCTION = """# Commands

<!-- Made by `make docs` from the program's own help. Change the help, not this page. -->

A PROFILE is a folder, a `profile.yaml`, or a bare name: first of a folder in `./profiles`, then of a shipped example.
Results go to standard output, messages to standard error.
The exit status is 0 when all is well, and 1 for any error (under `--strict` for any warning too).
It is 2 for a command that cannot be understood.
"""


SOURCES = """# Sources

<!-- Made by `make docs` from the library's sources.yaml files. Change those, not this page. -->

Every act, code and guidance that the wording cites, layer by layer, with the day on which somebody last looked it up.
A source that nobody has confirmed is marked unverified, here and in every document that cites it.
"""
STATUS = {"in-force": "in force", "partly-in-force": "partly in force"}


def commands() -> str:
    """The whole page: the program, then each command in the order of its list."""
    root = click.Context(program, info_name="policygen", **{**program.context_settings, **_WIDTH})
    pieces = [INTRODUCTION, _help("policygen", program, root)]
    for name in program.list_commands(root):
        command = program.get_command(root, name)
        assert command is not None
        pieces.append(
            _help(f"policygen {name}", command, click.Context(command, root, name, **_WIDTH))
        )
    return "\n".join(pieces)


def _help(title: str, command: click.Command, context: click.Context) -> str:
    text = "\n".join(line.rstrip() for line in command.get_help(context).strip().splitlines())
    return f"## {title}\n\n```text\n{text}\n```\n"


def sources() -> str:
    """A table for each layer that has sources: what it is, whether it holds, and which clauses cite it."""
    library = pipeline.library()
    layers = [layer for group in library.layers.values() for layer in group]
    cited: dict[str, set[str]] = {}
    for layer in layers:
        for fragment in layer.fragments:
            for edit in fragment.edits:
                for reference in edit.sources:
                    cited.setdefault(reference.source, set()).add(edit.id)
    return "\n".join([SOURCES, *(_table(layer, cited) for layer in layers if layer.sources)])


def _table(layer: Layer, cited: dict[str, set[str]]) -> str:
    rows = [_row(source, sorted(cited.get(source.id, ()))) for source in layer.sources.values()]
    head = "| Source | Publisher | Status | Checked | Cited by |\n|---|---|---|---|---|"
    return "\n".join([f"## {layer.title}\n", head, *rows, ""])


def _row(source: Source, clauses: list[str]) -> str:
    year = f", {source.year}" if source.year and str(source.year) not in source.title else ""
    note = f". {source.note}" if source.note else ""
    name = f"[{source.title}]({source.url}){year}{note}"
    status, checked = STATUS.get(source.status, source.status), source.checked_on or "not yet"
    return f"| {name} | {source.publisher} | {status} | {checked} | {', '.join(clauses) or 'nothing yet'} |"


if __name__ == "__main__":
    pages = {DOCS / "commands.md": commands(), DOCS / "sources.md": sources()}
    if sys.argv[1:] == ["--check"]:
        sys.exit(
            any(
                not page.is_file() or page.read_text("utf-8") != made
                for page, made in pages.items()
            )
        )
    for page, made in pages.items():
        page.write_text(made, "utf-8")
        print(page.relative_to(Path.cwd()) if page.is_relative_to(Path.cwd()) else page)
