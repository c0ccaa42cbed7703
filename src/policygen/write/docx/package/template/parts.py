"""A template's files, made ready to be opened as a document: what it lacks added, the rest left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lxml import etree

from policygen.model.word_template import (
    CARRIED,
    WordTemplate,
    relation_kind,
    relations_path,
    target_path,
)
from policygen.write.docx.package.archive import pack
from policygen.write.docx.package.pictures import self_contained
from policygen.write.docx.package.xml import name

if TYPE_CHECKING:
    from policygen.write.docx.package.xml import Element

_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_RELATIONS = f"{_PACKAGE}/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = f"{_WORD}document.main+xml"
_TYPES = "[Content_Types].xml"
_CORE, _CUSTOM = "docProps/core.xml", "docProps/custom.xml"
_PROPERTIES = {
    _CORE: (
        "application/vnd.openxmlformats-package.core-properties+xml",
        f"{_PACKAGE}/relationships/metadata/core-properties",
    ),
    _CUSTOM: (
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        f"{_OFFICE}/custom-properties",
    ),
}
_EXTERNAL = "External"
# What a template says of itself as a template, and what a document that people edit may not have.
_SETTINGS_LEFT_NAMED = """
    attachedTemplate linkStyles writeProtection documentProtection mailMerge trackRevisions
    attachedSchema saveThroughXslt stylePaneFormatFilter documentType rsids docVars
"""
_SETTINGS_LEFT = frozenset(_SETTINGS_LEFT_NAMED.split())
_REMARKS = ("commentRangeStart", "commentRangeEnd", "commentReference", "printerSettings")
_SVG = "image/svg+xml"


class TemplateParts:
    """The files of one template, on their way into a document."""

    def __init__(self, template: WordTemplate, base: Mapping[str, bytes]) -> None:
        """`base` are the files of the document that we would open without a template."""
        self._files = dict(template.files)
        self._types = {**template.types, template.main: _MAIN}
        self.main = template.main
        self._base = base
        self._trees: dict[str, Element] = {}
        for path in list(self._types):
            self._settle_relations(path)
            if self._types[path] == _SVG:
                self._files[path] = self_contained(self._files[path])

    def tree(self, kind: str) -> Element:
        """Return the root of a part by its kind, such as `styles`; ours where there is none."""
        return self._parsed(self._path(kind))

    def texts(self) -> list[Element]:
        """Return the roots of the parts that hold words: the text, the heads and the feet."""
        kinds = ("document.main+xml", "header+xml", "footer+xml", "footnotes+xml")
        paths = [path for path, kind in self._types.items() if kind.endswith(kinds)]
        return [self._parsed(path) for path in paths]

    def clean(self) -> None:
        """Leave behind what only a template or its makers need."""
        settings = self.tree("settings")
        for child in list(settings):
            if child.tag in map(name, _SETTINGS_LEFT):
                settings.remove(child)
        for root in self.texts():
            for remark in list(root.iter(*map(name, _REMARKS))):
                if (parent := remark.getparent()) is not None:
                    parent.remove(remark)
            for tag in list(root.iter(name("smartTag"))):  # which Word has not known since 2010
                _unwrap(tag)

    def packed(self) -> bytes:
        """Return them as a document that can be opened."""
        files = dict(self._files)
        for path, root in self._trees.items():
            files[path] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        for path in _PROPERTIES:
            files[path] = self._base[path]
        files[_TYPES] = content_types(self._types)
        files["_rels/.rels"] = root_relations(self.main)
        return pack(files)

    # --- Files and what they lead to --------------------------------------------------------------

    def _parsed(self, path: str) -> Element:
        if path not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            self._trees[path] = etree.fromstring(self._files[path], parser)
        return self._trees[path]

    def _path(self, kind: str) -> str:
        """Return where the text's part of a kind stands."""
        relations = self._relations(self.main)
        for relation in relations:
            values = _values(relation)
            if relation_kind(values) == kind:
                return target_path(self.main, values)
        return self._add(kind, relations)

    def _add(self, kind: str, relations: Element) -> str:
        """Add our own part of a kind that the template lacks."""
        path = _free_path(f"word/{kind}.xml", self._files)
        self._files[path] = self._base[f"word/{kind}.xml"]
        self._types[path] = f"{_WORD}{kind}+xml"
        made = etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship")
        made.set("Id", f"policygen_{kind}")
        made.set("Type", f"{_OFFICE}/{kind}")
        made.set("Target", f"/{path}")
        return path

    def _relations(self, path: str) -> Element:
        """Return the relationships of a part, made where it has none."""
        file = relations_path(path)
        if file not in self._files:
            self._files[file] = f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
        return self._parsed(file)

    def _settle_relations(self, path: str) -> None:
        """Leave out the relationships of a part to what a document does not carry."""
        if relations_path(path) not in self._files:
            return
        relations = self._relations(path)
        for relation in list(relations):
            values = _values(relation)
            is_outside = values.get("TargetMode") == _EXTERNAL
            is_there = is_outside or target_path(path, values) in self._types
            if relation_kind(values) not in CARRIED or not is_there:
                relations.remove(relation)


def content_types(types: Mapping[str, str]) -> bytes:
    """Return the list of content types of a package with these files."""
    root = _root(f"{_PACKAGE}/content-types", "Types")
    for ending, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        _append(root, "Default", Extension=ending, ContentType=kind)
    every = {**types, **{path: kind for path, (kind, _) in _PROPERTIES.items()}}
    for path in sorted(every):
        _append(root, "Override", PartName=f"/{path}", ContentType=every[path])
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def root_relations(main: str) -> bytes:
    """Return the relationships of a package to its text and to its properties."""
    root = _root(_RELATIONS, "Relationships")
    every = {main: f"{_OFFICE}/officeDocument", **{p: type for p, (_, type) in _PROPERTIES.items()}}
    for number, (path, kind) in enumerate(every.items(), start=1):
        _append(root, "Relationship", Id=f"rId{number}", Type=kind, Target=path)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _unwrap(element: Element) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    if parent is not None:
        for child in list(element):
            if child.tag != name("smartTagPr"):
                element.addprevious(child)
        parent.remove(element)


def _values(relation: Element) -> dict[str, str]:
    return {str(key): str(value) for key, value in relation.attrib.items()}


def _root(namespace: str, local: str) -> Element:
    return etree.fromstring(f'<{local} xmlns="{namespace}"/>')


def _append(root: Element, local: str, **values: str) -> None:
    namespace = etree.QName(root).namespace
    made = etree.SubElement(root, f"{{{namespace}}}{local}")
    for key, value in values.items():
        made.set(key, value)


def _free_path(path: str, files: Mapping[str, bytes]) -> str:
    taken = {file.lower() for file in files}
    stem, _, ending = path.rpartition(".")
    tries = (f"{stem}{number}.{ending}" for number in range(2, len(files) + 3))
    return next(one for one in (path, *tries) if one.lower() not in taken)
