"""The command line as people and other programs meet it: what it prints where, and how it ends."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small import LAW, OUTLINE, PROFILE, ROOT, Small, policygen

from policygen.cli import show as shown_by
from policygen.load.profile.profile import profile_schema
from policygen.model.profile import Profile
from policygen.write.writer import formats

OWN = """\
## Keep a record {#law.records}

- change: extend
- because: Ours

### Rule

{{ inherited }}

Ours too.
"""
COMMANDS = ("build", "check", "explain", "list", "release", "accept", "schema", "completion")


@pytest.fixture
def ready(small: Small) -> Small:
    """A profile in ./profiles that builds without a word."""
    return small.write({"base/law.md": LAW})


def built(ready: Small, *words: str) -> list[str]:
    result = ready.run("build", "example", "-f", "md", *words)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


# --- build -------------------------------------------------------------------------------------------------


def test_build_writes_the_tiers_and_says_what_it_wrote(ready: Small) -> None:
    result = ready.run("build", "example", "-f", "md")
    names = ["policy.json", "overview.md", "snapshot.md", "full-story.md"]
    assert result.stdout.splitlines() == [f"dist/example/{name}" for name in names]
    assert result.stderr == ""
    assert sorted(p.as_posix() for p in Path("dist").rglob("*") if p.is_file()) == sorted(
        ["dist/manifest.json", *result.stdout.splitlines()]
    )


def test_an_edition_a_format_and_a_folder_may_be_chosen(ready: Small) -> None:
    made = built(ready, "-e", "house-rules", "--out", "out")
    assert made == ["out/example/policy.json", "out/example/house-rules.md"]


@pytest.mark.parametrize(
    "given", ["example", "profiles/example", "profiles/example/", "profiles/example/profile.yaml"]
)
def test_a_profile_is_a_name_a_folder_or_a_file(given: str, ready: Small) -> None:
    assert ready.run("check", given).exit_code == 0


def test_the_manifest_merges_builds_and_its_checksums_are_true(ready: Small) -> None:
    shutil.copytree("profiles/example", "profiles/other")
    built(ready, "-e", "overview")
    ready.run("build", "other", "-f", "md", "-e", "snapshot")
    built(ready, "-e", "full-story")
    listed = json.loads(Path("dist/manifest.json").read_bytes())
    assert sorted(listed["files"]) == [
        "example/full-story.md",
        "example/overview.md",
        "example/policy.json",
        "other/policy.json",
        "other/snapshot.md",
    ]
    for path, entry in listed["files"].items():
        data = (Path("dist") / path).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


def test_rebuilding_rewrites_nothing(ready: Small) -> None:
    built(ready)
    files = [p for p in Path("dist").rglob("*") if p.is_file()]
    for path in files:
        os.utime(path, (1, 1))
    built(ready)
    assert {path.stat().st_mtime for path in files} == {1}
    ready.write({"base/law.md": LAW.replace("Keep it.", "Keep it well.")})
    built(ready)
    assert sorted(p.name for p in files if p.stat().st_mtime > 1) == [
        "full-story.md",
        "manifest.json",
        "policy.json",
    ]


def test_names_of_documents_in_several_languages(ready: Small) -> None:
    ready.set("languages: [cy, en-GB, mi]\n").write(
        {"base/law.cy.md": LAW.replace("Keep it.", "Cadwch ef.")}
    )
    result = ready.run("build", "example", "-f", "md", "-e", "full-story")
    assert result.stdout.splitlines() == [
        "dist/example/policy.json",
        "dist/example/full-story.md",
        "dist/example/policy.en-GB.json",
        "dist/example/full-story.en-GB.md",
    ]
    assert "Cadwch ef." in Path("dist/example/full-story.md").read_text()
    assert "Keep it." in Path("dist/example/full-story.en-GB.md").read_text()
    assert json.loads(Path("dist/example/policy.json").read_bytes())["language"] == "cy"
    assert 'warning: The library has no words in "mi" yet' in result.stderr


def test_progress_goes_to_standard_error_for_two_profiles(ready: Small) -> None:
    shutil.copytree("profiles/example", "profiles/other")
    result = ready.run("build", "example", "other", "-f", "md", "-e", "overview")
    assert result.stderr.splitlines() == ["example (1 of 2)", "other (2 of 2)"]
    assert all(line.startswith("dist/") for line in result.stdout.splitlines())


def test_a_warning_fails_under_strict_only(ready: Small) -> None:
    ready.set("languages: [mi]\n")
    for command in (["build", "example", "-f", "md"], ["check", "example"]):
        assert ready.run(*command).exit_code == 0
        assert ready.run(*command, "--strict").exit_code == 1


# --- check -------------------------------------------------------------------------------------------------


def test_check_says_so_when_nothing_is_to_mend(ready: Small) -> None:
    result = ready.run("check", "example")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "example: nothing to mend\n", "")


def test_check_says_how_long_each_edition_is(ready: Small) -> None:
    story = "tiers: [rule, practice], layout: book"
    short = OUTLINE.replace("pages: 1", "words: 30")
    ready.write({"outline.yaml": short.replace(story, f"{story}, words: {{core: 5, usual: 2000}}")})
    said = ready.run("check", "example").stdout.splitlines()
    assert said[-1] == "Overview 0 of 30 words, Full story 7 of 2,000"


def test_check_counts_and_shows_on_standard_error(ready: Small) -> None:
    ready.set("nam: x\nlanguags: [mi]\n")
    result = ready.run("check", "example")
    assert result.exit_code == 1
    assert result.stdout == "example: 2 errors\n"
    assert result.stderr.splitlines() == [
        'profiles/example/profile.yaml:7:1: error: There is no key "nam".  PG101',
        '    Did you mean "name"?',
        'profiles/example/profile.yaml:8:1: error: There is no key "languags".  PG101',
        '    Did you mean "languages"?',
    ]


def test_check_without_a_profile_checks_all(ready: Small) -> None:
    shutil.copytree("profiles/example", "profiles/other")
    assert ready.run("check").stdout == "2 profiles: nothing to mend\n"


@pytest.mark.parametrize("spoil", ["profile", "library", "nothing", "name"])
def test_check_as_json_is_json_and_nothing_else(spoil: str, ready: Small) -> None:
    ready.write({"organisation/profile.yaml": PROFILE + "nam: x\n"} if spoil == "profile" else {})
    ready.write({"base/law.md": "no heading"} if spoil == "library" else {})
    result = ready.run("check", "exampel" if spoil == "name" else "example", "--format", "json")
    problems = json.loads(result.stdout)
    assert result.stderr == ""
    assert result.exit_code == (0 if spoil == "nothing" else 1)
    assert len(problems) == (0 if spoil == "nothing" else 1)
    for problem in problems:
        assert sorted(problem) == [
            "code",
            "column",
            "field",
            "level",
            "line",
            "mend",
            "path",
            "what",
        ]
    if spoil == "profile":
        assert problems == [
            {
                "code": "PG101",
                "level": "error",
                "path": "profiles/example/profile.yaml",
                "line": 7,
                "column": 1,
                "field": ["nam"],
                "what": 'There is no key "nam".',
                "mend": 'Did you mean "name"?',
            }
        ]


def test_colour_on_a_terminal_only_and_never_with_no_color(
    ready: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    import policygen.cli.show as show

    ready.set("nam: x\n")
    assert "\x1b" not in ready.run("check", "example").output
    monkeypatch.setattr(show, "colour", lambda stream: not os.environ.get("NO_COLOR"))
    assert "\x1b[31m" in ready.run("check", "example", color=True).stderr
    assert "\x1b" not in ready.run("check", "example", env={"NO_COLOR": "1"}).stderr


def test_colour_looks_at_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from policygen.cli.show import colour

    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert colour(Terminal())
    assert not colour(object())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colour(Terminal())


# --- list, explain -----------------------------------------------------------------------------------------


def test_list(ready: Small) -> None:
    ready.write(
        {
            "base/sources.yaml": "a: {title: A, publisher: P, url: https://a.example, status: unverified}\n"
        }
    )
    rows = {
        what: ready.run("list", what).stdout.splitlines()
        for what in ("layers", "sections", "clauses", "editions")
    }
    assert rows["layers"][0].split(None, 1) == ["base", "Every public body"]
    assert ["kind/parish-council", "Parish council"] in [
        row.split(None, 1) for row in rows["layers"]
    ]
    assert rows["sections"] == ["law  The law"]
    assert rows["clauses"] == ["law.records  usual  Keep a record"]
    assert rows["editions"][0].split(None, 1) == ["overview", "Overview: overview, 1 page at most"]
    assert ready.run("list", "formats").stdout.split() == list(formats())
    assert ready.run("list", "sources").stdout == "a  A (unverified)\n"
    assert ready.run("list", "profiles").stdout.split() == [
        "example",
        "profiles/example/profile.yaml",
    ]
    result = ready.run("list", "clauzes")
    assert (result.exit_code, result.stdout) == (2, "")


def test_list_the_services_that_examples_may_speak_of(ready: Small) -> None:
    examples = "{bins: {plan: the plan}, roads: {plan: the road}}"
    ready.write(
        {
            "kind/council/layer.yaml": f"title: Council\nfacts: {{examples: {examples}}}\n",
            "base/law.md": "# The law\n\n## A {#law.a}\n\n### Rule\n\nA.\n",
        }
    )
    lines = ready.run("list", "services").stdout.splitlines()
    assert [line.split() for line in lines] == [["bins", "kind/council"], ["roads", "kind/council"]]


def test_list_what_a_body_promises(ready: Small) -> None:
    ready.set("commitments: {capture: 1, block: off, count: on}\n")
    lines = ready.run("list", "commitments", "example").stdout.splitlines()
    assert [re.split("  +", line) for line in lines] == [
        [
            "capture",
            "1 day",
            "How soon a post is saved",
            "account owners",
            "usual 7 days (1 day to 2,000 days)",
        ],
        [
            "block",
            "off",
            "How long a block lasts",
            "account owners",
            "usual 30 days (1 day to 90 days)",
        ],
        [
            "count",
            "every month",
            "How often posts are counted",
            "the press office",
            "usual every month (every month to every 12 months)",
        ],
    ]
    for names in ([], ["example", "example"]):
        refused = ready.run("list", "commitments", *names)
        assert (refused.exit_code, refused.stdout) == (2, "")
        assert "those of one profile" in refused.stderr


def test_explain_a_clause(ready: Small) -> None:
    ready.write({"organisation/law.md": OWN})
    result = ready.run("explain", "example", "law.records")
    assert result.exit_code == 0
    assert [line.split() for line in result.stdout.splitlines() if line.strip()] == [
        ["1.1", "Keep", "a", "record", "law.records"],
        ["add", "base", "templates/base/law.md:3"],
        ["tells:", "rule"],
        ["extend", "organisation", "profiles/example/law.md:1"],
        ["because:", "Ours"],
        ["tells:", "rule"],
        ["not", "stamped:", "nothing", "says", "which", "words", "it", "was", "written", "against"],
        ["Rule"],
        ["Keep", "it."],
        ["Ours", "too."],
    ]
    assert "law.records" in ready.run("explain", "example", "law").stdout
    assert ready.run("explain", "example").stdout.startswith(
        "Fenwick Borough Council: 6 layers, lowest first\n"
    )


def test_explain_marks_an_extension_of_a_binding_clause_for_review(ready: Small) -> None:
    ready.write(
        {
            "base/law.md": LAW.replace("\n### Rule", "\n- binding: yes\n\n### Rule"),
            "organisation/law.md": OWN,
        }
    )
    assert "for legal review: extends a binding clause" in ready.run("explain", "example").stdout


def test_explain_prints_names_as_they_are(ready: Small) -> None:
    name = "[bold]A[/] :smile: {x}"
    ready.write(
        {"organisation/profile.yaml": PROFILE.replace("Fenwick Borough Council", f'"{name}"')}
    )
    assert ready.run("explain", "example").stdout.startswith(f"{name}: 6 layers")


def test_explain_says_what_is_stale_and_counts_it(ready: Small) -> None:
    ready.write({"organisation/law.md": OWN.replace("- because", "- was: 000000000000\n- because")})
    said = ready.run("explain", "example").stdout
    assert "stale: the words beneath have changed since" in said
    assert "  stale edits: 1; sources not yet checked: 0\n" in said
    assert "written by the organisation: 0; changed: 1; for legal review: 0" in said


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("s.pdf", b"%PDF"),
        ("s.docx", b"PK"),
        ("s.html", b"<!DOCTYPE html>"),
        ("s.md", b""),
        ("s.txt", b"Fenwick"),
        ("s.json", b"{"),
    ],
)
def test_explain_prints_the_sheet_in_the_format_that_a_file_asks_for(
    name: str, start: bytes, ready: Small
) -> None:
    result = ready.run("explain", "example", "--out", name)
    assert (result.exit_code, result.output) == (0, "")
    data = Path(name).read_bytes()
    assert data.startswith(start)
    assert len(data) > 500
    if name != "s.txt":  # and the same on standard output
        format = {"s.md": "markdown"}.get(name, name.removeprefix("s."))
        assert ready.run("explain", "example", "--format", format).stdout_bytes == data


def test_explain_for_another_program(ready: Small) -> None:
    ready.write({"organisation/law.md": OWN})
    data = json.loads(ready.run("explain", "example", "law.records", "--format", "json").stdout)
    assert [clause["id"] for clause in data["clauses"]] == ["law.records"]
    assert [step["path"] for step in data["clauses"][0]["steps"]] == [
        "templates/base/law.md",
        "profiles/example/law.md",
    ]
    assert json.loads(ready.run("schema", "--provenance").stdout)["title"] == "Provenance"


def test_explain_folds_on_a_narrow_terminal_and_nowhere_else(
    ready: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    from policygen.cli.explain_text import _fold

    ready.write({"base/law.md": LAW.replace("Keep it.", "Keep it, " + "and keep it well, " * 9)})
    said = ready.run("explain", "example", "law.records").stdout.splitlines()
    assert max(map(len, said)) > 150
    folded = list(_fold(iter(said), 80))
    assert max(map(len, folded)) <= 80
    assert " ".join(" ".join(folded).split()) == " ".join(" ".join(said).split())


def test_explain_an_unknown_clause(ready: Small) -> None:
    result = ready.run("explain", "example", "law.recrods")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        result.stderr
        == 'error: There is no clause "law.recrods".  PG607\n    Did you mean "law.records"?\n'
    )


# --- accept ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_accept_stamps_and_stamps_again_and_changes_nothing_else(
    end: str, mark: str, ready: Small
) -> None:
    own = (mark + OWN.replace("- because: Ours\n", "\n- because: Ours\n")).replace("\n", end)
    ready.write({"organisation/law.md": own})
    path = ready.path("organisation/law.md")
    assert "nothing says which words" in ready.run("check", "example").stderr

    stamped = ready.run("accept")
    assert stamped.exit_code == 0
    assert stamped.stdout.startswith("profiles/example/law.md:1: law.records stamped ")
    stamp = stamped.stdout.split()[-1]
    first = path.read_bytes().decode()
    assert first.replace(f"- was: {stamp}{end}", "") == own
    assert ready.run("check", "example").stderr == ""
    assert ready.run("accept").stdout == "Every edit is stamped already.\n"
    assert path.read_bytes().decode() == first

    ready.write({"base/law.md": LAW.replace("Keep it.", "Keep it well.")})
    result = ready.run("check", "example")
    assert (
        'law.md:1:1: warning: "law.records": the words beneath this edit have changed'
        in result.stderr
    )
    assert result.exit_code == 0
    assert ready.run("check", "example", "--strict").exit_code == 1
    again = ready.run("accept", "law.records").stdout.split()[-1]
    assert again != stamp
    assert path.read_bytes().decode() == first.replace(stamp, again)
    assert ready.run("check", "example", "--strict").exit_code == 0


def test_accept_finds_the_organisation_that_makes_the_edit(ready: Small) -> None:
    shutil.copytree("profiles/example", "profiles/another")
    ready.write({"organisation/law.md": OWN})
    assert ready.run("accept", "law.records").exit_code == 0
    assert "- was: " in ready.path("organisation/law.md").read_text()
    result = ready.run("accept", "law.recrods")
    assert result.exit_code == 1
    assert 'does not edit "law.recrods".  PG630\n    Did you mean "law.records"?' in result.stderr
    assert ready.run("accept", "law.records", "-p", "another").exit_code == 1


def test_accept_leaves_a_file_that_it_cannot_write_as_it_was(
    ready: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready.write({"organisation/law.md": OWN})
    monkeypatch.setattr(Path, "replace", _no_space)
    result = ready.run("accept")
    assert result.exit_code == 1
    assert "This file cannot be written: no space left on device." in result.stderr
    assert ready.path("organisation/law.md").read_text() == OWN
    assert sorted(p.name for p in Path("profiles/example").iterdir()) == ["law.md", "profile.yaml"]


def test_accept_stamps_every_file_or_none(ready: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    ready.write({"organisation/law.md": OWN})
    shutil.copytree("profiles/example", "profiles/second")
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if "second" in str(target):
            _no_space()
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    result = ready.run("accept")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(
        "profiles/second/law.md: error: This file cannot be written: no space left"
    )
    for name in ("example", "second"):
        assert Path("profiles", name, "law.md").read_text() == OWN
        assert {p.name for p in Path("profiles", name).iterdir()} == {"profile.yaml", "law.md"}


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


# --- schema, completion, help --------------------------------------------------------------------------------


@pytest.mark.slow
def test_schema() -> None:
    schema = json.loads(policygen("schema").stdout)
    assert schema == json.loads(json.dumps(profile_schema()))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["name", "short_name", "kind", "jurisdiction", "posture"]
    assert set(schema["properties"]) == set(Profile.model_fields)
    assert {"council", "department"} <= set(schema["properties"]["kind"]["enum"])
    assert schema["properties"]["extent"]["enum"] == ["core", "usual", "everything", None]
    services = schema["properties"]["services"]["items"]
    assert {"libraries", "ambulance"} <= set(services["anyOf"][0]["enum"])
    assert list(faults("ferries", services, schema)) == []  # a body may have one of its own
    assert json.loads(policygen("schema", "--policy").stdout)["title"] == "Policy"
    assert json.loads(policygen("schema", "--differences").stdout)["title"] == "DifferencesJson"


@pytest.mark.slow
def test_the_schema_accepts_the_examples_and_refuses_what_check_refuses() -> None:
    from ruamel.yaml import YAML

    schema = json.loads(policygen("schema").stdout)
    for file in (ROOT / "profiles").glob("*/profile.yaml"):
        data = json.loads(
            json.dumps(YAML(typ="safe", pure=True).load(file.read_text()), default=str)
        )
        assert list(faults(data, schema, schema)) == []
        policy = {**data["policy"], "status": "aproved"}
        spoiled = {**data, "nam": "x", "kind": "counsil", "unions": "GMB", "policy": policy}
        spoiled["commitments"] = {"capture": "five"}
        spoiled.pop("posture")
        assert sorted(faults(spoiled, schema, schema)) == [
            "",
            "",
            "commitments.capture",
            "kind",
            "policy.status",
            "unions",
        ]


KEYWORDS = {
    "$schema",
    "$defs",
    "$ref",
    "additionalProperties",
    "anyOf",
    "ask",
    "const",
    "default",
    "description",
    "enum",
    "examples",
    "format",
    "items",
    "maximum",
    "minimum",
    "pattern",
    "properties",
    "propertyNames",
    "required",
    "title",
    "type",
}
TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def faults(value: object, schema: Any, root: Any, at: str = "") -> Iterator[str]:
    """The places where a value does not fit a JSON Schema, for the part of the language that ours uses."""
    assert set(schema) <= KEYWORDS, set(schema) - KEYWORDS
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    if "anyOf" in schema and all(
        list(faults(value, choice, root, at)) for choice in schema["anyOf"]
    ):
        yield min(
            (list(faults(value, choice, root, at)) for choice in schema["anyOf"]),
            key=lambda f: f == [at],
        )[0]
    if ("type" in schema and type(value) is not TYPES[schema["type"]]) or value not in schema.get(
        "enum", [value]
    ):
        yield at
    elif isinstance(value, dict):
        properties, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        yield from (at for key in schema.get("required", ()) if key not in value)
        for key, inner in value.items():
            if key in properties or isinstance(more, dict):
                yield from faults(inner, properties.get(key, more), root, f"{at}.{key}".lstrip("."))
            elif not more:
                yield at
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from faults(inner, schema.get("items", {}), root, f"{at}.{number}")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_print(shell: str) -> None:
    result = policygen("completion", shell)
    assert result.exit_code == 0
    assert "_POLICYGEN_COMPLETE" in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    result = policygen(command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 5


def test_help_and_version() -> None:
    shown = policygen("--help").stdout
    assert all(f"  {command} " in shown for command in COMMANDS)
    assert policygen("--version").stdout.startswith("policygen ")


def test_python_runs_it_as_a_module() -> None:
    """Where the folder of commands is not on the path, as on many an office machine."""
    command = [sys.executable, "-m", "policygen", "check", "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert said.startswith("Usage: policygen check ")


@pytest.mark.slow
def test_a_reader_that_leaves_early_is_no_fault() -> None:
    line = f"{sys.executable} -c 'from policygen.cli import main; main()' list clauses | head -1"
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.slow
def test_a_terminal_that_knows_ascii_only() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [
        sys.executable,
        "-c",
        "from policygen.cli import main; main()",
        "explain",
        "rauporoa",
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


# --- problem -----------------------------------------------------------------------------------------------


def test_problem_explains_a_code(ready: Small) -> None:
    result = ready.run("problem", "pg101")
    assert result.exit_code == 0
    assert result.stdout.startswith("# PG101: A key that does not exist\n")


def test_problem_lists_every_code(ready: Small) -> None:
    assert "PG101  A key that does not exist" in ready.run("problem").stdout.splitlines()


def test_problem_does_not_know_a_code(ready: Small) -> None:
    result = ready.run("problem", "PG10l")
    assert result.exit_code == 1
    assert 'Did you mean "PG101"?' in result.stderr


# --- what was typed, or stands in a file, on a terminal ----------------------------------------------------

HOSTILE = "\x1b[2J\u202e\x9bx"
ESCAPED = "\\x1b[2J\\u202e\\x9bx"


@pytest.mark.parametrize(
    "words",
    [
        ["check", HOSTILE],
        ["build", HOSTILE],
        ["build", "example", "--edition", HOSTILE],
        ["build", "example", f"--{HOSTILE}"],
        ["check", "example", "--format", HOSTILE],
        [HOSTILE],
        ["list", HOSTILE],
        ["list", "layers", HOSTILE],
        ["explain", "example", HOSTILE],
        ["diff", "example", HOSTILE],
        ["diff", "example", "example", "--section", HOSTILE],
        ["compare", HOSTILE],
        ["release", HOSTILE, "--summary", "x"],
        ["accept", HOSTILE],
        ["problem", HOSTILE],
        ["init", HOSTILE, "--no-input"],
        ["init", "--no-input", "--kind", HOSTILE],
    ],
    ids=lambda words: " ".join(words).replace(HOSTILE, "HOSTILE"),
)
def test_nothing_unprintable_that_was_typed_comes_back(words: list[str], ready: Small) -> None:
    result = ready.run(*words)
    assert result.exit_code in (1, 2)
    assert not {"\x1b", "\u202e", "\x9b"} & set(result.output)
    assert ESCAPED in result.output or "ESCAPE (U+001B)" in result.output


def test_nothing_unprintable_of_a_path_is_shown(ready: Small) -> None:
    name = "a\nb\x1b[2J"
    shutil.copytree("profiles/example", f"profiles/{name}")
    with open(f"profiles/{name}/profile.yaml", "a") as file:
        file.write("nam: x\n")
    result = ready.run("check", name)
    assert "profiles/a\\nb\\x1b[2J/profile.yaml:7:1: error: " in result.stderr
    assert "\x1b" not in result.output


def test_no_name_of_a_folder_or_a_file_steers_a_terminal(ready: Small) -> None:
    name = "a\nb\x1b[8m"  # which hides what comes after it
    shutil.copytree("profiles/example", f"profiles/{name}")
    words = ("build", name, "--edition", "snapshot", "--format", "md")
    assert ready.run(*words).exit_code == 0
    assert "a\\nb\\x1b[8m: nothing has changed" in ready.run(*words).stderr
    assert "a\\nb\\x1b[8m was named twice" in ready.run("review", "example", name, name).stderr


def test_a_folder_whose_name_no_document_can_hold_is_refused(ready: Small) -> None:
    shutil.copytree("profiles/example", "profiles/caf\udce9")  # as an old archive leaves it
    for words in (("build", "caf\udce9"), ("compare", "example", "caf\udce9", "--format", "json")):
        told = ready.run(*words)
        assert told.exit_code == 1
        assert "error: The name of this folder is not in UTF-8.  PG501" in told.stderr
    shutil.copytree("templates", "caf\udce9")
    assert "PG501" in ready.run("build", "example", "--templates", "caf\udce9").stderr
    with contextlib.chdir("profiles/caf\udce9"):
        assert "PG501" in ready.run("check", ".").stderr


def test_a_path_on_a_terminal_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown_by.echo_path("a\nb\x1b[8m")
    assert capsys.readouterr().out == "a\nb\n"  # for a program; click leaves colours out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown_by.echo_path("a\nb\x1b[8m")
    assert capsys.readouterr().out == "a\\nb\\x1b[8m\n"


# --- check for other programs ------------------------------------------------------------------------------


def test_check_for_github(ready: Small) -> None:
    ready.set("nam: x\n")
    result = ready.run("check", "example", "--format", "github")
    assert result.exit_code == 1
    assert result.stdout == (
        "::error file=profiles/example/profile.yaml,line=7,col=1,title=PG101::"
        'There is no key "nam". Did you mean "name"?\n'
    )
    assert result.stderr == ""


def test_an_annotation_of_github_is_escaped() -> None:
    from policygen.cli.problem_formats import github_annotations
    from policygen.problems import Level, Location, Problem

    place = Location("a,b:c%\n.md", 3)
    problem = Problem("100%\r\n::set-output::", "", place, Level.ADVICE, code="PG101")
    assert list(github_annotations([problem])) == [
        "::notice file=a%2Cb%3Ac%25%0A.md,line=3,title=PG101::100%25%0D%0A::set-output::"
    ]
    assert list(github_annotations([Problem("x", "y", code="PG101")])) == [
        "::error title=PG101::x y"
    ]


def test_the_json_of_check_agrees_with_its_schema(ready: Small) -> None:
    schema = json.loads(ready.run("schema", "--problems").stdout)
    ready.set("nam: x\nchannels: [{handle: a}]\n")
    problems = json.loads(ready.run("check", "example", "--format", "json").stdout)
    properties = schema["items"]["properties"]
    for problem in problems:
        assert list(problem) == list(properties) == schema["items"]["required"]
        assert re.fullmatch(properties["code"]["pattern"], problem["code"])
    assert [problem["field"] for problem in problems] == [["nam"], ["channels", 0, "platform"]]


def test_check_the_profiles_of_files_that_changed(ready: Small) -> None:
    ready.set("nam: x\n")
    ready.write({"organisation/releases/1.0/profile.yaml": PROFILE})
    names = [
        "profiles/example/law.md",
        "profiles/example/theme/a.css",
        "profiles/example/releases/1.0/profile.yaml",
        "templates/base/other.md",
    ]
    result = ready.run("check", "--changed", *names)
    assert result.stdout.startswith("profiles/example: ")
    assert "PG101" in result.stderr
    assert ready.run("check", "--changed", "elsewhere/law.md").exit_code == 0


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("templates/outline.yaml", True),
        ("templates/base/gone.md", True),
        ("templates/jurisdiction/uk/law.md", True),
        ("templates/jurisdiction/england/kind/council/law.md", True),
        ("templates/posture/cautious/law.md", True),  # of one section
        ("templates/jurisdiction/new-zealand/law.md", False),
        ("templates/kind/parish-council/law.md", False),
        ("words/kind/council/law.md", True),
        ("words/kind/parish-council/law.md", False),
    ],
)
def test_check_the_profiles_that_changed_templates_make(
    file: str, found: bool, ready: Small
) -> None:
    Path("words/kind/council").mkdir(parents=True)
    Path("words/kind/council/layer.yaml").write_text("title: Ours\n")
    ready.set("postures: {law: cautious}\nlibrary: {templates: [../../words]}\n")
    said = ready.run("check", "--changed", file).stdout
    assert said.startswith("profiles/example: " if found else "no profile: ")
