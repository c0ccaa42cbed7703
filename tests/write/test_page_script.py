"""What a page does beyond being read, in a real browser: contents that follow the reader, and a search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browsing import emptied
from organisations import EXAMPLES, built

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
HERE = "[...document.querySelectorAll('.toc [aria-current]')].map(link => link.hash)"
SHOWN = """() => [...document.querySelectorAll('.toc a')].filter(link => link.checkVisibility()).map(link => link.hash)"""
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 640}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "full-story.html"
    path.write_bytes(built(EXAMPLES[0], "full-story", "html")[0].data)
    return path


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def page(window: Page, file: Path) -> Page:
    """A full story, opened from the disk as a reader does who got it by email."""
    page = emptied(window, WIDE)
    page.goto(file.as_uri())
    return page


def test_the_contents_stay_beside_the_text_and_mark_where_one_reads(page: Page) -> None:
    assert page.evaluate(HERE) == ["#about"]
    page.evaluate("document.getElementById('accounts').scrollIntoView()")
    page.wait_for_function(f"() => {HERE}[0] !== '#about'")
    [here] = page.evaluate(HERE)
    assert here.startswith("#accounts")
    shown = page.evaluate(SHOWN)
    assert here in shown
    assert any(hash.startswith("#accounts.") for hash in shown)
    assert not any(hash.startswith("#about.") for hash in shown)
    link = page.locator(".toc [aria-current]").bounding_box()
    text = page.locator("#accounts h2").bounding_box()
    assert link
    assert text
    assert 0 <= link["y"] < WIDE["height"]
    assert link["x"] + link["width"] <= text["x"] + text["width"]


def test_the_contents_fold_on_a_telephone_and_open_at_a_touch(page: Page) -> None:
    page.set_viewport_size(NARROW)
    page.reload()
    assert page.evaluate(SHOWN) == []
    page.locator(".contents summary").click()
    assert len(page.evaluate(SHOWN)) > 100
    page.locator(".toc a").nth(30).click()
    page.wait_for_function("() => !document.querySelector('.contents details').open")
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 640


def test_the_way_up_stays_in_sight_once_one_has_gone_down(page: Page) -> None:
    way = page.locator(".up a")
    page.evaluate("document.getElementById('accounts').scrollIntoView()")
    box = way.bounding_box()
    assert box
    assert 0 < box["y"] < WIDE["height"]
    way.click()
    page.wait_for_function("() => scrollY === 0")


@pytest.mark.parametrize(
    ("typed", "clause"),
    [
        ("DISCLAIMERS", "#you-online.declare-affiliation"),  # a label, whatever its case
        ("Damage trust", "#conduct.damage-to-trust"),  # two words of a title, in any order
        (
            "pay\u0301roll",
            "#conduct.damage-to-trust",
        ),  # a word of the text, with an accent it lacks
    ],
)
def test_a_search_finds_clauses_by_label_title_and_word(
    page: Page, typed: str, clause: str
) -> None:
    page.locator(".search input").fill(typed)
    shown = page.evaluate(SHOWN)
    assert clause in shown
    assert len(shown) < 40
    status = page.locator(".search [role=status]").inner_text()
    hits = page.locator(".toc .hit").count()
    assert status == f"Found: {hits}"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.toc .hit') !== null")
    page.locator(".search input").fill("")
    assert page.locator(".search [role=status]").inner_text() == ""


def test_what_nobody_wrote_is_not_found_and_said_so(page: Page) -> None:
    page.locator(".search input").fill("xylophone")
    assert page.evaluate(SHOWN) == []
    assert page.locator(".search [role=status]").inner_text() == "Found: 0"


def test_without_the_script_all_is_read_and_nothing_offers_a_search(
    browser: Browser, file: Path
) -> None:
    page = browser.new_page(viewport=NARROW, java_script_enabled=False)
    page.goto(file.as_uri())
    assert page.locator(".toc a").last.is_visible()
    assert not page.locator(".search").is_visible()
    page.close()
