"""A template's bytes -> what it may hold, and what it asks to be filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policygen.model.office_file.form import form_of_kind, form_of_zip
from policygen.model.word_template.archive import (
    AS_TEMPLATE,
    UnsoundTemplate,
    WordTemplateFault,
    unpack_template,
)
from policygen.model.word_template.relations import (
    CARRIED,
    link_fault,
    relation_faults,
    relation_kind,
    target_path,
)
from policygen.model.word_template.scan import Scan, scan_xml

BODY_BOOKMARK = "policy_body"  # where the words of the policy go
_TYPES = "[Content_Types].xml"
_ROOT = "_rels/.rels"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = (f"{_WORD}template.main+xml", f"{_WORD}document.main+xml")
_MACRO = "macroEnabled"
_AWAY = "Take it out, and save the template again: a policy carries nothing that runs or fetches."


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A template that is sound, as far as a document carries it.

    `files` are those by their paths, with the kind of content of each in `types`; `main` is that of
    the text. `names` are those of its fields, in their order, each once.
    """

    files: Mapping[str, bytes]
    types: Mapping[str, str]
    main: str
    names: tuple[str, ...]
    has_place: bool  # whether a bookmark says where the words go
    has_contents: bool  # whether it has a contents list of its own


def template_faults(data: bytes) -> tuple[WordTemplateFault, ...]:
    """Return all that keeps a file from being a policy's template; nothing for a sound one."""
    try:
        return tuple(dict.fromkeys(_Package(data).faults()))
    except UnsoundTemplate as unsound:
        return (unsound.fault,)


def read_template(data: bytes) -> WordTemplate:
    """Read a template that is sound. Raises UnsoundTemplate for what is no template at all."""
    return _Package(data).carried()


class _Package:
    """The files of a template, and what was found in each that is XML."""

    def __init__(self, data: bytes) -> None:
        self._files = unpack_template(data)
        if _TYPES not in self._files:
            raise UnsoundTemplate(f"This is {form_of_zip(self._files)}.", code="PG430")
        self._types = _ContentTypes(scan_xml(self._files[_TYPES], _TYPES))
        self._scans: dict[str, Scan] = {}
        self.main = self._main()

    def _main(self) -> str:
        """Return the path of the text."""
        for relation in self._relations(_ROOT, ""):
            if relation_kind(relation) == "officeDocument":
                path = target_path("", relation)
                if path in self._files:
                    return path
        raise UnsoundTemplate("The template is broken: it has no text.")

    def _scan(self, path: str) -> Scan:
        if path not in self._scans:
            self._scans[path] = scan_xml(self._files[path], path)
        return self._scans[path]

    def _relations(self, path: str, source: str) -> list[dict[str, str]]:
        """Return the relationships in a file of them, those of `source`."""
        return self._scan(path).relations if path in self._files else []

    def _reached(self) -> dict[str, None]:
        """Return the paths that a document carries: all that the text leads to, and itself."""
        reached: dict[str, None] = {}
        waiting = [self.main]
        while waiting:
            path = waiting.pop()
            if path in reached or path not in self._files:
                continue
            reached[path] = None
            for relation in self._relations(relations_path(path), path):
                if relation.get("TargetMode") != "External" and relation_kind(relation) in CARRIED:
                    waiting.append(target_path(path, relation))
        return reached

    # --- Faults -----------------------------------------------------------------------------------

    def faults(self) -> Iterator[WordTemplateFault]:
        yield from self._kind_faults()
        reached = self._reached()
        for path in reached:
            yield from relation_faults(self._relations(relations_path(path), path))
            if _is_xml(path, self._types.of(path)):
                yield from _content_faults(self._scan(path))
            elif not self._types.of(path).startswith(("image/", "application/x-font", _FONT)):
                what = f"The template holds {path}, which is neither words nor a picture."
                yield WordTemplateFault(what, _AWAY, "PG432")

    def _kind_faults(self) -> Iterator[WordTemplateFault]:
        """Yield why a file is no template: another program's, one with macros, a strict one."""
        kind = self._types.of(self.main)
        if _MACRO in kind or any("vbaProject" in path for path in self._files):
            what = "The template holds macros."
            yield WordTemplateFault(what, f"{AS_TEMPLATE} That kind holds none.", "PG432")
        elif kind not in _MAIN:
            yield WordTemplateFault(f"This is {form_of_kind(kind)}.", AS_TEMPLATE, "PG430")
        elif self._scan(self.main).strict:
            what = "This is a Strict Open XML file, which few programs read."
            yield WordTemplateFault(what, AS_TEMPLATE, "PG430")

    # --- What a document carries ------------------------------------------------------------------

    def carried(self) -> WordTemplate:
        paths = self._reached()
        scans = [self._scan(path) for path in paths if _is_xml(path, self._types.of(path))]
        names = (name for scan in scans for name in scan.names)
        relations = {relations_path(path) for path in paths} & self._files.keys()
        return WordTemplate(
            files={path: self._files[path] for path in (*paths, *sorted(relations))},
            types={path: self._types.of(path) for path in paths},
            main=self.main,
            names=tuple(dict.fromkeys(names)),
            has_place=_has_place(self._scan(self.main)),
            has_contents=self._scan(self.main).contents,
        )


def _has_place(scan: Scan) -> bool:
    return any(one.lower() == BODY_BOOKMARK for one in (*scan.bookmarks, *scan.names))


_FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"


class _ContentTypes:
    """What kind of content each file is: by its path, or else by its ending."""

    def __init__(self, scan: Scan) -> None:
        entries = scan.types
        self._by_path = {
            one["PartName"].lstrip("/").lower(): one.get("ContentType", "")
            for one in entries
            if "PartName" in one
        }
        self._by_ending = {
            one["Extension"].lower(): one.get("ContentType", "")
            for one in entries
            if "Extension" in one
        }

    def of(self, path: str) -> str:
        by_ending = self._by_ending.get(path.rpartition(".")[2].lower(), "")
        return self._by_path.get(path.lower(), by_ending)


def relations_path(path: str) -> str:
    """Return where the relationships of a file stand: of `word/document.xml`, in `word/_rels/`."""
    folder, slash, name = path.rpartition("/")
    return f"{folder}{slash}_rels/{name}.rels"


def _is_xml(path: str, kind: str) -> bool:
    return kind.endswith(("+xml", "/xml")) and not kind.startswith("image/")


def _content_faults(scan: Scan) -> Iterator[WordTemplateFault]:
    for held in scan.active:
        yield WordTemplateFault(f"The template holds {held}.", _AWAY, "PG432")
    for command in scan.commands:
        what = f"The template has a field {command}, which runs or fetches something."
        mend = "Click into it, press Ctrl+Shift+F9 to make it plain text, and save again."
        yield WordTemplateFault(what, mend, "PG432")
    for link in scan.links:
        if fault := link_fault(link):
            yield fault
    if scan.changes:
        what = "The template holds tracked changes, which would stand among a reviewer's."
        yield WordTemplateFault(
            what, "In Word, accept or reject them all, and save again.", "PG433"
        )
