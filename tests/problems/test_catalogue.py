"""The catalogue of codes: each code has a page, each page a use, and its example triggers it.

In a page's example, a line that holds only a `path` names the file in the block below it, and `sh` blocks are run.
Its files are put over a minimal valid profile, `ours/`.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_triggers import CLI_TRIGGERS
from click.testing import CliRunner
from consult_triggers import CONSULT_TRIGGERS
from docx_triggers import DOCX_TRIGGERS
from facts_triggers import FACTS_TRIGGERS
from fleet_triggers import FLEET_TRIGGERS
from handbook_triggers import HANDBOOK_TRIGGERS
from load_triggers import LOAD_TRIGGERS
from organisations import ROOT
from pdf_triggers import PDF_TRIGGERS
from pipeline_triggers import PIPELINE_TRIGGERS
from returned_triggers import RETURNED_TRIGGERS
from signed_triggers import SIGNED_TRIGGERS
from store_triggers import STORE_TRIGGERS
from web_triggers import WEB_TRIGGERS
from year_triggers import YEAR_TRIGGERS

from policygen.cli import main
from policygen.problems.catalogue import catalogue

SOURCE = ROOT / "src/policygen"
CODE = re.compile(r'"(PG\d{3})"')
BLOCK = re.compile(
    r"(?:^`(?P<path>[^`\n]+)`\n\n)?^(?P<fence>```+)(?P<language>\w+)\n(?P<text>.*?)^(?P=fence)$",
    re.M | re.S,
)
MINIMAL = """\
name: Thornby Town Council
short_name: the council
kind: council
jurisdiction: england
posture: balanced
"""
# What a user's files cannot trigger, such as a full disk: a function that does, and returns what the user reads.
TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    **CLI_TRIGGERS,
    **CONSULT_TRIGGERS,
    **DOCX_TRIGGERS,
    **FACTS_TRIGGERS,
    **FLEET_TRIGGERS,
    **HANDBOOK_TRIGGERS,
    **LOAD_TRIGGERS,
    **PDF_TRIGGERS,
    **PIPELINE_TRIGGERS,
    **RETURNED_TRIGGERS,
    **SIGNED_TRIGGERS,
    **STORE_TRIGGERS,
    **WEB_TRIGGERS,
    **YEAR_TRIGGERS,
}


def codes_in_use() -> set[str]:
    """Every code that the source gives to a Problem."""
    texts = [file.read_text("utf-8") for file in SOURCE.rglob("*.py")]
    return {code for text in texts for code in CODE.findall(text)}


def test_every_code_has_a_page_and_every_page_a_use() -> None:
    assert set(catalogue()) == codes_in_use()


def test_a_code_stands_in_its_files_name() -> None:
    names = {file.stem for file in (SOURCE / "problems/pages").glob("*.md")}
    assert names == set(catalogue())


def test_no_title_is_used_twice() -> None:
    titles = [page.title for page in catalogue().values()]
    assert sorted(titles) == sorted(set(titles))


@pytest.mark.parametrize("code", catalogue())
def test_a_page_says_what_it_means_and_how_to_mend_it(code: str) -> None:
    text = BLOCK.sub("", catalogue()[code].text)
    headings = re.findall(r"^## (.+)$", text, re.M)
    assert headings == ["Example", "How to mend it"]
    meaning = text.partition("\n")[2].partition("## Example")[0]
    cure = text.partition("## How to mend it")[2]
    assert meaning.strip()
    assert cure.strip()


# Each takes a second; `make quick` has the first code of each range.
FIRST_QUICK = [
    pytest.param(code, marks=() if code.endswith("01") else pytest.mark.slow)
    for code in catalogue()
]


@pytest.mark.parametrize("code", FIRST_QUICK)
def test_the_example_triggers_its_code(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = catalogue()[code].text.partition("## Example")[2].partition("## How to mend it")[0]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours/profile.yaml").write_text(MINIMAL)
    if code in TRIGGERS:
        assert code in TRIGGERS[code](tmp_path, monkeypatch)
        return
    assert code in follow(example, tmp_path), f"{code} is not in what the example's commands print"


def follow(example: str, folder: Path) -> str:
    """Write the files of an example, run its commands, and return all that they print."""
    said = ""
    for block in BLOCK.finditer(example):
        if block["path"]:
            path = folder / block["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["text"], "utf-8")
        elif block["language"] == "sh":
            for line in block["text"].splitlines():
                said += run(line, folder)
    return said


def run(line: str, folder: Path) -> str:
    """One command of an example; policygen runs in this process, for speed."""
    program, *arguments = shlex.split(line)
    if program == "policygen":
        return CliRunner().invoke(main, arguments, catch_exceptions=False).output
    made = subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True, check=True)
    return made.stdout + made.stderr
