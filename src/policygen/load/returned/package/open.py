"""A returned file, opened: the parts that hold its words, and where it says that it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath

from policygen.load.files import display_path, read_bytes
from policygen.load.returned.package.refusal import (
    BOUNDS,
    COPY_LIMIT,
    Refusal,
    other_form,
    zip_refusal,
)
from policygen.load.returned.package.xml import WordNode, parse
from policygen.model.document.imprint import Imprint
from policygen.model.office_file.form import form_of_kind, form_of_zip
from policygen.model.office_file.unpack import UnsoundZip, unpack_zip
from policygen.model.word.properties import imprint_of
from policygen.problems import Location, PolicygenError, Problem

_TYPES = "[Content_Types].xml"
_MACRO = "macroEnabled"
_EXTERNAL = "External"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part leads to: a part of the file, or an address outside it, which nobody follows."""

    kind: str
    target: str
    is_external: bool


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """An opened file. `main` is the path of its text; `path` is what Problems call the file."""

    path: str
    files: Mapping[str, bytes]
    main: str
    imprint: Imprint | None
    has_macros: bool = False

    def relations(self, path: str = "") -> dict[str, Relation]:
        """Return what a part leads to, by the ids that it uses; without a path, the text."""
        return _relations(self.files, path or self.main)

    def part(self, kind: str) -> WordNode | None:
        """Return the part of a kind that the text leads to, such as `styles`, if there is one."""
        return next((root for _, root in self.parts(kind)), None)

    def parts(self, kind: str) -> list[tuple[str, WordNode]]:
        """Return all parts of a kind that the text leads to, each with its path."""
        targets = (
            one.target
            for one in self.relations().values()
            if one.kind == kind and not one.is_external
        )
        here = (path for path in dict.fromkeys(targets) if path in self.files)
        return [(path, parse(self.files[path], path)) for path in here]


def open_returned(path: Path) -> ReturnedFile:
    """Open a returned file. Raises PolicygenError for one that is no sound Word file."""
    return open_returned_bytes(read_bytes(path, COPY_LIMIT), display_path(path))


def open_returned_bytes(data: bytes, path: str) -> ReturnedFile:
    """Open a returned file by its bytes. Raises PolicygenError as `open_returned` does."""
    try:
        return _open(data, path)
    except Refusal as refusal:
        raise as_error(refusal, path) from None


def as_error(refusal: Refusal, path: str) -> PolicygenError:
    """Return a refusal as the error that a user sees."""
    problem = Problem(refusal.what, refusal.mend, Location(path), code=refusal.code)
    return PolicygenError([problem])


def _open(data: bytes, path: str) -> ReturnedFile:
    try:
        files = unpack_zip(data, BOUNDS, _holds_words)
    except UnsoundZip as unsound:
        raise zip_refusal(unsound.fault, data) from None
    if _TYPES not in files:
        raise other_form(form_of_zip(files))
    main = _main_part(files)
    kind = _kind_of(files, main)
    if "wordprocessingml" not in kind and "ms-word" not in kind:
        raise other_form(form_of_kind(kind))
    return ReturnedFile(path, files, main, _imprint(files), has_macros=_MACRO in kind)


def _holds_words(path: str) -> bool:
    """Tell whether a part is read at all: pictures, fonts and macros are not even unpacked."""
    return path.endswith((".xml", ".rels")) or path == "mimetype"


def _main_part(files: Mapping[str, bytes]) -> str:
    for relation in _relations(files, "").values():
        if relation.kind == "officeDocument" and relation.target in files:
            return relation.target
    raise Refusal("This file is broken: it has no text.")


def _kind_of(files: Mapping[str, bytes], path: str) -> str:
    """Return the kind of content of a part."""
    entries = list(parse(files[_TYPES], _TYPES).iter("{*}Override", "{*}Default"))
    for entry in entries:
        if entry.get("PartName", "").lstrip("/").lower() == path.lower():
            return entry.get("ContentType", "")
    ending = path.rpartition(".")[2].lower()
    kinds = (e.get("ContentType", "") for e in entries if e.get("Extension", "").lower() == ending)
    return next(kinds, "")


def _relations(files: Mapping[str, bytes], source: str) -> dict[str, Relation]:
    folder, slash, name = source.rpartition("/")
    path = f"{folder}{slash}_rels/{name}.rels"
    if path not in files:
        return {}
    found = {}
    for one in parse(files[path], path).iter("{*}Relationship"):
        target, is_external = one.get("Target", ""), one.get("TargetMode") == _EXTERNAL
        kind = one.get("Type", "").rpartition("/")[2]
        if not is_external:
            joined = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            target = normpath(joined).lstrip("/")
        found[one.get("Id", "")] = Relation(kind, target, is_external)
    return found


def _imprint(files: Mapping[str, bytes]) -> Imprint | None:
    """Return where the file comes from, by its custom properties."""
    for relation in _relations(files, "").values():
        if relation.kind == "custom-properties" and relation.target in files:
            root = parse(files[relation.target], relation.target)
            properties = {
                one.get("name", ""): "".join(str(text) for text in one.itertext())
                for one in root.iter("{*}property")
            }
            return imprint_of(properties)
    return None
