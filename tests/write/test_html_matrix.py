"""The matrix in a real browser: filters, keys, dialog, axe; and as a plain table where no script runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from axe import axe_faults
from browsing import emptied
from covering import covering
from organisations import EVERYTHING, once, workspace

from policygen.model.comparison.matrix import CellKind, Matrix, MatrixCell
from policygen.pipeline.fleet.compare_all import compare_many, matrix_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FloatRect, Locator, LocatorAssertions, Page

pytestmark = pytest.mark.slow
NAMES = ("fenwick", "glanmorfa", "little-marden", "wexmoor-police", "rauporoa")
SECTIONS = (
    "about",
    "elections",
    "house-rules",
)  # three sections are as good as all, and sooner drawn


def expect(locator: Locator) -> LocatorAssertions:
    from playwright.sync_api import expect

    return expect(locator)


@cache
def found() -> Matrix:
    every = compare_many(NAMES, workspace())
    return replace(every, rows=tuple(row for row in every.rows if row.section in SECTIONS))


@cache
def html() -> str:
    return once("matrix.html", lambda: matrix_page(found()).decode())


# --- The file --------------------------------------------------------------------------------------------


def shown(cell: MatrixCell) -> str:
    return "–" if cell.kind is CellKind.NOT_APPLICABLE else cell.words


def test_every_cell_stands_in_the_page_and_every_wording_of_several_once() -> None:
    cells = re.findall(
        r"<td[^>]*>([^<]*)</td>", html().partition('class="grid"')[2].partition("</table>")[0]
    )
    assert cells == [shown(cell) for row in found().rows for cell in row.cells]
    several = [len(row.words) for row in found().rows if len(row.words) > 1]
    assert html().count("data-letter=") == sum(several) > 0


def test_of_another_wording_only_what_differs_is_printed() -> None:
    words = html().partition('id="words-elections.partner-accounts"')[2].partition("</details>")[0]
    commonest, other = re.findall(r"<section data-letter.*?</section>", words, re.S)
    assert "<del>" not in commonest
    assert "<del>" in other
    lines = (set(re.findall(r"<(?:p|li)>.*?</(?:p|li)>", each)) for each in (commonest, other))
    assert set.intersection(*lines) == set()


def test_what_letters_mean_stands_before_them() -> None:
    assert html().index("A letter is a wording") < html().index("Bodies with each")
    assert html().index("What the cells say") < html().index('class="grid"')


def test_no_id_of_a_clause_is_printed() -> None:
    seen = re.sub(r"<script>.*?</script>|<[^>]*>", " ", html(), flags=re.S)
    assert [row.clause for row in found().rows if row.clause in seen] == []


def test_heads_say_what_they_are_the_head_of() -> None:
    assert html().count('scope="col"') >= len(NAMES) + 1
    assert html().count('scope="row"') >= len(found().rows)
    assert html().count('<th scope="rowgroup"') == len(SECTIONS)


def test_one_script_may_run_and_it_is_named_by_its_hash() -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html())
    assert policy
    assert policy[1].startswith("default-src 'none'")
    assert "unsafe-inline" not in policy[1].partition("script-src")[2]
    assert html().count("<script") == 1


def test_a_name_is_never_markup() -> None:
    hostile = '<script>"&'
    bodies = tuple(
        replace(body, name=hostile, label=hostile, layers=(hostile,)) for body in found().bodies
    )
    text = matrix_page(replace(found(), bodies=bodies)).decode()
    assert text.count("<script") == 1
    assert "&lt;script&gt;&quot;&amp;" in text


def test_the_same_matrix_gives_the_same_page() -> None:
    assert matrix_page(found()).decode() == html()


# --- In a browser ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    # `errors` is ours, and begins anew with each page that is opened: mypy cannot know of it.
    page.on("pageerror", lambda error: page.errors.append(str(error)))  # type: ignore[attr-defined]
    page.on("console", lambda said: page.errors.append(said.text))  # type: ignore[attr-defined]
    yield page
    page.close()


def opened(window: Page, **more: Any) -> Page:
    page = emptied(window, **more)
    page.errors = []  # type: ignore[attr-defined]
    page.set_content(html())
    return page


def place(one: Locator) -> FloatRect:
    box = one.bounding_box()
    assert box
    return box


# Each takes seconds: every scheme and every width, and in `make audit` both together.
SETTINGS = list(product(("light", "dark"), (1280, 360)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scheme", "width"), SETTINGS if EVERYTHING else covering(SETTINGS, enumerate)
)
def test_axe_finds_nothing_to_mend(window: Page, scheme: Any, width: int) -> None:
    page = opened(window, color_scheme=scheme, viewport={"width": width, "height": 800})
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("td button").first.click()
    assert axe_faults(page) == []
    assert page.errors == []  # type: ignore[attr-defined]


@pytest.mark.slow
def test_axe_sees_a_planted_fault(window: Page) -> None:
    page = opened(window)
    page.evaluate("document.querySelector('.grid button').style.color = '#ddd'")
    assert any(fault.startswith("color-contrast") for fault in axe_faults(page))


@pytest.mark.slow
def test_it_is_set_in_the_font_that_it_carries(window: Page) -> None:
    """Else each computer shows its own."""
    page = opened(window)
    loaded = "document.fonts.ready.then(all => [...all].filter(f => f.status == 'loaded').length)"
    assert page.evaluate(loaded) == 2, "regular and bold"


def test_the_heads_stay_while_the_rest_is_scrolled(window: Page) -> None:
    page = opened(window, viewport={"width": 700, "height": 800})
    head, row = page.locator(".grid thead th").nth(1), page.locator(".grid tbody th").nth(1)
    before = place(head), place(row)
    page.locator(".grid").evaluate("one => one.scrollTo(150, 30)")
    after = place(head), place(row)
    assert before[0]["y"] == after[0]["y"]
    assert before[0]["x"] - after[0]["x"] == 150
    assert before[1]["x"] == after[1]["x"]
    assert before[1]["y"] - after[1]["y"] == 30


@pytest.mark.slow
def test_filters_by_section_by_what_cells_say_and_by_organisation(window: Page) -> None:
    page = opened(window)
    status, rows = page.locator("[role=status]"), page.locator(".grid tr[id]:visible")
    total = len(found().rows)
    assert status.inner_text() == f"{total} of {total} clauses, 5 of 5 organisations"
    page.get_by_label("Section", exact=True).select_option("elections")
    expect(status).to_contain_text(f"7 of {total} clauses")
    assert rows.count() == 7
    page.get_by_label("Section", exact=True).select_option("")
    page.get_by_label("Clauses with").select_option(label="extended")
    extended = sum(any(cell.kind.key == "extended" for cell in row.cells) for row in found().rows)
    assert extended
    expect(rows).to_have_count(extended)
    expect(status).to_contain_text(f"{extended} of {total} clauses")
    page.get_by_role("searchbox").fill("new zealand")
    expect(status).to_contain_text("1 of 5 organisations")
    assert page.locator(".grid thead th:visible").all_inner_texts() == [
        "Clause",
        "Raupōroa District Council",
    ]
    assert (
        place(page.locator(".grid thead th:visible").nth(1))["width"] > 100
    )  # no room is left to what is hidden


@pytest.mark.slow
def test_a_cell_tells_its_words_who_else_has_them_and_why(window: Page) -> None:
    page = opened(window)
    row = page.locator('tr[id="elections.partner-accounts"]')
    row.scroll_into_view_if_needed()
    row.locator("td button").first.click()
    dialog = page.locator("dialog[open]")
    assert dialog.locator(".lead").inner_text().startswith("Fenwick Borough Council: ")
    assert "Fenwick Borough Council adds to it" in dialog.inner_text()
    assert "profiles/fenwick/elections.md:" in dialog.inner_text()
    assert dialog.locator("[data-letter]").count() == 1
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('tr').id") == "elections.partner-accounts"
    row.locator("th button").click()
    assert dialog.locator("[data-letter]").count() == 2
    bodies = dialog.locator("[data-letter] .of").all_inner_texts()
    assert sorted(bodies) == ["Fenwick Borough Council", "Raupōroa District Council"]


@pytest.mark.slow
def test_the_table_is_one_stop_of_the_tab_key_and_arrows_go_from_cell_to_cell(
    window: Page,
) -> None:
    page = opened(window)
    assert page.locator(".grid button[tabindex='0']").count() == 1
    page.locator(".grid button[tabindex='0']").focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    here = "[document.activeElement.closest('tr').id, document.activeElement.parentNode.cellIndex]"
    assert page.evaluate(here) == [found().rows[1].clause, 2]
    page.keyboard.press("End")
    assert page.evaluate(here) == [found().rows[1].clause, len(NAMES)]
    page.keyboard.press("Enter")
    assert page.locator("dialog[open]").count() == 1
    assert page.locator(".grid button[tabindex='0']").count() == 1


def test_a_telephone_shows_one_organisation_and_scrolls_one_way(window: Page) -> None:
    page = opened(window, viewport={"width": 360, "height": 800})
    heads = page.locator(".grid thead th:visible")
    assert heads.all_inner_texts() == ["Clause", found().bodies[0].name]
    page.get_by_label("Organisation", exact=True).select_option(label=found().bodies[2].name)
    expect(heads.nth(1)).to_have_text(found().bodies[2].name)
    assert heads.count() == 2
    assert "1 of 5 organisations" in page.locator("[role=status]").inner_text()
    inner = "one => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight"
    for box in page.locator(".grid, :not(#between) > .scroll").all():
        assert not box.evaluate(inner)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.slow
def test_without_a_script_it_is_a_plain_table_with_the_words_below(browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.set_content(html())
    assert page.locator("button:visible, input:visible").count() == 0
    assert page.locator(".grid td").count() == len(found().rows) * len(NAMES)
    page.locator('tr[id="elections.partner-accounts"] a').click()
    words = page.locator('details[id="words-elections.partner-accounts"]')
    words.locator("summary").click()
    assert "Fenwick Borough Council adds to it" in words.inner_text()
    page.close()
