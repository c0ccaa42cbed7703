"""A page by keyboard alone, in a real browser: where Tab goes, whether one sees where one is, where links lead."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from browsing import emptied
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
# How an element looks that has the focus, and the first ground behind it that is not clear.
LOOK = """element => {
  const style = getComputedStyle(element)
  let ground = element.parentElement
  while (ground && /^rgba.* 0\\)$/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement
  return {
    words: element.textContent.trim().slice(0, 40),
    line: style.outlineStyle, width: parseFloat(style.outlineWidth), colour: style.outlineColor,
    ground: getComputedStyle(ground || document.documentElement).backgroundColor,
  }
}"""
# Where the focus stands: whether it is next in the order of reading, of all that is shown, and its box on the page.
FOCUS = f"""stops => {{
  const all = [...document.querySelectorAll(stops)]
  const element = document.activeElement, box = element.getBoundingClientRect()
  let down = 0
  for (let box = element.parentElement; box; box = box.parentElement) down += box.scrollTop
  const before = window.lastStop ?? -1, place = window.lastStop = all.indexOf(element)
  const passedBy = all.slice(before + 1, place).filter(one => one.checkVisibility())
  window.passed = [...(window.passed ?? []), element]
  return {{
    isNext: place > before && !passedBy.length, ...({LOOK})(element),
    left: box.left, right: box.right, top: box.top + down, bottom: box.bottom + down,
    inside: box.left >= 0 && box.right <= innerWidth && box.bottom > 0 && box.top < innerHeight,
  }}
}}"""
# Without what the contents have folded up since.
AGAIN = f"""() => (window.passed ?? []).filter(element => element.checkVisibility()).map(element => {{
  element.focus({{preventScroll: true}})
  return ({LOOK})(element)
}})"""
COUNT = "stops => [...document.querySelectorAll(stops)].filter(one => one.checkVisibility()).length"
LINKS = "[...document.querySelectorAll('.toc a')].map(a => a.getAttribute('href'))"


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def opened(window: Page, html: str, scheme: Any = "light") -> Page:
    """The page where nothing has had the focus yet."""
    page = emptied(window, {"width": 1280, "height": 800}, scheme)
    page.set_content(html)
    return page


def faults(page: Page, most: int = STOPS) -> list[str]:
    """What is wrong with the first stops of the Tab key, from the top of the page."""
    stops, found = [], []
    for _ in range(min(most, page.evaluate(COUNT, STOP))):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS, STOP))
    if not all(stop["isNext"] for stop in stops):
        found.append("the order is not that of reading")
    found += [
        f"{after['words']!r} stands above {before['words']!r}"
        for before, after in pairwise(stops[1:])
        if after["bottom"] <= before["top"] and after["left"] < before["right"]
    ]
    found += [
        f"{stop['words']!r} has the focus out of sight" for stop in stops if not stop["inside"]
    ]
    return found + [fault for stop in stops for fault in _unseen(stop)]


def faults_in(page: Page, scheme: Any) -> list[str]:
    """What is wrong with the looks of the same stops, light or dark."""
    page.emulate_media(color_scheme=scheme)
    return [fault for look in page.evaluate(AGAIN) for fault in _unseen(look)]


def _unseen(stop: dict[str, Any]) -> Iterator[str]:
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


# So many that every edition and every organisation is seen, each in both schemes.
ROWS = [(o, e) for o, e in every() if o in EXAMPLES]
TURNS = {(o, e): (editions().index(e) + EXAMPLES.index(o)) % len(EXAMPLES) for o, e in ROWS}
SOME = covering(sorted(ROWS, key=lambda row: TURNS[row]), lambda row: row)


@pytest.mark.parametrize(("organisation", "edition"), ROWS if EVERYTHING else SOME)
def test_tab_goes_in_the_order_of_reading_and_is_seen(
    window: Page, organisation: str, edition: str
) -> None:
    """Light by turns, or dark; and where the focus was, one sees it in the other too."""
    html = built(organisation, edition, "html")[0].data.decode()
    first, second = ("light", "dark") if TURNS[organisation, edition] % 2 else ("dark", "light")
    page = opened(window, html, scheme=first)
    assert faults(page) == []
    assert faults_in(page, second) == []


def test_every_edition_and_every_organisation_is_seen() -> None:
    for at, names in ((0, EXAMPLES), (1, editions())):
        assert {row[at] for row in SOME} == set(names)


def test_the_first_stop_of_a_long_page_leads_past_its_contents(window: Page) -> None:
    page = opened(window, built(EXAMPLES[0], "full-story", "html")[0].data.decode())
    assert skips(page)


def test_the_contents_lead_to_their_clauses(window: Page) -> None:
    page = opened(window, built(EXAMPLES[0], "full-story", "html")[0].data.decode())
    hrefs = page.evaluate(LINKS)
    assert len(hrefs) > 100
    assert [href for href in (*hrefs[::20], hrefs[-1]) if not leads(page, href)] == []


# --- Each guard sees what is planted for it --------------------------------------------------------------


def planted(style: str = "", before: str = "", after: str = "") -> str:
    """A short book, and one fault near its first stops."""
    html = built("little-marden", "policy", "html")[0].data.decode()
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
def test_a_planted_fault_is_seen(window: Page, html: tuple[str, ...], words: str) -> None:
    page = opened(window, planted(*html))
    assert any(words in fault for fault in faults(page, most=10))


@pytest.mark.parametrize(("scheme", "colour"), [("light", "#eee"), ("dark", "#222")])
def test_a_fault_of_one_scheme_is_seen_there_alone(window: Page, scheme: str, colour: str) -> None:
    pale = f".toc :focus-visible {{ outline-color: {colour} }}"
    page = opened(window, planted(f"@media (prefers-color-scheme: {scheme}) {{ {pale} }}"))
    assert bool(faults(page, most=10)) == (scheme == "light")
    assert bool(faults_in(page, "dark")) == (scheme == "dark")


def test_links_that_lead_nowhere_are_seen(window: Page) -> None:
    first, second = 'class="skip" href="#', 'class="skip" href="#no'
    page = opened(window, planted("", first, second))
    with pytest.raises(Exception, match="null"):
        skips(page)
    page = opened(window, planted())
    href = page.evaluate(LINKS)[0]
    page = opened(window, planted("", f'id="{href[1:]}"', ""))
    assert not leads(page, href)
