"""Style sheets that may come from a stranger, and what they may say.

A sheet is inlined into documents, so what it does is known before: it fetches nothing, it neither
adds words nor takes any out, it does not leave its `style` element, and no value of it is so large
or so small that the layout engine never ends. Whatever is not on the lists here is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from policygen.model.sheet.fault import SheetFault, fault_at, shown_name
from policygen.model.sheet.selectors import PAGE_SELECTOR, SELECTORS, selector_faults
from policygen.model.sheet.values import value_faults

__all__ = ["SheetFault", "sheet_faults"]

_MARGIN_BOX = re.compile("(top|bottom|left|right)-(left|center|right|top|middle|bottom)(-corner)?")
_MARKUP = re.compile("[<\0]")  # would leave the `style` element, or be read as another character
_DIGITS = re.compile(r"[0-9]{16,}")  # more than a float holds, and Python reads no more than 4,300
_FORM = "Write it like `h2 { color: #1d4f91 }`."


def sheet_faults(css: str) -> list[SheetFault]:
    """Return everything in a style sheet that it may not say, in the order of its lines."""
    import tinycss2  # type: ignore[import-untyped]  # no stubs

    if digits := _DIGITS.search(css):
        return [_at(css, digits.start(), "This number is too long.", "Round it.")]
    markup = [
        _at(css, sign.start(), "A sheet holds no <.", "Take it out.")
        for sign in _MARKUP.finditer(css)
    ]
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    faults = [*markup, *_rule_faults(nodes, within=""), *_too_many_selectors(nodes)]
    return sorted(faults, key=lambda fault: (fault.line, fault.column))


def _at(css: str, index: int, what: str, mend: str) -> SheetFault:
    line = css.count("\n", 0, index) + 1
    column = index - css.rfind("\n", 0, index)
    return SheetFault(line, column, what, mend, code="PG405")


def _too_many_selectors(nodes: Iterable[Any]) -> Iterator[SheetFault]:
    """Yield a fault where there are too many: each selector is tried on each element."""
    count = 0
    for node in nodes:
        tokens = [*(node.prelude or ()), *(node.content or ())] if hasattr(node, "prelude") else []
        count += 1 + sum(token.type in ("literal", "{} block") for token in tokens)
        if count > SELECTORS:
            what = f"A sheet has at most {SELECTORS} selectors and lines."
            yield fault_at(node, what, "Say it with fewer.", code="PG405")
            return


def _rule_faults(nodes: Iterable[Any], within: str) -> Iterator[SheetFault]:
    """Return the faults of rules; `within` is the at-rule that holds them, or empty."""
    import tinycss2

    for node in nodes:
        keyword = getattr(node, "lower_at_keyword", "")
        if node.type == "qualified-rule":
            yield from selector_faults(node)
            yield from _block_faults(node.content, page=False, boxes=False)
        elif keyword == "media" and not within and node.content is not None:
            inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rule_faults(inner, within="media")
        elif keyword == "page" and not within and node.content is not None:
            yield from _page_selector_faults(node)
            yield from _block_faults(node.content, page=True, boxes=True)
        elif keyword == "font-face":
            yield fault_at(
                node, "A sheet brings no fonts.", "Name them in theme.yaml.", code="PG405"
            )
        elif keyword:
            what = f'A sheet has no "@{shown_name(keyword)}" here.'
            yield fault_at(node, what, "Use rules, @media and @page only.", code="PG405")
        else:
            yield fault_at(node, "This is not a rule of CSS.", _FORM, code="PG404")


def _page_selector_faults(node: Any) -> Iterator[SheetFault]:
    import tinycss2

    selector = tinycss2.serialize(node.prelude).strip()
    if not PAGE_SELECTOR.fullmatch(selector):
        what = "A sheet does not choose pages like this."
        mend = "Use @page alone, with :first, :left, :right or :blank, or with a name before it."
        yield fault_at(node, what, mend, code="PG405")


def _block_faults(content: Any, *, page: bool, boxes: bool) -> Iterator[SheetFault]:
    """Return the faults between the braces of a rule.

    Of `page`s, which may have margin `boxes` too.
    """
    import tinycss2

    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        keyword = getattr(node, "lower_at_keyword", "")
        if node.type == "declaration":
            yield from value_faults(node, page=page)
        elif boxes and _MARGIN_BOX.fullmatch(keyword):
            yield from _block_faults(node.content or [], page=page, boxes=False)
        else:
            yield fault_at(node, "This is not a line of `property: value`.", _FORM, code="PG404")
