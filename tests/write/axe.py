"""axe in a page of the browser: what it finds, one line each, none where there is nothing to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools import outside_tool

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only what fails is told in full, which is most of axe's time.
_AXE = """async rules => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]})
  const faults = found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target}`))
  return {faults, passed: found.passes.length}
}"""


def put_into(page: Page) -> None:
    """It stays there while one document after another is shown."""
    page.evaluate((outside_tool("axe-core") / "axe.min.js").read_text("utf-8"))


def axe_faults(page: Page) -> list[str]:
    """By the rules of WCAG 2.2, level AA."""
    put_into(page)
    found = page.evaluate(_AXE, RULES)
    assert found["passed"] > 10  # it looked
    return list(found["faults"])
