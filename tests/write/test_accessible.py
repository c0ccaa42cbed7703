"""The pages in a real browser: axe finds nothing to mend, nothing is scrolled sideways, and their markup is sound."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from organisations import EXAMPLES, SHORT, built, looked_at, sheet, tiers
from playwright.sync_api import Browser, sync_playwright
from tools import outside_tool

pytestmark = pytest.mark.slow
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync"]
PAGES = [(organisation, tier) for organisation in EXAMPLES for tier in tiers()]
# The short editions of all, and every edition of one body more: the others differ in their words only.
REST = [(o, e) for o, e in looked_at() if (o, e) not in PAGES and (e in SHORT or o == "rivers-and-tides")]
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


@pytest.mark.parametrize(("organisation", "edition"), REST)
def test_axe_finds_nothing_to_mend_elsewhere(audit: Audit, organisation: str, edition: str) -> None:
    for file in built(organisation, edition, "html"):
        assert audit(file.data.decode(), "dark", 360)["faults"] == []


@pytest.mark.parametrize("organisation", EXAMPLES)
def test_axe_finds_nothing_to_mend_in_a_provenance_sheet(audit: Audit, organisation: str) -> None:
    page = sheet(organisation, "html").decode()
    assert audit(page)["faults"] == []
    assert audit(page, "dark", 320) | {"passed": 0, "background": ""} == {
        "faults": [], "passed": 0, "wide": 320, "fetched": [], "background": "",
    }  # fmt: skip


def validated(folder: Path) -> list[str]:
    """What html-validate finds in a folder's pages. An id may hold a dot, and a title a long name: both are sound."""
    rules = {"valid-id": ["error", {"relaxed": True}], "long-title": "off"}
    config = folder / "rules.json"
    config.write_text(json.dumps({"root": True, "extends": ["html-validate:recommended"], "rules": rules}))
    program = outside_tool("html-validate") / "bin/html-validate.mjs"
    pages = sorted(map(str, folder.glob("*.html")))
    report = folder / "report"
    command = ["node", program, "--config", config, "--formatter", f"json={report}", *pages]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "NODE_NO_WARNINGS": "1"})
    assert done.returncode in (0, 1), done.stderr
    found = json.loads(report.read_text("utf-8"))
    return [f"{Path(one['filePath']).name}: {m['ruleId']}: {m['message']}" for one in found for m in one["messages"]]


def test_html_validate_finds_nothing(tmp_path: Path) -> None:
    for organisation, edition in looked_at():
        for file in built(organisation, edition, "html"):
            (tmp_path / f"{organisation}-{edition}.html").write_bytes(file.data)
    (tmp_path / "sheet.html").write_bytes(sheet(EXAMPLES[0], "html"))
    assert validated(tmp_path) == []


def test_html_validate_sees_a_planted_fault(tmp_path: Path) -> None:
    html = built(EXAMPLES[0], tiers()[0], "html")[0].data.decode()
    (tmp_path / "planted.html").write_text(html.replace("</main>", "<p><div>x</div></p></main>"))
    assert validated(tmp_path)


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
