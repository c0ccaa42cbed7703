"""The pages in a real browser: axe finds nothing to mend, and nothing has to be scrolled sideways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from organisations import EXAMPLES, built, tiers
from playwright.sync_api import Browser, sync_playwright
from tools import outside_tool

pytestmark = pytest.mark.slow
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
PAGES = [(organisation, tier) for organisation in EXAMPLES for tier in tiers()]
Audit = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = outside_tool("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def audit(browser: Browser) -> Audit:
    """`audit(html, scheme, width)`: what axe finds, what the page fetched, and how wide it became."""
    axe = (outside_tool("axe-core") / "axe.min.js").read_text("utf-8")

    def audited(html: str, scheme: Any = "light", width: int = 1280) -> dict[str, Any]:
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
        page = context.new_page()
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        page.set_content(html)
        page.evaluate(axe)
        found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
        wide = page.evaluate("document.documentElement.scrollWidth")
        background = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        context.close()
        faults = [
            f"{fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]
        outside = [url for url in fetched if not url.startswith(("data:", "about:"))]
        return {
            "faults": faults, "passed": len(found["passes"]), "wide": wide, "fetched": outside, "background": background
        }  # fmt: skip

    return audited


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("organisation", "tier"), PAGES)
def test_axe_finds_nothing_to_mend(audit: Audit, organisation: str, tier: str, scheme: str, width: int) -> None:
    for file in built(organisation, tier, "html"):
        found = audit(file.data.decode(), scheme, width)
        assert found["faults"] == []
        assert found["passed"] > 5  # it looked
        assert found["fetched"] == []


@pytest.mark.parametrize(("organisation", "tier"), PAGES)
def test_a_narrow_page_is_not_scrolled_sideways(audit: Audit, organisation: str, tier: str) -> None:
    """WCAG 1.4.10: at 320 pixels wide, text is read in one direction."""
    for file in built(organisation, tier, "html"):
        assert audit(file.data.decode(), width=320)["wide"] <= 320


def test_dark_is_dark(audit: Audit) -> None:
    html = built(EXAMPLES[0], tiers()[0], "html")[0].data.decode()
    assert audit(html, "light")["background"] != audit(html, "dark")["background"]


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ('<p style="color: #999; background: #aaa">Pale words</p>', "color-contrast"),
        ('<img src="data:,">', "image-alt"),
        ('<p><a href="#a" style="display: inline-block; width: 9px">a</a><a href="#b">b</a></p>', "target-size"),
    ],
    ids=["contrast", "alt", "target size"],
)
def test_axe_sees_a_planted_fault(audit: Audit, planted: str, rule: str) -> None:
    html = built(EXAMPLES[0], tiers()[0], "html")[0].data.decode()
    faults = audit(html.replace("</main>", f"{planted}</main>"))["faults"]
    assert [fault for fault in faults if fault.startswith(rule)]
