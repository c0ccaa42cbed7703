"""The XML of a returned file: parsed without entities, and the names in it."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from lxml import etree

from policygen.load.files import plain_name
from policygen.load.returned.package.refusal import AS_WORD, ASK_AGAIN, Refusal

WordNode: TypeAlias = etree._Element

WML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
VML = "{urn:schemas-microsoft-com:vml}"
VAL = f"{WML}val"
_STRICT = "http://purl.oclc.org/ooxml/"
_MANY = 1_500_000  # elements of one part; a full story has about 40,000


def parse(data: bytes, path: str) -> WordNode:
    """Parse one part of the file. Raises Refusal for what is no plain XML within bounds.

    libxml2 itself refuses elements within elements beyond 256, and texts beyond 10 MB.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _broken(path, error) from None
    except (LookupError, ValueError):
        raise Refusal(f"This file is broken: {path} names no encoding.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        what = f"This file declares entities, in {path}, as no Word file does."
        raise Refusal(what, ASK_AGAIN)
    if root.tag.startswith(f"{{{_STRICT}"):
        raise Refusal("This is a Strict Open XML file, which few programs read.", AS_WORD, "PG670")
    _require_few(root, path)
    return root


def _broken(path: str, error: etree.XMLSyntaxError) -> Refusal:
    line, column = error.position
    if "depth" in (error.msg or "") or "huge" in (error.msg or "").lower():
        return Refusal(f"This file is too large or too deep, in {path} (line {line}).")
    what = f"This file is broken: {path} cannot be read (line {line}, column {column})."
    return Refusal(what)


def _require_few(root: WordNode, path: str) -> None:
    try:
        count = root.xpath("count(/descendant::*)")
    except etree.XPathError:  # libxml2 counts no more than ten million
        count = float("inf")
    if isinstance(count, float) and count > _MANY:
        raise Refusal(f"This file is too large or too deep, in {path}.")


def value(element: WordNode | None, attribute: str = VAL, absent: str = "") -> str:
    """Return an attribute of an element that may be missing."""
    if element is None:
        return absent
    return element.get(attribute, absent)


def is_on(element: WordNode | None) -> bool:
    """Tell whether a switch such as `w:b` is there and on."""
    return element is not None and element.get(VAL, "true") not in ("0", "false", "off", "none")


def number(text: str, absent: int = 0) -> int:
    """Return a whole number, within the bounds of any document."""
    try:
        return max(-1, min(int(text), 1_000_000))
    except ValueError:
        return absent


def author_of(element: WordNode) -> str:
    """Return who did something as the file has it, in one line that can be printed."""
    return plain_name(element.get(f"{WML}author", ""))


def date_of(element: WordNode) -> str:
    """Return when something was done as the file has it; "" for what is no date, as 0-00-00."""
    text = element.get(f"{WML}date", "")
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return ""
    return text
