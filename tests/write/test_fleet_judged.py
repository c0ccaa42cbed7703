"""A fleet of made bodies, as it lies on disk: every file is whole and listed, and a random fifty are judged.

POLICYGEN_FLEET names a folder that `policygen build` has filled with HTML, DOCX, PDF and Markdown; `make audit` fills
one with a few bodies, and `make test` with none.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe import axe_faults
from judges import html_validate, ooxml_validate, openxml_audit, pdfa, poppler_tags, qpdf
from lxml import etree, html
from organisations import EVERYTHING, ROOT
from pdf_faults import faults
from pdf_reader import Pdf

from policygen.store.built.manifest import MANIFEST
from policygen.store.built.part import PART

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLEET = os.environ.get("POLICYGEN_FLEET", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (FLEET or EVERYTHING), reason="POLICYGEN_FLEET names no fleet"),
]
MADE = 12  # bodies that `make audit` prints: one of each kind, or nearly
JUDGED = 50
FORMATS = ("pdf", "docx", "html", "md")


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if FLEET:
        return Path(FLEET)
    folder = tmp_path_factory.mktemp("fleet")
    make = [sys.executable, ROOT / "bench/made.py", str(MADE), folder / "profiles"]
    subprocess.run(make, check=True, capture_output=True)
    bodies = sorted((folder / "profiles").iterdir())
    command = "from policygen.cli import main; main()"
    words = ["build", *bodies, "-e", "policy", "--jobs", "2", "--out", folder / "dist"]
    subprocess.run([sys.executable, "-c", command, *words], check=True, capture_output=True)
    return folder / "dist"


@pytest.fixture(scope="module")
def chosen(fleet: Path) -> list[Path]:
    """Fifty folders at random, the same ones each time."""
    folders = sorted(path for path in fleet.iterdir() if path.is_dir())
    return random.Random(50).sample(folders, min(JUDGED, len(folders)))


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def of_format(folder: Path, format: str) -> list[Path]:
    found = sorted(folder.glob(f"*.{format}"))
    assert found, f"{folder.name} has no {format}"
    return found


def test_every_file_is_listed_with_its_checksum_and_nothing_else_lies_there(fleet: Path) -> None:
    there = {str(path.relative_to(fleet)) for path in fleet.rglob("*") if path.is_file()}
    listed = json.loads((fleet / MANIFEST).read_bytes())["files"]
    assert {path for path in there if not path.endswith((MANIFEST, PART))} == set(listed)
    wrong = [
        path
        for path, entry in listed.items()
        if sha256((fleet / path).read_bytes()).hexdigest() != entry["sha256"]
    ]
    assert wrong == []


@pytest.mark.parametrize("format", FORMATS)
def test_every_file_opens(fleet: Path, format: str) -> None:
    """The cheap checks, of all bodies."""
    for folder in sorted(path for path in fleet.iterdir() if path.is_dir()):
        for path in of_format(folder, format):
            assert opens(path) == [], path


def opens(path: Path) -> list[str]:
    data = path.read_bytes()
    match path.suffix:
        case ".pdf":
            return qpdf(path)
        case ".docx":
            with zipfile.ZipFile(path) as package:
                etree.fromstring(package.read("word/document.xml"))
                return [name for name in [package.testzip()] if name]
        case ".html":
            titles = html.fromstring(data).findall(".//h1")
            return [] if len(titles) == 1 else [f"{len(titles)} titles"]
    text = data.decode("utf-8")
    left = [sign for sign in ("{{", "{%", "\x00") if sign in text]
    return left if text.startswith(("#", "---", "**")) else [*left, text[:40]]


def test_pdf_is_sound(chosen: list[Path]) -> None:
    for folder in chosen:
        for path in of_format(folder, "pdf"):
            pdf = Pdf(path.read_bytes())
            assert faults(pdf) == [], path
            assert pdfa(path.read_bytes()) == [], path
            assert poppler_tags(path) == [one.kind for one in pdf.tree.walk()], path


def test_both_validators_of_docx_find_nothing(chosen: list[Path]) -> None:
    paths = [path for folder in chosen for path in of_format(folder, "docx")]
    assert [fault for path in paths for fault in openxml_audit(path)] == []
    assert ooxml_validate(paths) == []


def test_axe_and_html_validate_find_nothing(chosen: list[Path], window: Page) -> None:
    """Wide and light, and on a telephone in the dark."""
    paths = [path for folder in chosen for path in of_format(folder, "html")]
    assert html_validate(paths) == []
    for path in paths:
        window.set_content(path.read_text("utf-8"))
        for width, scheme in ((1100, "light"), (320, "dark")):
            window.set_viewport_size({"width": width, "height": 800})
            window.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert axe_faults(window) == [], (path, width, scheme)
            assert window.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
