"""What WeasyPrint 70's structure tree lacks for PDF/UA-1 and for a screen reader, added while it is built.

The one door to WeasyPrint's private parts. `mended()` wraps its tag builder for the time of a render:

- the language of a passage (`lang`) reaches its structure element;
- the several blocks of a list item stand in one LBody;
- header cells say whether they head a column or a row;
- lines of code are a paragraph, and emphasis is a span.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FROM, _BELOW = (70, 0), (71, 0)  # the versions whose private parts are known
_ROLES = {"pre": "P", "strong": "Span", "em": "Span", "code": "Span", "ins": "Span", "del": "Span", "mark": "Span"}


# A space before an element inside a line, outside tags.
_SPACE = re.compile(r"(?<=[^\s>]) (?=<(?:a|b|bdi|code|del|em|ins|mark|span|strong)[ >])")


def spaced(html: str) -> str:
    """Give a space before an element within a line a span of its own.

    WeasyPrint 70 breaks a line after its first word where a text fits but its last space does not, and an element
    follows.
    """
    return _SPACE.sub("<span> </span>", html)


class UnknownWeasyPrint(RuntimeError):
    """This WeasyPrint is not one whose tag builder we know how to mend."""


@contextmanager
def mended() -> Iterator[None]:
    """Within this, PDFs are tagged with what is listed above; raises UnknownWeasyPrint."""
    import weasyprint  # type: ignore[import-untyped]  # no stubs
    from weasyprint.pdf import tags  # type: ignore[import-untyped]  # no stubs

    version = tuple(int(part) for part in weasyprint.__version__.split(".")[:2])
    build: Callable[..., Iterator[Any]] | None = getattr(tags, "_build_box_tree", None)
    if not _FROM <= version < _BELOW or build is None:
        raise UnknownWeasyPrint(f"WeasyPrint {weasyprint.__version__}: only 70 is known here")

    # It calls itself by its global name, so that one replacement sees every element of the tree.
    def mending(box: Any, parent: Any, pdf: Any, *rest: Any) -> Iterator[Any]:
        for element in build(box, parent, pdf, *rest):
            _mend(element, getattr(box, "_box", box), parent, pdf)
            yield element

    tags._build_box_tree = mending
    try:
        yield
    finally:
        tags._build_box_tree = build


def _mend(element: Any, box: Any, parent: Any, pdf: Any) -> None:
    """Mend one structure element in place, just made of `box` as a kid of `parent`."""
    import pydyf  # type: ignore[import-untyped]  # no stubs

    node = box.element
    if node is None or box.element_tag in ("html", "body"):
        return
    if language := node.attrib.get("lang"):
        element["Lang"] = pydyf.String(language)
    if element["S"] == "/NonStruct" and box.element_tag in _ROLES:
        element["S"] = f"/{_ROLES[box.element_tag]}"
    if element["S"] == "/TH":
        element["A"]["Scope"] = "/Row" if node.attrib.get("scope") == "row" else "/Column"
    if parent["S"] == "/LI" and element["S"] == "/Div":
        element["S"] = "/LBody"
