"""The docs as a site: built strictly, whole as on any forge, and nothing in it asks another host."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import axe
import pytest
from markdown_it import MarkdownIt
from organisations import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.glob("*.md"))
SHAPES = ("h1", "h2", "h3", "li", "pre", "tr", "img", "strong")
# Any element but a link that names another host, and those that may ask without naming one.
FETCHES = re.compile(
    r"""<(?!a\s)\w+\s[^>]*?\b(?:src|srcset|href|data|action)\s*=\s*["']?\s*(?:https?:)?//[^>]*"""
    r"|<(?:script|iframe|object|embed|base)\b",
    re.I,
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make site` builds it: any warning, such as of a link that leads nowhere, ends it."""
    folder = tmp_path_factory.mktemp("site")
    program = Path(sys.executable).parent / "properdocs"
    command = [program, "build", "--strict", "--config-file", "mkdocs.yml", "--site-dir", folder]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    return folder


class Elements(HTMLParser):
    """What the main part of a page is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.count: Counter[str] = Counter()
        self.feed(html.partition("<main")[2].partition("</main>")[0] or html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SHAPES:
            self.count[tag] += 1


def asked_of_others(html: str) -> list[str]:
    """What a page fetches from another host, and whatever may fetch."""
    return [found[0] for found in FETCHES.finditer(html)]


@pytest.mark.slow
def test_nothing_asks_another_host(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 200
    assert [page.name for page in pages if asked_of_others(page.read_text("utf-8"))] == []
    sheet = (site / "site.css").read_text("utf-8")
    assert re.findall(r"url\(|@import|@font-face", sheet) == []


@pytest.mark.parametrize(
    "fault",
    [
        '<link rel="stylesheet" href="https://fonts.example/sans.css">',
        '<img src="//pictures.example/x.png">',
        "<script>fetch('x')</script>",
    ],
)
def test_a_page_that_asks_another_host_is_seen(fault: str) -> None:
    assert asked_of_others(f"<main>{fault}</main>")
    assert not asked_of_others('<a href="https://law.example/act">An act</a><img src="x.png">')


def test_each_page_is_whole_as_github_shows_it(site: Path) -> None:
    """Programs read Markdown differently: a list right under a line is none for some."""
    reader = MarkdownIt("commonmark").enable("table")
    for page in PAGES:
        name = "index" if page.stem == "README" else page.stem
        shown = Elements(reader.render(page.read_text("utf-8")))
        made = Elements((site / f"{name}.html").read_text("utf-8"))
        assert made.count == shown.count, page.name


def test_the_first_page_leads_to_every_page(site: Path) -> None:
    """By kind, as the navigation does; what the navigation lacks ends the build."""
    links = re.findall(r"\]\(([\w/.-]+)\)", DOCS.joinpath("README.md").read_text("utf-8"))
    assert {page.name for page in PAGES} - {"README.md"} <= set(links)
    kinds = re.findall(r"<summary>(.*?)</summary>", (site / "index.html").read_text("utf-8"))
    assert kinds == ["Tutorials", "How to", "Reference", "Why it is as it is"]


@pytest.mark.slow
def test_axe_finds_nothing_and_nothing_is_wider_than_a_telephone(
    site: Path, browser: Browser
) -> None:
    page = browser.new_page(color_scheme="dark", viewport={"width": 1280, "height": 800})
    page.goto((site / "install.html").as_uri())
    assert axe.axe_faults(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.close()
