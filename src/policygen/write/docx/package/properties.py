"""Custom properties: the part of the package that says where a document comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from policygen.write.docx.package.xml import xml_characters

if TYPE_CHECKING:
    from collections.abc import Mapping

CUSTOM_PROPERTIES = "docProps/custom.xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PREFIXES = {"op": _PROPERTIES, "vt": _TYPES}
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that a user names
_FIRST_ID = 2  # 0 and 1 are taken, by the format


def custom_properties(values: Mapping[str, str]) -> bytes:
    """Return the part with these properties, each a text."""
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap=_PREFIXES)
    for number, (name, value) in enumerate(values.items(), start=_FIRST_ID):
        made = etree.SubElement(root, f"{{{_PROPERTIES}}}property")
        for key, said in (("fmtid", _FORMAT), ("pid", str(number)), ("name", name)):
            made.set(key, said)
        etree.SubElement(made, f"{{{_TYPES}}}lpwstr").text = xml_characters(value)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
