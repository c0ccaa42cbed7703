"""Write the docs that are made from the program itself, so that none can part from it.

docs/commands.md comes from its help, docs/sources.md from the library, docs/problems/ from the catalogue of codes.

    python tools/make_docs.py [--check]

With --check nothing is written, and the status is 1 if a page is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from policygen.cli import main as program
from policygen.load.library.library import load_library
from policygen.model.fragment import Layer
from policygen.model.policy import Source
from policygen.problems.catalogue import catalogue

DOCS = Path(__file__).parents[1] / "docs"
_WIDTH: dict[str, Any] = {
    "terminal_width": 100,
    "max_content_width": 100,
}  # wherever a page is made
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
A source that nobody has confirmed is marked unverified, here and in drafts; an approved policy does not cite it.
"""
PROBLEMS = """# Problems

<!-- Made by `make docs` from src/policygen/problems/pages/. Change those, not these pages. -->

Every message of policygen ends in a code, such as PG101.
A code names a kind of fault and never changes; `policygen problem PG101` prints its page.

| Codes | About |
|---|---|
| PG1xx | Files of facts: the profile, layers, the outline, sources |
| PG2xx | Wording: Markdown, fragments, slips |
| PG3xx | Composing a policy: layers, edits, facts that are missing |
| PG4xx | Looks and formats: themes, pictures, fonts, style sheets, pages |
| PG5xx | Files that are written: locks, releases, stamps |
| PG6xx | Names on the command line, git revisions, `policy.json`, copies that came back, consultations |
| PG7xx | Plain English, and words that disagree |
| PG8xx | A new profile |
| PG9xx | The page of `policygen serve` |
"""
STATUS = {"in-force": "in force", "partly-in-force": "partly in force"}


def commands() -> str:
    """The whole page: the program, then each command in the order of its list."""
    root = click.Context(program, info_name="policygen", **{**program.context_settings, **_WIDTH})
    pieces = [INTRODUCTION, _help("policygen", program, root)]
    pieces += _of_group("policygen", program, root)
    return "\n".join(pieces)


def _of_group(title: str, group: click.Group, context: click.Context) -> Iterator[str]:
    """Each command of a group in the order of its list, and those of a group within it after it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        own = click.Context(command, context, name, **_WIDTH)
        yield _help(f"{title} {name}", command, own)
        if isinstance(command, click.Group):
            yield from _of_group(f"{title} {name}", command, own)


def _help(title: str, command: click.Command, context: click.Context) -> str:
    text = "\n".join(line.rstrip() for line in command.get_help(context).strip().splitlines())
    return f"## {title}\n\n```text\n{text}\n```\n"


def sources() -> str:
    """A table for each layer that has sources: what it is, whether it holds, and which clauses cite it."""
    library = load_library()
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


def problems() -> dict[str, str]:
    """The index of codes and a page for each, by the name of its file."""
    pages = catalogue().values()
    rows = [f"| [{page.code}]({page.code}.md) | {page.title} |" for page in pages]
    index = "\n".join([PROBLEMS, "| Code | What it means |\n|---|---|", *rows, ""])
    return {"README.md": index, **{f"{page.code}.md": page.text for page in pages}}


def made() -> dict[Path, str]:
    """Every page that this program makes, by its path."""
    pages = {DOCS / "commands.md": commands(), DOCS / "sources.md": sources()}
    return pages | {DOCS / "problems" / name: text for name, text in problems().items()}


def stale(pages: dict[Path, str]) -> list[Path]:
    """The pages that are missing or say something else, and those in docs/problems/ that no code has."""
    changed = [
        path
        for path, text in pages.items()
        if not path.is_file() or path.read_text("utf-8") != text
    ]
    return changed + [path for path in (DOCS / "problems").glob("*.md") if path not in pages]


def write(pages: dict[Path, str]) -> None:
    """Bring every stale page up to date, and say which."""
    for path in stale(pages):
        if path in pages:
            path.parent.mkdir(exist_ok=True)
            path.write_text(pages[path], "utf-8")
        else:
            path.unlink()
        print(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(bool(stale(made())))
    write(made())
