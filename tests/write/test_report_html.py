"""The change report in a real browser: two sides, filters, keys, links to a view, and nothing for axe to mend."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from html import escape
from itertools import count, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe import axe_faults
from browsing import emptied
from covering import covering, pairs
from judges import html_validate
from organisations import EVERYTHING, PROFILES, once, policies, workspace

from policygen.diff import differences
from policygen.diff.select import narrow_differences
from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.comparison.difference import ComparisonScope, DifferenceKind, Differences
from policygen.model.policy import Clause
from policygen.pipeline.build import build
from policygen.report.changes.document import change_report
from policygen.write.html.writer import HtmlWriter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
Open = Callable[..., "Page"]
SECTIONS = (
    "permission",
    "house-rules",
)  # in which clauses differ in every way that the filters know


@cache
def found(*sections: str) -> Differences:
    """How two councils differ, in some sections or in all."""
    whole = differences(*(policies(name)[0] for name in ("fenwick", "rauporoa")))
    if not sections:
        return whole
    parts = [narrow_differences(whole, ComparisonScope(section=section)) for section in sections]
    pairs = tuple(pair for part in parts for pair in part.pairs)
    return replace(whole, pairs=pairs, found=tuple(one for part in parts for one in part.found))


@cache
def html(*sections: str) -> str:
    def make() -> str:
        return HtmlWriter().write(change_report(found(*sections), ("Fenwick", "Raupōroa"))).decode()

    return once(f"changes-{'-'.join(sections)}.html", make)


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.set_default_timeout(120_000)  # milliseconds: a busy machine is no fault
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    yield page
    page.close()


@pytest.fixture
def open_(window: Page, tmp_path: Path) -> Open:
    """`open_(hash)`: the report as a file of its own; a script that fails is a failure. Each closes the one before."""
    numbers = count()

    def opened(hash: str = "", source: str = "", **how: Any) -> Page:
        file = tmp_path / f"{next(numbers)}.html"
        file.write_text(source or html(*SECTIONS), "utf-8")
        page = emptied(window, **how)
        page.goto(f"{file.as_uri()}{hash}")
        return page

    return opened


def shown(page: Page) -> list[str]:
    """The clauses that a reader sees, in order."""
    return list(
        page.eval_on_selector_all(
            "article.clause, #names tr[id]",
            "all => all.filter(one => one.checkVisibility()).map(one => one.id)",
        )
    )


def of(*kinds: DifferenceKind) -> set[str]:
    return {d.clause for d in found(*SECTIONS).found if d.kind in kinds and d.clause}


# --- Two sides ------------------------------------------------------------------------------------------------

SIDE = """(article, side) => [...article.querySelectorAll(`.side.${side}`)].map(one => {
  const copy = one.cloneNode(true);
  for (const gone of copy.querySelectorAll(".whose, .none, .aside > p:first-child > strong:first-child")) gone.remove();
  for (const mark of copy.querySelectorAll("ins, del")) mark.replaceWith(mark.textContent.slice(1, -1));
  return copy.textContent;
}).join("")"""

TWO_SIDED = """all => all.filter(one => !one.querySelector(".none") && one.querySelector(".first") &&
  one.querySelector(".second")).map(one => one.id)"""


def words(clause: Clause | None, tiers: list[str]) -> str:
    """What one policy has in a clause, without spaces: they fall differently in markup."""
    labels = found().first.outline.labels
    blocks = [
        b
        for t in tiers
        if clause and (told := clause.told(t))
        for b in prose.parse_blocks(told, labels)
    ]
    return "".join("".join(_words(block)) for block in blocks)


def _words(node: Any) -> Iterator[str]:
    match node:
        case doc.Text(text) | doc.Code(text) | doc.Value(text=text) | doc.CodeBlock(text):
            yield re.sub(r"\s", "", text)
        case doc.Gap(label=label):
            yield re.sub(r"\s", "", f"[{label}]")
        case doc.Table(head, rows, caption):
            yield from (
                word
                for part in (*caption, *((head,) if head else ()), *rows)
                for word in _words(part)
            )
        case tuple():
            yield from (word for one in node for word in _words(one))
        case doc.DoDont(do, dont):
            yield from (*_words(do), *_words(dont))
        case _:
            for name in ("children", "inlines", "cells", "items", "blocks", "columns"):
                yield from _words(getattr(node, name, ()))


def test_each_side_has_the_words_of_one_policy_and_no_other(open_: Open) -> None:
    page = open_("#view=sides", source=html())
    compared = set()
    for pair, differing in found().by_clause():
        tiers = [
            tier for tier in found().second.outline.tiers if tier in {d.part for d in differing}
        ]
        if (
            not pair.first
            or not pair.second
            or not tiers
            or {d.kind for d in differing} == {DifferenceKind.NAMES_ONLY}
        ):
            continue
        article = page.query_selector(f"article[id='{pair.clause.id}']")
        assert article
        for side, clause in (("first", pair.first), ("second", pair.second)):
            told = re.sub(r"\s", "", article.evaluate(SIDE, side))
            assert told == words(clause, tiers), f"{pair.clause.id}, {side}"
        compared.add(pair.clause.id)
    assert compared
    assert compared == set(page.eval_on_selector_all("article.clause", TWO_SIDED))


def test_a_clause_of_one_policy_stands_on_its_side_only(open_: Open) -> None:
    page = open_("#view=sides")
    for kind, empty in ((DifferenceKind.ADDED, "first"), (DifferenceKind.REMOVED, "second")):
        for clause in of(kind):
            article = page.query_selector(f"article[id='{clause}']")
            assert article
            assert article.evaluate(SIDE, empty) == ""
            said = [p.inner_text() for p in article.query_selector_all(f".{empty} .none")]
            assert said == ["Not in this policy."] * len(article.query_selector_all("h4"))


def test_the_sides_are_named_and_ids_stay_single(open_: Open) -> None:
    page = open_("#view=sides")
    assert {a.get_attribute("aria-label") for a in page.query_selector_all(".side.first")} == {
        "Fenwick Borough Council"
    }
    ids = page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_narrow_sides_stand_one_beneath_the_other(open_: Open) -> None:
    for width, beside in ((1280, True), (360, False)):
        page = open_("#view=sides", viewport={"width": width, "height": 800})
        first, second = (
            page.query_selector(f".side.{side}").bounding_box() for side in ("first", "second")
        )  # type: ignore[union-attr]
        assert first is not None
        assert second is not None
        assert (first["y"] == second["y"]) is beside


def test_the_words_stand_in_the_file_once() -> None:
    """Such as the rule and the practice of a clause that the second policy alone has."""
    labels = found().second.outline.labels
    added = [pair.second for pair, _ in found().by_clause() if not pair.first and pair.second]
    paragraphs = [
        block.inlines
        for clause in added
        for telling in clause.tellings
        if telling.tier in ("rule", "practice")
        for block in prose.parse_blocks(telling.wording, labels)
        if isinstance(block, doc.Paragraph)
    ]
    told = {inlines[0].text for inlines in paragraphs if [type(i) for i in inlines] == [doc.Text]}
    times = {text: html().count(escape(text)) for text in told}
    assert len(times) > 3
    assert times == dict.fromkeys(told, 1)


# --- Filters, steps, keys -------------------------------------------------------------------------------------


def test_a_kind_is_filtered_and_counted(open_: Open) -> None:
    page = open_()
    every = shown(page)
    assert set(every) == {d.clause for d in found(*SECTIONS).found if d.clause}
    button = page.get_by_role("button", name=re.compile("^set differently"))
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert set(shown(page)) == of(DifferenceKind.SET_DIFFERENTLY)
    assert button.get_attribute("aria-pressed") == "true"
    assert str(len(of(DifferenceKind.SET_DIFFERENTLY))) in button.inner_text()
    many = len(of(DifferenceKind.SET_DIFFERENTLY))
    assert page.get_by_role("status").inner_text() == f"{many} of {len(every)} clauses shown"
    assert page.locator("#settings").is_visible()
    assert not page.locator("#one-only").is_visible()
    page.get_by_role("button", name=re.compile("^retitled")).click()
    assert set(shown(page)) == of(DifferenceKind.SET_DIFFERENTLY, DifferenceKind.RETITLED)
    page.get_by_role("button", name="Show all").click()
    assert shown(page) == every


def test_a_section_and_what_matters(open_: Open) -> None:
    page = open_()
    page.get_by_label("Section").select_option(label="13 House rules")
    assert {id.partition(".")[0] for id in shown(page)} == {"house-rules"}
    assert not page.locator("#section-permission").is_visible()
    page.get_by_label("Section").select_option("")
    page.get_by_role("button", name="Leave out names").click()
    assert set(shown(page)) == {
        d.clause
        for d in found(*SECTIONS).found
        if d.clause and d.kind is not DifferenceKind.NAMES_ONLY
    }
    assert not page.locator("#names").is_visible()


def test_a_view_can_be_shared_as_a_link(open_: Open) -> None:
    page = open_()
    page.get_by_role("button", name="Side by side").click()
    page.get_by_role("button", name=re.compile("^retitled")).click()
    page.get_by_role("button", name="Next").click()
    seen, link = shown(page), page.url
    assert link.endswith(f"#view=sides&kind=retitled&at={seen[0]}")
    other = open_(hash=link[link.index("#") :])
    assert shown(other) == seen
    assert other.get_by_role("button", name="Side by side").get_attribute("aria-pressed") == "true"
    assert other.evaluate("document.activeElement.closest('article').id") == seen[0]
    strange = open_(hash="#view=upside-down&kind=nonsense,retitled&section=<b>&at=nowhere")
    assert set(shown(strange)) == of(DifferenceKind.RETITLED)


def test_a_link_within_shows_what_was_filtered_out(open_: Open) -> None:
    page = open_(hash="#kind=set-differently")
    clause = next(id for id in sorted(of(DifferenceKind.REMOVED)))
    page.evaluate("id => { location.hash = id }", clause)
    page.wait_for_function("id => document.getElementById(id).checkVisibility()", arg=clause)


def here(page: Page) -> str:
    return str(page.evaluate("(document.activeElement.closest('article, tr') || {}).id || ''"))


def test_keys_go_from_difference_to_difference(open_: Open) -> None:
    page = open_()
    order = shown(page)
    for key, expected in (("n", 0), ("j", 1), ("n", 2), ("p", 1), ("k", 0), ("p", 0), ("j", 1)):
        page.keyboard.press(key)
        assert here(page) == order[expected], key
    for _ in order:
        page.keyboard.press("n")
    assert here(page) == order[-1]
    assert page.get_by_role("status").inner_text() == "No difference after this one"
    page.keyboard.press("s")
    assert page.get_by_role("button", name="Side by side").get_attribute("aria-pressed") == "true"
    page.keyboard.press("s")
    assert page.get_by_role("button", name="Inline").get_attribute("aria-pressed") == "true"


def test_keys_leave_other_uses_alone(open_: Open) -> None:
    page = open_()
    select_ = page.get_by_label("Section")
    select_.focus()
    page.keyboard.press("n")
    assert here(page) == ""
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.press("Control+j")
    assert here(page) == ""
    page.get_by_role("button", name="Letter keys").click()  # WCAG 2.1.4: they can be turned off
    page.keyboard.press("n")
    assert here(page) == ""
    assert "keys=no" in page.url


def test_the_tools_are_reached_and_worked_by_keyboard_alone(open_: Open) -> None:
    page = open_()
    seen: list[str] = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(str(page.evaluate("document.activeElement.innerText.trim().split('\\n')[0]")))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", seen[-1]
        if seen[-1] == "Side by side":
            break
    assert seen[-3:] == ["Letter keys ✓", "Inline ✓", "Side by side"] or seen[-1] == "Side by side"
    page.keyboard.press("Enter")
    assert page.locator("html.sides").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Previous"


# --- Without, against, and for everyone -----------------------------------------------------------------------


def test_without_javascript_everything_is_there(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(html(*SECTIONS), "utf-8")
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{file.as_uri()}#view=sides&kind=retitled")
    assert page.locator("button").count() == 0
    assert page.locator("article.clause[hidden], section[hidden]").count() == 0
    assert page.locator("article.clause:visible").count() == html(*SECTIONS).count("<article ")
    page.close()


def test_no_other_script_runs(open_: Open) -> None:
    planted = html(*SECTIONS).replace(
        "</main>", "<script>document.title = 'planted'</script></main>"
    )
    page = open_(source=planted)
    assert page.title() != "planted"
    assert page.locator(".tools").count() == 1  # ours does


def test_policies_have_no_script() -> None:
    file = build(PROFILES / "fenwick/profile.yaml", workspace(), ["overview"], ["html"]).files[0]
    assert b"<script" not in file.data
    assert b"script-src" not in file.data


VIEWS = list(
    product(
        ("light", "dark"),
        (1280, 360),
        ("", "#view=sides", "#view=sides&kind=retitled&names=no"),
    )
)


# Each takes seconds: every two of them together, and in `make audit` all three.
@pytest.mark.parametrize(
    ("scheme", "width", "view"), VIEWS if EVERYTHING else covering(VIEWS, pairs)
)
def test_axe_finds_nothing_to_mend(open_: Open, scheme: str, width: int, view: str) -> None:
    page = open_(view, color_scheme=scheme, viewport={"width": width, "height": 800})
    assert axe_faults(page) == []


def test_axe_finds_nothing_to_mend_in_a_whole_report(open_: Open) -> None:
    assert axe_faults(open_("#view=sides", source=html(), color_scheme="dark")) == []


def test_axe_would_see_a_fault(open_: Open) -> None:
    page = open_()
    page.evaluate("document.querySelector('.tools button').innerHTML = ''")
    assert any(fault.startswith("button-name") for fault in axe_faults(page))


@pytest.mark.parametrize("view", ["", "#view=sides"])
def test_a_narrow_page_is_not_scrolled_sideways(open_: Open, view: str) -> None:
    page = open_(hash=view, viewport={"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_targets_are_large_enough(open_: Open) -> None:
    page = open_(viewport={"width": 360, "height": 800})
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box is None or min(box["width"], box["height"]) >= 24


def test_html_validate_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(html(), "utf-8")
    assert html_validate([file]) == []
