"""axe in a page of the browser: what it finds, one line each, none where there is nothing to mend.

Three quarters of its time go into the contrast of text. In `make test` it is judged once of each kind of element, and
all else of every element; in `make audit` all is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from organisations import EVERYTHING
from tools import outside_tool

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Of a kind are elements of one name, class and attributes, with the same colours, letters and visibility, in parents
# of one kind: words in them stand out from the same ground alike.
_ONE_OF_EACH_KIND = """
axe.configure({rules: [{id: "color-contrast", selector: "[data-first-of-its-kind]"}]})
window.markOneOfEachKind = () => {
  const kinds = new Map(), kindOf = new Map()
  for (const element of document.querySelectorAll("body, body *")) {
    element.removeAttribute("data-first-of-its-kind")
    const style = getComputedStyle(element)
    const kind = JSON.stringify([
      kindOf.get(element.parentElement), element.localName, element.getAttribute("class"), element.getAttributeNames(),
      [...element.childNodes].some(one => one.nodeType === Node.TEXT_NODE && one.data.trim()), element.checkVisibility(),
      style.color, style.backgroundColor, style.backgroundImage, style.opacity, style.fontSize, style.fontWeight,
      style.position,
    ])
    if (!kinds.has(kind)) {
      kinds.set(kind, kinds.size)
      element.setAttribute("data-first-of-its-kind", "")
    }
    kindOf.set(element, kinds.get(kind))
  }
}
"""
# Only what fails is told in full, which is most of the rest.
_AXE = """async rules => {
  markOneOfEachKind()
  const found = await axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]})
  const faults = found.violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.target}`))
  return {faults, passed: found.passes.length}
}"""


def put_into(page: Page) -> None:
    """It stays there while one document after another is shown; `markOneOfEachKind` goes before each run."""
    page.evaluate((outside_tool("axe-core") / "axe.min.js").read_text("utf-8"))
    page.evaluate("window.markOneOfEachKind = () => {}" if EVERYTHING else _ONE_OF_EACH_KIND)


def axe_faults(page: Page, rules: Sequence[str] = RULES) -> list[str]:
    """By the rules of WCAG 2.2, level AA, or by others."""
    put_into(page)
    found = page.evaluate(_AXE, list(rules))
    assert found["passed"] > 10  # it looked
    return list(found["faults"])
