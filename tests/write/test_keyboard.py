"""A page by keyboard alone, in a real browser: where Tab goes, whether one sees where one is, where links lead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import pytest
from covering import covering
from organisations import EVERYTHING, EXAMPLES, built, editions, every
from test_accessible import hexadecimal

from policygen.model.colour import contrast

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
STOPS = 40  # of a long page
SEEN = 3.0  # WCAG 1.4.11: the contrast of what shows the focus
STOP = "a[href], button, input, select, textarea, summary, [tabindex]"
# Where the focus stands: whether it is next in the order of reading, of all that is shown; its box on the page, and how it is shown.
FOCUS = """stops => {
  const all = [...document.querySelectorAll(stops)]
  const element = document.activeElement, box = element.getBoundingClientRect(), style = getComputedStyle(element)
  let ground = element.parentElement
  while (ground && /^rgba.* 0\\)$/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement
  let down = 0
  for (let box = element.parentElement; box; box = box.parentElement) down += box.scrollTop
  const before = window.lastStop ?? -1, place = window.lastStop = all.indexOf(element)
  const passedBy = all.slice(before + 1, place).filter(one => one.checkVisibility())
  return {
    isNext: place > before && !passedBy.length, words: element.textContent.trim().slice(0, 40),
    left: box.left, right: box.right, top: box.top + down, bottom: box.bottom + down,
    inside: box.left >= 0 && box.right <= innerWidth && box.bottom > 0 && box.top < innerHeight,
    line: style.outlineStyle, width: parseFloat(style.outlineWidth), colour: style.outlineColor,
    ground: getComputedStyle(ground || document.documentElement).backgroundColor,
  }
}"""
COUNT = "stops => [...document.querySelectorAll(stops)].filter(one => one.checkVisibility()).length"
LINKS = "[...document.querySelectorAll('.toc a')].map(a => a.getAttribute('href'))"


@contextmanager
def opened(browser: Browser, html: str, scheme: Any = "light") -> Iterator[Page]:
    """The page in a new window, where nothing has had the focus yet."""
    with browser.new_context(
        color_scheme=scheme, viewport={"width": 1280, "height": 800}
    ) as context:
        page = context.new_page()
        page.set_content(html)
        yield page


def faults(page: Page) -> list[str]:
    """What is wrong with the first stops of the Tab key, from the top of the page."""
    stops, found = [], []
    for _ in range(min(STOPS, page.evaluate(COUNT, STOP))):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS, STOP))
    if not all(stop["isNext"] for stop in stops):
        found.append("the order is not that of reading")
    found += [
        f"{after['words']!r} stands above {before['words']!r}"
        for before, after in pairwise(stops[1:])
        if after["bottom"] <= before["top"] and after["left"] < before["right"]
    ]
    return found + [fault for stop in stops for fault in _unseen(stop)]


def _unseen(stop: dict[str, Any]) -> Iterator[str]:
    if not stop["inside"]:
        yield f"{stop['words']!r} has the focus out of sight"
    if stop["line"] == "none" or stop["width"] < 2:
        yield f"nothing shows that {stop['words']!r} has the focus"
    elif contrast(hexadecimal(stop["colour"]), hexadecimal(stop["ground"])) < SEEN:
        yield f"what shows that {stop['words']!r} has the focus is too pale"


def skips(page: Page) -> bool:
    """The first stop leads past the contents: to a place within `main`, after which Tab goes on."""
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.className + ' ' + document.activeElement.hash")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    return skip.startswith("skip #") and page.evaluate(
        "hash => { const target = document.getElementById(decodeURIComponent(hash.slice(1)));"
        " return location.hash === hash && target.closest('main') !== null"
        " && !document.activeElement.closest('.contents, .skip')"
        " && (target.compareDocumentPosition(document.activeElement) & 4) > 0 }",
        skip.removeprefix("skip "),
    )


def unfold(page: Page, href: str) -> None:
    """Go to the section of a clause, as a reader has to: beside the text the others show no clauses."""
    section = page.evaluate(
        "href => { let line = document.querySelector(`.toc a[href='${href}']`).parentElement;"
        " while (!line.matches('.level-2')) line = line.previousElementSibling;"
        " line.querySelector('a').focus(); return line.querySelector('a').hash }",
        href,
    )
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == section
    page.wait_for_function(
        "href => document.querySelector(`.toc a[href='${href}']`).checkVisibility()", arg=href
    )


def leads(page: Page, href: str) -> bool:
    """A line of the contents list moves the page to its clause, and the next stop lies behind it."""
    unfold(page, href)
    page.evaluate("href => document.querySelector(`.toc a[href='${href}']`).focus()", href)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    return page.evaluate(
        "href => { const target = document.querySelector(':target'); if (!target) return false;"
        " const place = target.compareDocumentPosition(document.activeElement);"
        " return '#' + target.id === href && target.matches('main *')"
        " && (document.activeElement === document.body || (place & 4) > 0) }",
        href,
    )


# Light and dark by turns, and of them so many that every edition and every organisation is seen in both.
ROWS = [(o, e, scheme) for o, e in every() if o in EXAMPLES for scheme in ("light", "dark")]
TURNS = {(o, e): (editions().index(e) + EXAMPLES.index(o)) % 2 for o, e, _ in ROWS}
IN_TURN = sorted(ROWS, key=lambda row: TURNS[row[:2]] != (row[2] == "dark"))
SOME = covering(IN_TURN, lambda row: ((row[0], row[2]), (row[1], row[2])))


@pytest.mark.parametrize(("organisation", "edition", "scheme"), ROWS if EVERYTHING else SOME)
def test_tab_goes_in_the_order_of_reading_and_is_seen(
    browser: Browser, organisation: str, edition: str, scheme: str
) -> None:
    html = built(organisation, edition, "html")[0].data.decode()
    with opened(browser, html, scheme=scheme) as page:
        assert faults(page) == []


def test_every_edition_and_every_organisation_is_seen_light_and_dark() -> None:
    for at, names in ((0, EXAMPLES), (1, editions())):
        assert {(row[at], row[2]) for row in SOME} == set(product(names, ("light", "dark")))


def test_the_first_stop_of_a_long_page_leads_past_its_contents(browser: Browser) -> None:
    with opened(browser, built(EXAMPLES[0], "full-story", "html")[0].data.decode()) as page:
        assert skips(page)


def test_the_contents_lead_to_their_clauses(browser: Browser) -> None:
    with opened(browser, built(EXAMPLES[0], "full-story", "html")[0].data.decode()) as page:
        hrefs = page.evaluate(LINKS)
        assert len(hrefs) > 100
        assert [href for href in (*hrefs[::20], hrefs[-1]) if not leads(page, href)] == []


# --- Each guard sees what is planted for it --------------------------------------------------------------


def planted(style: str = "", before: str = "", after: str = "") -> str:
    html = built(EXAMPLES[0], "full-story", "html")[0].data.decode()
    return html.replace("</style>", f"{style}</style>").replace(before, after, 1)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        (
            ("", '<div class="text">', '<p><a href="#x" tabindex="5">x</a></p><div class="text">'),
            "order is not",
        ),
        ((".toc li:nth-child(5) { position: absolute; top: 0 }",), "stands above"),
        ((".skip:focus { left: -100vw }",), "out of sight"),
        ((".toc :focus-visible { outline: none }",), "nothing shows"),
        ((".toc :focus-visible { outline-color: #eee }",), "too pale"),
    ],
    ids=["order", "place", "skip link", "no outline", "pale outline"],
)
def test_a_planted_fault_is_seen(browser: Browser, html: tuple[str, ...], words: str) -> None:
    with opened(browser, planted(*html)) as page:
        assert any(words in fault for fault in faults(page))


def test_links_that_lead_nowhere_are_seen(browser: Browser) -> None:
    first, second = 'class="skip" href="#', 'class="skip" href="#no'
    with (
        opened(browser, planted("", first, second)) as page,
        pytest.raises(Exception, match="null"),
    ):
        skips(page)
    with opened(browser, planted()) as page:
        href = page.evaluate(LINKS)[0]
    with opened(browser, planted("", f'id="{href[1:]}"', "")) as page:
        assert not leads(page, href)
