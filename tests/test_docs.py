"""The how-tos work: each is followed to the letter in an empty folder, files and commands in its order.

In a how-to, a line that holds only a `path` names the file in the block below it, `sh` blocks are run, and
each line of a `text` block stands somewhere in what the commands before it printed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import venv
from contextlib import chdir
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from organisations import EVERYTHING, ROOT

from policygen.cli import main
from policygen.model.extent import Grades
from policygen.model.outline.outline import Edition, Front, Outline, Tier

DOCS = ROOT / "docs"
BLOCK = re.compile(
    r"(?:^`(?P<path>[^`\n]+)`\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.M | re.S
)
LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#(?P<anchor>[\w.-]+))?\)")
COMMENT = re.compile(r" +# .*")
PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])


# A line that needs no shell: `policygen ...`, and perhaps what is done where it fails.
OWN = re.compile(
    r'policygen (?P<words>[^|&;<>$`*\n]*?)(?: \|\| (?:true|echo "(?P<echo>[^"$`]*)"))?'
)


def follow(page: Path, folder: Path, first: Path | None = None) -> None:
    """Do what a how-to says, in a folder.

    A line that is a `policygen ...` runs in this process, for speed; with `first`, the folder where commands are
    looked for first, every block runs in a shell, as anything else does.
    """
    variables = _variables(first or Path(sys.executable).parent)
    said = ""
    for block in BLOCK.finditer(page.read_text("utf-8")):
        text, where = block["text"], f"{page.name}: {block['text'][:60]!r}"
        if block["path"]:
            (folder / block["path"]).parent.mkdir(parents=True, exist_ok=True)
            (folder / block["path"]).write_text(text, "utf-8")
        elif block["language"] == "sh":
            lines = COMMENT.sub("", text.replace("\\\n", " ")).splitlines()
            run = _in_turn([text] if first else lines, folder, variables)
            said = run.said
            assert run.code == 0, f"{where}\n{said}"
        elif block["language"] == "text":
            for line in text.splitlines():
                assert re.search(r"\s+".join(map(re.escape, line.split())), said), (
                    f"{where}\n{line}\nnot in\n{said}"
                )
        else:
            pytest.fail(f"{where}: a block of {block['language']} without a file's name")


class Run(NamedTuple):
    """What commands printed, and how the last one ended."""

    said: str
    code: int


def _variables(first: Path) -> dict[str, str]:
    people = {
        f"GIT_{who}_{what}": "a@test.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    path = os.pathsep.join([str(first), os.environ["PATH"]])
    return {**os.environ, **people, "PATH": path, "COLUMNS": "200"}


def _in_turn(steps: list[str], folder: Path, variables: dict[str, str]) -> Run:
    """As `sh -e` does: the first step that fails is the last."""
    said, code = "", 0
    for step in steps:
        own = OWN.fullmatch(step)
        run = _here(own, folder, variables) if own else _in_shell(step, folder, variables)
        said, code = said + run.said, run.code
        if code:
            break
    return Run(said, code)


def _in_shell(text: str, folder: Path, variables: dict[str, str]) -> Run:
    command = ["sh", "-eu", "-c", text]
    run = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True)
    return Run(run.stdout + run.stderr, run.returncode)


def _here(own: re.Match[str], folder: Path, variables: dict[str, str]) -> Run:
    with chdir(folder):
        words = shlex.split(own["words"])
        run = CliRunner().invoke(main, words, env=variables, catch_exceptions=False)
    said = run.stdout + run.stderr
    if run.exit_code and " || " in own[0]:
        return Run(said + (own["echo"] or ""), 0)
    return Run(said, run.exit_code)


def test_a_step_that_fails_ends_a_block(tmp_path: Path) -> None:
    steps = ["policygen list nothing", "echo too far"]
    variables = _variables(Path(sys.executable).parent)
    failed = _in_turn(steps, tmp_path, variables)
    assert failed.code
    assert "too far" not in failed.said
    caught = _in_turn([f'{steps[0]} || echo "Look here."', steps[1]], tmp_path, variables)
    assert caught.code == 0
    assert caught.said.endswith("Look here.too far\n")


FOLLOWED = (
    "add-an-organisation",
    "add-a-kind",
    "ask-for-facts",
    "compare-many-bodies",
    "first-policy-on-the-terminal",
)
# What each of these runs is tested in its own room; the pages themselves take up to half a minute.
AUDITED = (
    "add-your-own-look",
    "change-the-library",
    "check-before-you-commit",
    "after-an-upgrade",
    "back-from-word",
    "board-paper",
    "compare-two-policies",
    "dates",
    "make-the-policy-shorter",
    "match-your-policy",
    "more-ways-to-read",
    "publish-on-the-web",
    "review-a-year",
    "show-provenance",
    "translate",
    "who-is-behind",
)
BY_A_TEST_OF_ITS_OWN = (
    *("add-a-format", "add-a-jurisdiction", "build-a-fleet", "consult", "evidence", "releasing"),
    *("release-the-handbook", "use-your-word-template", "who-was-told"),
)


def test_every_page_with_commands_is_followed() -> None:
    """By `make audit` at least, so that no page says what is no longer so."""
    with_commands = {
        page.stem for page in DOCS.glob("*.md") if "\n```sh\n" in page.read_text("utf-8")
    }
    assert with_commands == {*FOLLOWED, *AUDITED, *BY_A_TEST_OF_ITS_OWN}


@pytest.mark.slow
@pytest.mark.parametrize("name", [*FOLLOWED, *(AUDITED if EVERYTHING else ())])
def test_a_how_to_works(name: str, tmp_path: Path) -> None:
    is_by_hand = EVERYTHING and name == "add-an-organisation"
    by_hand = Path(sys.executable).parent if is_by_hand else None
    follow(DOCS / f"{name}.md", tmp_path, by_hand)


@pytest.mark.slow
def test_a_jurisdiction_can_be_added_and_sets_every_fact_that_the_base_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow(DOCS / "add-a-jurisdiction.md", tmp_path)
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["check", "clonmara", "--templates", "words"]).stderr
    assert "policy.owner.role is not given" in said
    assert "warning: law." not in said


# A release prints every edition: with these left out it has a fifth of the pages to print.
PRINTED_ELSEWHERE = (
    *("permission", "conduct", "you-online", "citizens", "confidentiality", "impartiality"),
    *("content", "conversation", "crisis", "concerns", "safety", "security", "should-i-post-this"),
)


@pytest.mark.slow
def test_who_was_told_is_shown(tmp_path: Path) -> None:
    _shorter_fenwick(tmp_path)
    profile = tmp_path / "profiles/fenwick/profile.yaml"
    kept = "|".join(("conduct", "concerns", "confidentiality", "security", "safety", "you-online"))
    lines = profile.read_text("utf-8").splitlines(keepends=True)
    profile.write_text("".join(line for line in lines if not re.match(rf"    ({kept}): ", line)))
    follow(DOCS / "who-was-told.md", tmp_path)


def _shorter_fenwick(tmp_path: Path) -> None:
    """Fenwick with few sections, and without a release."""
    without = shutil.ignore_patterns("releases")
    shutil.copytree(ROOT / "profiles/fenwick", tmp_path / "profiles/fenwick", ignore=without)
    profile = tmp_path / "profiles/fenwick/profile.yaml"
    shorter = re.sub(r"^extent: .*", "extent: core", profile.read_text("utf-8"), flags=re.M)
    said = (
        "{because: Said elsewhere, see: {title: Our code, url: https://www.fenwick.example/code},"
        ' cleared_by: "Head of Legal, Standards Committee, 3 December 2026"}'
    )
    left_out = "".join(f"    {section}: {said}\n" for section in PRINTED_ELSEWHERE)
    profile.write_text(shorter.replace("  leave_out:\n", f"  leave_out:\n{left_out}"), "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    ["releasing", "release-the-handbook", "evidence", "consult"] if EVERYTHING else ["consult"],
)
def test_a_version_can_be_released(page: str, tmp_path: Path) -> None:
    _shorter_fenwick(tmp_path)
    follow(DOCS / f"{page}.md", tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not EVERYTHING, reason="tests/pipeline/test_cluster.py has workers too")
def test_a_fleet_is_built_on_other_machines(tmp_path: Path) -> None:
    """With the scheduler and the workers of the page, at a port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    text = (DOCS / "build-a-fleet.md").read_text("utf-8").replace("8786", str(port))
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    programs = Path(sys.executable).parent
    at_work = []
    try:
        for line in lines:
            program, *words = line.split()
            if program == "dask":
                command = [sys.executable, "-m", "dask", *words]
                at_work.append(subprocess.Popen(command, cwd=tmp_path, start_new_session=True))
            elif program == "policygen":
                command = [programs / program, *words]
                subprocess.run(command, cwd=tmp_path, check=True)
                here = [*command[:-2], "--out", "here", "--jobs", "1"]
                subprocess.run(here, cwd=tmp_path, check=True)
    finally:
        for one in at_work:
            os.killpg(one.pid, signal.SIGTERM)
        for one in at_work:
            one.wait(60)
    made, wanted = (
        {
            path.relative_to(tmp_path / out): path.read_bytes()
            for path in (tmp_path / out).glob("*/*")
        }
        for out in ("dist", "here")
    )
    assert len(made) == 6
    assert made == wanted


@pytest.mark.slow
def test_a_format_can_be_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an environment that sees this one's packages, so that this one stays as it was."""
    monkeypatch.setenv("PIP_NO_BUILD_ISOLATION", "false")  # as pip spells it: hatchling is here
    monkeypatch.setenv("PIP_NO_COMPILE", "1")
    venv.create(tmp_path / "env")
    (site,) = tmp_path.glob("env/lib/python*/site-packages")
    here = sysconfig.get_path("purelib")
    (site / "beneath.pth").write_text(f"import site; site.addsitedir({here!r})\n")
    programs = tmp_path / "env/bin"
    for name, module in (("policygen", "policygen.cli"), ("pip", "pip._internal.cli.main")):
        program = f"#!{programs}/python\nimport sys\nfrom {module} import main\nsys.exit(main())\n"
        (programs / name).write_text(program)
        (programs / name).chmod(0o755)
    follow(DOCS / "add-a-format.md", tmp_path, first=programs)
    assert (site / "policygen_outline.py").is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"^(```|~~~~*).*?^\1", "", page.read_text("utf-8"), flags=re.M | re.S)
    prose = re.sub(r"`[^`\n]*`", "", prose)
    for link in LINK.finditer(prose):
        if ":" not in link["target"]:
            assert (page.parent / link["target"]).exists(), link[0]


def test_every_key_of_the_outline_is_documented() -> None:
    """Labels stand in a file of their own."""
    text = (DOCS / "writing-words.md").read_text("utf-8")
    said = set(re.findall(r"`(\w+)`", text.partition("## The outline")[2].partition("\n## ")[0]))
    keys = {
        field.name for part in (Outline, Tier, Grades, Front, Edition) for field in fields(part)
    }
    assert keys - {"labels"} <= said


ROW = re.compile(r"^\|[^|]+\|[^|]+\| `(?P<command>[^`]+)` \| (?P<words>.+) \|$", re.M)
COVERAGE = [
    (row["command"], row["words"])
    for row in ROW.finditer((DOCS / "coverage.md").read_text("utf-8"))
]


def test_the_coverage_page_has_rows() -> None:
    assert len(COVERAGE) == (DOCS / "coverage.md").read_text("utf-8").count("\n|") - 2 > 20


@pytest.mark.slow
@pytest.mark.parametrize(("command", "words"), COVERAGE)
def test_what_the_coverage_page_says_can_be_seen(
    command: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each command runs where nothing else is, and its words stand in what it prints, or in a text that it writes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    program, *words_of_command = command.split()
    assert program == "policygen"
    run = CliRunner().invoke(main, words_of_command)
    assert run.exit_code == 0, run.stderr
    written = [file.read_text("utf-8") for file in tmp_path.glob("dist/*/*.md")]
    assert any(words in text for text in (run.stdout, *written))
