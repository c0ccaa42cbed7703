"""What WeasyPrint 70's structure tree lacks for PDF/UA-1, added while it is built.

The one door to WeasyPrint's private parts. `mended()` wraps its tag builder for the time of a
render:

- the language of a passage (`lang`) reaches its structure element;
- the several blocks of a list item stand in one LBody;
- header cells say whether they head a column or a row;
- lines of code are a paragraph, and emphasis is a span;
- a link with a title is announced by its words and that title, and not by where it leads.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FROM, _BELOW = (70, 0), (71, 0)  # the versions whose private parts are known
_ROLES = {
    "pre": "P",
    "strong": "Span",
    "em": "Span",
    "code": "Span",
    "bdi": "Span",
    "ins": "Span",
    "del": "Span",
    "mark": "Span",
}


# A space before an element inside a line, outside tags.
_SPACE = re.compile(r"(?<=[^\s>]) (?=<(?:a|b|bdi|code|del|em|ins|mark|span|strong)[ >])")


def spaced(html: str) -> str:
    """Give a space before an element within a line a span of its own.

    WeasyPrint 70 breaks a line after its first word where a text fits but its last space does not,
    and an element follows.
    """
    return _SPACE.sub("<span> </span>", html)


class UnknownWeasyPrint(RuntimeError):
    """This WeasyPrint is not one whose tag builder we know how to mend."""


# PDF/UA-1, and the schema that PDF/A asks for wherever a property is not of its own.
_ACCESSIBLE = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"> <pdfaExtension:schemas><rdf:Bag><rdf:li
 rdf:parseType="Resource"> <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
 <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
 <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix> <pdfaSchema:property><rdf:Seq><rdf:li
 rdf:parseType="Resource"> <pdfaProperty:name>part</pdfaProperty:name>
 <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
 <pdfaProperty:category>internal</pdfaProperty:category> <pdfaProperty:description>Part of ISO 14289
 to which the document conforms</pdfaProperty:description> </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_END = b"</rdf:RDF>"


def claim_accessible(metadata: Any) -> None:
    """Let a PDF/A say that it is PDF/UA-1 too: WeasyPrint 70 writes one claim or the other."""
    generate = metadata.generate_rdf_metadata

    def both(*how: Any) -> bytes:
        made: bytes = generate(*how)
        if made.count(_END) != 1:
            raise UnknownWeasyPrint("WeasyPrint: its metadata have changed")
        return made.replace(_END, _ACCESSIBLE + _END)

    metadata.generate_rdf_metadata = both


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
    if element["S"] == "/Link" and (title := node.attrib.get("title")):
        words = "".join(node.itertext())
        box.link_annotation["Contents"] = pydyf.String(f"{words}: {title}")
    if parent["S"] == "/LI" and element["S"] == "/Div":
        element["S"] = "/LBody"
