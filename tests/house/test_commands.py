"""Public names, help for every command, and a quick start."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from source import ROOT

import policygen
from policygen.cli import main

HEAVY = {
    "babel",
    "weasyprint",
    "docx",
    "resvg_py",
    "lxml",
    "pydantic",
    "markdown_it",
    "jinja2",
    "ruamel",
    "rich",
    "rapidfuzz",
}


def python(code: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a piece of Python in a process of its own."""
    command = [sys.executable, "-W", "error", "-c", code]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120)


# --- Public names ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", policygen.__all__)
def test_every_public_name_imports(name: str) -> None:
    assert getattr(policygen, name).__doc__


def test_the_public_names_are_sorted_and_each_once() -> None:
    assert policygen.__all__ == sorted(set(policygen.__all__))


def test_importing_the_package_imports_nothing_else() -> None:
    run = python(
        "import sys, policygen; print([m for m in sys.modules if m.startswith('policygen.')])"
    )
    assert run.stdout.strip() == "[]", run.stderr


def test_types_ship() -> None:
    assert (Path(policygen.__file__).parent / "py.typed").is_file()


# --- Help and its page -------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, click.Command]]:
    yield from _of_group("", main, click.Context(main))


def _of_group(
    before: str, group: click.Group, context: click.Context
) -> Iterator[tuple[str, click.Command]]:
    """Each command of a group by what is typed, and those of a group within it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        typed = f"{before} {name}".strip()
        yield typed, command
        if isinstance(command, click.Group):
            yield from _of_group(typed, command, click.Context(command, context))


COMMANDS = dict(commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_says_what_it_does(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert command.name == name.split()[-1]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]}"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_on_the_page(name: str) -> None:
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    _, heading, rest = page.partition(f"\n## policygen {name}\n")
    assert heading
    section = rest.partition("\n## ")[0]
    for parameter in COMMANDS[name].params:
        for option in parameter.opts if isinstance(parameter, click.Option) else []:
            assert option in section


def test_the_page_shows_no_mark_up_of_the_help() -> None:
    assert "\\b" not in (ROOT / "docs/commands.md").read_text("utf-8")


@pytest.mark.slow
def test_the_page_of_commands_is_fresh() -> None:
    run = subprocess.run([sys.executable, ROOT / "tools/make_docs.py", "--check"])
    assert run.returncode == 0, "docs/commands.md is stale: run `make docs`"


# --- A quick start -----------------------------------------------------------------------------------


def heavy_after(*arguments: str, cwd: Path = ROOT) -> set[str]:
    """Which of the heavy libraries a run of the command line has imported by its end."""
    code = f"""
import sys
from policygen.cli import main
try:
    main({list(arguments)!r}, standalone_mode=False)
except SystemExit:
    pass
import json
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})))
"""
    run = python(code, cwd)
    assert run.returncode == 0, run.stderr
    return HEAVY & set(json.loads(run.stdout.splitlines()[-1]))


QUESTIONS = [("--help",), ("--version",), *((*name.split(), "--help") for name in COMMANDS)]


@cache
def heavy_in_turn() -> dict[tuple[str, ...], set[str]]:
    """Which of the heavy libraries each question brings that none before it has: one process asks them all."""
    code = f"""
import json, sys
from policygen.cli import main
before, brought = set(), []
for words in {QUESTIONS!r}:
    main(list(words), standalone_mode=False)
    now = {{name.partition(".")[0] for name in sys.modules}}
    brought.append(sorted(now - before))
    before = now
print(json.dumps(brought))
"""
    run = python(code)
    assert run.returncode == 0, run.stderr
    brought = json.loads(run.stdout.splitlines()[-1])
    return {words: HEAVY & set(names) for words, names in zip(QUESTIONS, brought, strict=True)}


@pytest.mark.parametrize("arguments", QUESTIONS, ids=" ".join)
def test_help_imports_no_heavy_library(arguments: tuple[str, ...]) -> None:
    assert heavy_in_turn()[arguments] == set()


@pytest.mark.slow
def test_a_format_that_is_not_asked_for_is_not_imported(tmp_path: Path) -> None:
    heavy = heavy_after("build", "fenwick", "-f", "md", "--out", str(tmp_path))
    assert "pydantic" in heavy  # the measure sees what is there
    assert not heavy & {"weasyprint", "docx"}


# What each of these commands has no use for, though others have.
UNNEEDED = {
    ("explain", "fenwick", "law.records"): {
        *("babel", "docx", "fontTools", "lxml", "rapidfuzz", "rich", "subprocess", "weasyprint"),
        *("policygen.diff", "policygen.lint", "policygen.present", "policygen.write"),
    },
    ("check", "fenwick"): {
        *("babel", "docx", "lxml", "rapidfuzz", "rich", "subprocess", "weasyprint"),
        *("policygen.diff", "policygen.report", "policygen.review", "policygen.load.git"),
        *(
            "policygen.model.consultation",
            "policygen.model.matching",
            "policygen.model.sheet",
            "policygen.model.word_template",
        ),
    },
    ("diff", "fenwick", "wexmoor-police", "--format", "json"): {
        *("babel", "docx", "fontTools", "lxml", "rich", "subprocess", "weasyprint"),
        *("policygen.lint", "policygen.present", "policygen.write", "policygen.markdown.prose"),
        *("policygen.load.git", "policygen.model.comparison.matrix"),
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("arguments", UNNEEDED, ids=lambda arguments: arguments[0])
def test_a_command_imports_only_what_it_needs(arguments: tuple[str, ...]) -> None:
    code = f"""
import sys
from policygen.cli import main
try:
    main({list(arguments)!r}, standalone_mode=False)
except SystemExit:
    pass
print("\\n".join(sys.modules))
"""
    run = python(code)
    assert run.returncode == 0, run.stderr
    imported = set(run.stdout.splitlines())
    assert "pydantic" in imported  # the measure sees what is there
    assert imported & UNNEEDED[arguments] == set()


# --- Without WeasyPrint ------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "fault", ["OSError('cannot load library libpango')", "ModuleNotFoundError('weasyprint')"]
)
def test_without_weasyprint_the_other_formats_are_built(tmp_path: Path, fault: str) -> None:
    """Pango missing shows as an OSError; some distributions ship the package apart."""
    code = f"""
import sys
class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "weasyprint":
            raise {fault}
sys.meta_path.insert(0, Absent())
from policygen.cli import main
main(["build", "fenwick", "--edition", "overview", "--out", {str(tmp_path)!r}])
"""
    run = python(code)
    assert run.returncode == 0, run.stderr
    assert "Traceback" not in run.stderr
    assert "warning: " in run.stderr
    assert run.stderr.count("PDF") == 1
    made = {file.name for file in (tmp_path / "fenwick").iterdir()}
    assert made == {"overview.docx", "overview.html", "overview.md", "policy.json"}
