"""Sheet: a style sheet that may come from a stranger, and what it may say.

It is inlined into documents, so that what it may not do has to be known before: it fetches nothing, it
neither adds words nor takes any out, and it does not leave its `style` element. Whatever is not on the
lists below is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_PROPERTIES = re.compile(
    r"font(-family|-size|-style|-weight|-stretch|-kerning|-variant(-[a-z]+)?|-feature-settings)?"
    r"|line-height|letter-spacing|word-spacing|hyphens|vertical-align|list-style-type"
    r"|text-(align|wrap|underline-offset|decoration(-color|-line|-style|-thickness)?)"
    r"|color|background(-color)?|border(-[a-z-]+)?|box-decoration-break"
    r"|(margin|padding)(-[a-z-]+)?|(row-|column-)?gap|(min-|max-)?width|size"
    r"|break-(before|after|inside)|orphans|widows"
    r"|--(ink|quiet|hairline|paper|ground|gutter|page-margin|first-margin|running-gap|footing-gap)"
)
_FUNCTIONS = ("calc", "min", "max", "clamp", "rgb", "rgba", "hsl", "hsla", "var")
_QUOTING = (
    "font",
    "font-family",
    "font-feature-settings",
)  # elsewhere a text in quotes could be printed
_MARGIN_BOX = re.compile("(top|bottom|left|right)-(left|center|right|top|middle|bottom)(-corner)?")
_DEEP = 8  # brackets within brackets
_FORM = "Write it like `h2 { color: #1d4f91 }`."


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Something that a sheet may not say, at a line and a column (from 1)."""

    line: int
    column: int
    what: str
    mend: str


def sheet_faults(css: str) -> list[SheetFault]:
    """Everything in a style sheet that it may not say."""
    import tinycss2  # type: ignore[import-untyped]  # no stubs

    found = [
        SheetFault(
            css.count("\n", 0, at) + 1,
            at - css.rfind("\n", 0, at),
            "A sheet holds no <.",
            "Take it out.",
        )
        for at in (sign.start() for sign in re.finditer("[<\0]", css))
    ]
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return sorted([*found, *_rules(nodes, within="")], key=lambda fault: (fault.line, fault.column))


def _rules(nodes: Iterable[Any], within: str) -> Iterator[SheetFault]:
    import tinycss2

    for node in nodes:
        match node.type, getattr(node, "lower_at_keyword", ""):
            case "qualified-rule", _:
                yield from _block(node.content, within="")
            case "at-rule", "media" if not within and node.content is not None:
                inner = tinycss2.parse_rule_list(
                    node.content, skip_comments=True, skip_whitespace=True
                )
                yield from _rules(inner, within="media")
            case "at-rule", "page" if not within and node.content is not None:
                yield from _block(node.content, within="page")
            case "at-rule", "font-face":
                yield _fault(node, "A sheet brings no fonts.", "Name them in theme.yaml.")
            case "at-rule", keyword:
                yield _fault(
                    node,
                    f'A sheet has no "@{_shown(keyword)}" here.',
                    "Use rules, @media and @page only.",
                )
            case _:
                yield _fault(node, "This is not a rule of CSS.", _FORM)


def _block(content: Any, within: str) -> Iterator[SheetFault]:
    """What stands between the braces of a rule; in those of @page, its margin boxes too."""
    import tinycss2

    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            yield from _declaration(node)
        elif (
            within == "page"
            and node.type == "at-rule"
            and _MARGIN_BOX.fullmatch(node.lower_at_keyword)
        ):
            yield from _block(node.content or [], within="")
        else:
            yield _fault(node, "This is not a line of `property: value`.", _FORM)


def _declaration(node: Any) -> Iterator[SheetFault]:
    if not _PROPERTIES.fullmatch(node.lower_name):
        what = f'A sheet does not set "{_shown(node.lower_name)}".'
        yield _fault(
            node,
            what,
            "It sets type, colour, lines, margins and page breaks; never words, places or files.",
        )
    else:
        yield from _value(node.value, node.lower_name in _QUOTING, _DEEP)


def _value(tokens: Iterable[Any], quoting: bool, depth: int) -> Iterator[SheetFault]:
    for token in tokens:
        match token.type:
            case "url" | "error":
                yield _fault(token, "A sheet names no files and no addresses.", "Take this out.")
            case "string" if not quoting:
                yield _fault(
                    token,
                    "A text in quotes has no place here.",
                    "Take it out: a sheet brings no words.",
                )
            case "function" if token.lower_name not in _FUNCTIONS:
                what = f'A sheet does not use "{_shown(token.lower_name)}()".'
                yield _fault(token, what, f"It may use {', '.join(_FUNCTIONS)}.")
            case "function" | "() block" if depth:
                inside = token.arguments if token.type == "function" else token.content
                yield from _value(inside, quoting, depth - 1)
            case "function" | "() block" | "[] block" | "{} block":
                yield _fault(token, "These brackets have no place here.", _FORM)


def _fault(node: Any, what: str, mend: str) -> SheetFault:
    return SheetFault(node.source_line, node.source_column, what, mend)


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name[:40])
