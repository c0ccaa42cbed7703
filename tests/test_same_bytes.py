"""The same input gives the same bytes: in every format, process and place, and on whatever day it is built."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest
from fonts import font
from organisations import EVERYTHING, FORMATS, ROOT
from small import LAW, Small

from policygen.load.epoch import EPOCH_VARIABLE, source_date
from policygen.problems import PolicygenError


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    return Small(tmp_path, monkeypatch).write({"base/law.md": LAW, "base/law.cy.md": LAW})


def made(
    seed: str, out: str, profile: Path, *words: str, planted: str = "", **more: str
) -> dict[str, bytes]:
    """What a process of its own, with a fault planted in it, makes of a profile and of the real library."""
    variables = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src"), **more}
    code = f"{planted}\nfrom policygen.cli import main; main()"
    editions = ("-e", "overview", *(("-e", "house-rules") if EVERYTHING else ()))
    command = [sys.executable, "-c", code, "build", str(profile), *editions, "--out", out, *words]
    done = subprocess.run(command, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {
        p.relative_to(out).as_posix(): p.read_bytes() for p in Path(out).rglob("*") if p.is_file()
    }


@pytest.mark.slow
def test_every_file_is_the_same_in_every_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With another hash seed, time zone and locale, and with a theme."""
    monkeypatch.chdir(tmp_path)
    profile = Path(shutil.copytree(ROOT / "profiles/rauporoa", "rauporoa"))
    (profile / "theme").mkdir()
    (profile / "theme/theme.yaml").write_text(
        "font: {family: Rauporoa Sans, regular: r.ttf, bold: b.ttf}\n"
    )
    (profile / "theme/print.css").write_text("h2 { color: #2f5d3a }\n")
    for name, weight in (("r", "Regular"), ("b", "Bold")):
        (profile / f"theme/{name}.ttf").write_bytes(font("Rauporoa Sans", weight))
    one = made("1", "one", profile, TZ="Pacific/Auckland")
    assert one == made("2", "two", profile, TZ="Europe/London", LC_ALL="C")
    kinds = {Path(name).suffix[1:] for name in one}
    assert kinds == {*FORMATS, "json"}


ORDER_OF_A_SET = """
from policygen.write.markdown.writer import MarkdownWriter
written = MarkdownWriter.write
MarkdownWriter.write = lambda self, document: written(self, document) + repr({*"abcdefgh"}).encode()
"""


@pytest.mark.slow
def test_what_hangs_on_the_order_of_a_set_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    profile = ROOT / "profiles/little-marden/profile.yaml"  # the shortest
    one, two = (made(seed, seed, profile, "-f", "md", planted=ORDER_OF_A_SET) for seed in "12")
    changed = {name for name in one if one[name] != two[name] and name.endswith(".md")}
    assert changed == {name for name in one if name.endswith(".md")}
    assert changed


def dates(folder: str) -> list[str]:
    """The dates of the properties of the three formats that have some."""
    with zipfile.ZipFile(f"{folder}/example/full-story.docx") as file:
        core = file.read("docProps/core.xml").decode()
    html = Path(f"{folder}/example/full-story.html").read_text()
    with pikepdf.open(io.BytesIO(Path(f"{folder}/example/full-story.pdf").read_bytes())) as pdf:
        info = {str(key): str(value) for key, value in pdf.docinfo.items()}
    word = core.partition('W3CDTF">')[2][:10]
    page = html.partition('name="dcterms.created" content="')[2][:10]
    return [word, page, info.get("/CreationDate", "")[2:10]]


@pytest.mark.slow
def test_a_policy_without_a_date_of_issue_bears_that_of_the_build(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("build", "example", "-e", "full-story")
    monkeypatch.delenv(EPOCH_VARIABLE, raising=False)
    assert small.run(*words).exit_code == 0
    assert dates("dist") == ["2000-01-01", "", ""]
    monkeypatch.setenv(EPOCH_VARIABLE, "1796601600")
    assert small.run(*words).exit_code == 0
    assert dates("dist") == ["2026-12-07", "2026-12-07", "20261207"]
    small.write(
        {
            "organisation/profile.yaml": small.path("organisation/profile.yaml")
            .read_text()
            .replace("status: approved", "status: approved, issued: 2026-11-02")
        }
    )
    assert small.run(*words).exit_code == 0
    assert dates("dist") == ["2026-11-02", "2026-11-02", "20261102"]


@pytest.mark.parametrize(
    "given", ["yesterday", "-1", "1.5", " 1", "9" * 30, "9" * 5000, "253402300800", "٣", "\x1b["]
)
def test_a_bad_date_is_a_problem(given: str, small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EPOCH_VARIABLE, given)
    result = small.run("build", "example", "-f", "md")
    assert result.exit_code == 1
    assert f'error: {EPOCH_VARIABLE} is "' in result.stderr
    assert '\x1b["' not in result.stderr
    assert not Path("dist").exists()
    with pytest.raises(PolicygenError, match="not a number of seconds"):
        source_date({EPOCH_VARIABLE: given})


def test_an_empty_date_is_none() -> None:
    assert source_date({EPOCH_VARIABLE: ""}) is None
    assert source_date({}) is None
