"""The pages in a real browser: axe finds nothing to mend, nothing is scrolled sideways, and their markup is sound.

In `make audit` every edition of every example is looked at light and dark, wide and narrow; in `make test` each in one
of the four settings, and of those some: every edition in each setting, every organisation wide, narrow, light and dark. The
policy and the handbook, of whose words the full story is made, have the settings between them, two each.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe
import pytest
from covering import covering
from judges import html_validate
from organisations import (
    ALL,
    EMPTIED,
    EVERYTHING,
    EXAMPLES,
    HALVES,
    PROFILES,
    built,
    editions,
    every,
    sheet,
    tiers,
    workspace,
)

from policygen.model.colour import ENOUGH, contrast
from policygen.pipeline.build import build
from policygen.pipeline.publish.site import with_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

pytestmark = pytest.mark.slow
SHEET = "sheet"
# One layout, whatever the body: two have their turns between them. `make audit` looks at them all.
SHEETS = [(organisation, SHEET) for organisation in (EXAMPLES if EVERYTHING else EXAMPLES[:2])]
WIDE, NARROW = 1280, 360
SETTINGS: list[tuple[int, Any]] = [
    (WIDE, "light"),
    (WIDE, "dark"),
    (NARROW, "dark"),
    (NARROW, "light"),
]


Shown = tuple[str, str, tuple[int, Any]]  # an organisation, an edition, a setting


def by_turns() -> list[Shown]:
    """Every page in the setting whose turn it is; a sheet in two, which have nothing in common."""
    turns = {(o, e): ALL.index(o) + editions().index(e) for o, e in every()}
    rows = [(o, e, SETTINGS[turn % len(SETTINGS)]) for (o, e), turn in turns.items()]
    sheets = [
        (o, e, SETTINGS[(turn % 2) + half]) for turn, (o, e) in enumerate(SHEETS) for half in (0, 2)
    ]
    return [*rows, *sheets]


def features(row: Shown) -> list[tuple[object, ...]]:
    organisation, edition, (width, scheme) = row
    of_a_sheet = [row] if edition == SHEET else []
    return [(organisation, width), (organisation, scheme), (edition, width, scheme), *of_a_sheet]


def is_looked_at(row: Shown) -> bool:
    """Not a half in the settings that the other half has."""
    _, edition, setting = row
    return edition not in HALVES or SETTINGS.index(setting) % 2 == HALVES.index(edition)


IN_TURN = covering([row for row in by_turns() if is_looked_at(row)], features)


def settings(organisation: str, edition: str) -> list[tuple[int, Any]]:
    """All four; or the one, of a sheet the two, whose turn it is, where this page was chosen."""
    if EVERYTHING:
        return SETTINGS
    return [setting for o, e, setting in IN_TURN if (o, e) == (organisation, edition)]


PAGES = [row for row in (*every(), *SHEETS) if settings(*row)]


# What axe leaves open, such as text beside a drawn mark, is judged below: by the colour of the text, and the first
# ground beneath it that is not clear.
AXE = """async rules => {
  markOneOfEachKind()
  const options = {runOnly: {type: "tag", values: rules}, resultTypes: ["violations", "incomplete"]}
  const found = await axe.run(document, options)
  const faults = found.violations.flatMap(one => one.nodes.map(node =>
    `${one.id}: ${node.target} ${node.failureSummary}`))
  const open = found.incomplete.flatMap(one => one.nodes.map(node => {
    const element = document.querySelector(node.target[0])
    let ground = element
    while (ground && /^rgba.* 0\\)$/.test(getComputedStyle(ground).backgroundColor)) ground = ground.parentElement
    return [one.id, getComputedStyle(element).color, getComputedStyle(ground).backgroundColor].join("|")
  }))
  return {faults, passed: found.passes.length, open: [...new Set(open)]}
}"""


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """A window with axe in it, which stays while one page after another is shown."""
    page = browser.new_page()
    axe.put_into(page)
    yield page
    page.close()


def show(window: Page, html: str) -> None:
    """The page wide and light. It fetches nothing."""
    fetched: list[str] = []

    def note(request: Request) -> None:
        fetched.append(request.url)

    turn(window, WIDE, "light")
    window.on("request", note)
    window.set_content(html)
    window.remove_listener("request", note)
    assert [url for url in fetched if not url.startswith(("data:", "about:"))] == []


def turn(window: Page, width: int, scheme: Any) -> None:
    window.set_viewport_size({"width": width, "height": 800})
    window.emulate_media(color_scheme=scheme)


def audited(window: Page) -> list[str]:
    """What axe finds, and what it leaves open unless that is text of enough contrast."""
    found = window.evaluate(AXE, axe.RULES)
    assert found["passed"] > 5  # it looked
    return [
        *found["faults"],
        *(f"left open: {one}" for one in found["open"] if not plain_to_see(*one.split("|"))),
    ]


def plain_to_see(rule: str, colour: str, ground: str) -> bool:
    return rule == "color-contrast" and contrast(hexadecimal(colour), hexadecimal(ground)) >= ENOUGH


def hexadecimal(colour: str) -> str:
    """`rgb(22, 32, 28)` as `#16201c`."""
    assert colour.startswith("rgb("), colour
    return "#" + "".join(f"{int(part):02x}" for part in colour[4:-1].split(","))


def pages(organisation: str, edition: str) -> list[bytes]:
    """One for each language, of an edition; one, of a provenance sheet."""
    return (
        [sheet(organisation, "html")]
        if edition == SHEET
        else [f.data for f in built(organisation, edition, "html")]
    )


@pytest.mark.parametrize(("organisation", "edition"), PAGES)
def test_nothing_is_to_mend_light_or_dark_wide_or_narrow(
    window: Page, organisation: str, edition: str
) -> None:
    """And at 320 pixels, text is read in one direction (WCAG 1.4.10)."""
    for page in pages(organisation, edition):
        show(window, page.decode())
        for width, scheme in settings(organisation, edition):
            turn(window, width, scheme)
            assert audited(window) == [], (width, scheme)
        turn(window, 320, "light")
        assert sideways(window) <= 320


def test_every_edition_is_seen_in_each_setting_and_every_organisation_in_each_part_of_one() -> None:
    seen = [(o, e, *setting) for o, e in PAGES for setting in settings(o, e)]
    assert {(o, width) for o, _, width, _ in seen} == set(product(ALL, (WIDE, NARROW)))
    assert {(o, scheme) for o, _, _, scheme in seen} == set(product(ALL, ("light", "dark")))
    in_each = {("half" if e in HALVES else e, (width, scheme)) for _, e, width, scheme in seen}
    assert in_each == set(product(({*editions()} - {*HALVES}) | {"half", SHEET}, SETTINGS))
    for half in HALVES:
        assert {width for _, e, width, _ in seen if e == half} == {WIDE, NARROW}
        assert {scheme for _, e, _, scheme in seen if e == half} == {"light", "dark"}
    assert set(SHEETS) <= set(PAGES)


def sideways(page: Page) -> int:
    wide: int = page.evaluate("document.documentElement.scrollWidth")
    return wide


@pytest.fixture(scope="module")
def with_scrollbar(browser_with_scrollbars: Browser) -> Iterator[Page]:
    page = browser_with_scrollbars.new_page()
    yield page
    page.close()


ROOM = """() => {
  const root = document.documentElement
  const cover = document.querySelector(".field")
  const shadow = cover ? getComputedStyle(cover).boxShadow : "100vmax"
  return {taken: innerWidth - root.clientWidth, wide: root.scrollWidth, room: root.clientWidth, shadow}
}"""
# Words of a language in narrow places that stand on two lines; an address, or a name longer than any word, may.
TORN = r"""() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange()
  const torn = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (parent.closest(".unspaced, code, script, style") || !parent.checkVisibility()) continue
    if (getComputedStyle(parent.closest("thead") || parent).position === "absolute") continue
    range.selectNodeContents(node)
    if (!parent.closest("td, th, h1, h2, h3, .torn") || range.getClientRects().length < 2) continue
    for (const word of node.data.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
      range.setStart(node, word.index)
      range.setEnd(node, word.index + word[0].length)
      const lines = new Set([...range.getClientRects()].filter(box => box.width).map(box => Math.round(box.top)))
      if (lines.size > 1) torn.push(word[0])
    }
  }
  return torn
}"""
WIDTHS = (320, 360, 700, 1024, WIDE)
LONG_NAME = "The Joint Committee of the Boroughs of Fenwick, Marden and the Rivers Beyond"


def narrowed(edition: str) -> Iterator[tuple[str, str]]:
    """An organisation, and a page of it: of the first with a long name, and by turns of the others.

    In `make audit` those of all, the first with its own name too.
    """
    others = [name for name in EXAMPLES[1:] if (name, edition) not in EMPTIED]
    turn = [*editions(), SHEET].index(edition) % 3
    for organisation in EXAMPLES if EVERYTHING else others[turn : turn + 1]:
        for page in pages(organisation, edition):
            yield organisation, page.decode()
    for page in pages(EXAMPLES[0], edition):
        yield LONG_NAME, page.decode().replace("Fenwick Borough Council", LONG_NAME)


@pytest.mark.parametrize("edition", [*editions(), SHEET])
def test_nothing_is_scrolled_sideways_beside_a_scrollbar_and_no_word_torn(
    with_scrollbar: Page, edition: str
) -> None:
    """No word on a telephone; a provenance sheet, which has six columns, is read at a desk."""
    for organisation, page in narrowed(edition):
        show(with_scrollbar, page)
        for width in WIDTHS:
            turn(with_scrollbar, width, "light")
            found = with_scrollbar.evaluate(ROOM)
            assert found["taken"] > 0  # the bar is there
            assert found["wide"] <= found["room"], (organisation, width)
            assert found["shadow"] != "none"  # the cover is coloured to both edges
            if edition != SHEET and width < 400:
                assert with_scrollbar.evaluate(TORN) == [], (organisation, width)


DRAWN = """selector => [...document.querySelectorAll(selector)].map(element => {
  const drawn = getComputedStyle(element, "::before")
  return [drawn.forcedColorAdjust, drawn.backgroundColor, getComputedStyle(document.documentElement).backgroundColor]
})"""


def test_forced_colours_keep_the_marks_and_the_depths_apart(with_scrollbar: Page) -> None:
    """A system that sets its own colours takes grounds away, and the marks are drawn as grounds."""
    marks = ".may, .think, .never, .chart [class^='ends-'] td:last-child"
    for edition, selector, drawn in [
        ("overview", marks, True),
        ("full-story", ".depth .here", True),
        ("full-story", ".depth li:not(.here)", False),
    ]:
        show(with_scrollbar, built(EXAMPLES[0], edition, "html")[0].data.decode())
        with_scrollbar.emulate_media(forced_colors="active")
        found = with_scrollbar.evaluate(DRAWN, selector)
        with_scrollbar.emulate_media(forced_colors="none")
        assert found, selector
        assert [one for one in found if one[0] != "none" or (one[1] != one[2]) != drawn] == []


@cache
def site() -> tuple[str, str]:
    """The index page of a site, and an edition pasted into a page of an intranet."""
    profile = PROFILES / EXAMPLES[0] / "profile.yaml"
    files = with_site(build(profile, workspace(), ["full-story"], ["html"])).files
    found = {file.path.split("/", 1)[1]: file.data.decode() for file in files}
    head = '<!DOCTYPE html>\n<html lang="en"><head><title>Intranet</title><style>body { font: 18px/1.6 sans-serif }</style></head>'
    pasted = f"{head}<body><main><h1>Policy</h1>\n{found['paste/full-story.html']}</main></body></html>\n"
    return found["site/index.html"], pasted


def test_the_index_of_a_site_and_what_is_pasted_have_nothing_to_mend(window: Page) -> None:
    index, pasted = site()
    show(window, index)
    for width, scheme in SETTINGS:
        turn(window, width, scheme)
        assert audited(window) == [], (width, scheme)
    turn(window, 320, "light")
    assert sideways(window) <= 320
    show(window, pasted)
    assert audited(window) == []


# Markup is the same light and dark, wide and narrow: every organisation and every edition, and in `make audit` all.
VALIDATED = PAGES if EVERYTHING else covering(PAGES, lambda row: row)


def test_html_validate_finds_nothing(tmp_path: Path) -> None:
    for number, page in enumerate(site()):
        (tmp_path / f"site-{number}.html").write_text(page, "utf-8")
    assert {*chain(*VALIDATED)} == {*ALL, *editions(), SHEET}
    for organisation, edition in VALIDATED:
        for number, page in enumerate(pages(organisation, edition)):
            (tmp_path / f"{organisation}-{edition}-{number}.html").write_bytes(page)
    assert html_validate(sorted(tmp_path.glob("*.html"))) == []


# --- Each guard sees what is planted for it --------------------------------------------------------------


def planted(markup: str, style: str = "") -> str:
    """A sound page, and one fault at the end of its body."""
    html = built(EXAMPLES[0], tiers()[0], "html")[0].data.decode()
    return html.replace("</main>", f"{markup}</main>").replace("</style>", f"{style}</style>")


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ('<p style="color: #999; background: #aaa">Pale words</p>', "color-contrast"),
        (
            '<p class="may"><b style="color: #999; background: #aaa">Pale words</b></p>',
            "left open: color-contrast",
        ),
        (
            "<style>.alike li:nth-child(3) { color: #999; background: #aaa }</style>"
            '<ul class="alike"><li>One</li><li>Two</li><li>Three</li><li>Four</li></ul>',
            "color-contrast",
        ),
        ('<img src="data:,">', "image-alt"),
        (
            '<p><a href="#a" style="display: inline-block; width: 9px">a</a><a href="#b">b</a></p>',
            "target-size",
        ),
        ('<p><span role="button">x</span><input></p>', "label"),
        ("<ul><p>x</p></ul>", "list"),
    ],
    ids=[
        "contrast",
        "contrast left open",
        "contrast of one of many",
        "alt",
        "target size",
        "name",
        "structure",
    ],
)
def test_axe_sees_a_planted_fault(window: Page, markup: str, rule: str) -> None:
    show(window, planted(markup))
    assert [fault for fault in audited(window) if fault.startswith(rule)]


@pytest.mark.parametrize(("width", "scheme"), SETTINGS)
def test_a_fault_of_one_setting_is_seen_there_alone(window: Page, width: int, scheme: str) -> None:
    """So the page does turn dark, and narrow, while it stays open."""
    media = (
        f"(prefers-color-scheme: {scheme}) and ({'min' if width == WIDE else 'max'}-width: 40rem)"
    )
    show(window, planted("", f"@media {media} {{ h1 {{ color: #999; background: #aaa }} }}"))
    for turned in SETTINGS:
        turn(window, *turned)
        assert bool(audited(window)) == (turned == (width, scheme))


def test_a_page_that_is_too_wide_or_fetches_is_seen(window: Page) -> None:
    show(window, planted('<p style="width: 400px">x</p>'))
    turn(window, 320, "light")
    assert sideways(window) > 320
    with pytest.raises(AssertionError, match=r"127\.0\.0\.1"):
        show(
            window,
            planted('<img alt="x" src="http://127.0.0.1:9/x.png">').replace(
                "img-src", "img-src http:"
            ),
        )


def test_a_torn_word_is_seen(with_scrollbar: Page) -> None:
    show(
        with_scrollbar,
        planted('<p class="torn" style="width: 3em; overflow-wrap: anywhere">Communications</p>'),
    )
    assert with_scrollbar.evaluate(TORN) == ["Communications"]


def test_html_validate_sees_a_planted_fault(tmp_path: Path) -> None:
    (tmp_path / "planted.html").write_text(planted("<p><div>x</div></p>"))
    assert html_validate([tmp_path / "planted.html"])
