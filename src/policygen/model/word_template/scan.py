"""One XML file of a template, read by expat alone, so that nothing is fetched."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from policygen.model.word_template.archive import UnsoundTemplate

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/"
_VML = "urn:schemas-microsoft-com:vml"
_DEEP = 250  # elements within elements
_MANY = 500_000  # elements
_ATTRIBUTES = 400  # of one element
_CHANGES = ("ins", "del", "moveFrom", "moveTo")
# What runs, or brings in another file: the element, and what a user would call it.
_ACTIVE = {
    "altChunk": "another file within it",
    "object": "an embedded object",
    "control": "an ActiveX control",
    "subDoc": "a link to another document",
    "movie": "a film",
}
_FIELD = "DOCPROPERTY"
# What a field may do: print what the document knows, count, or lead to a place or an address.
_FIELDS_NAMED = """
    PAGE NUMPAGES SECTION SECTIONPAGES DOCPROPERTY DOCVARIABLE TITLE SUBJECT AUTHOR KEYWORDS
    COMMENTS INFO LASTSAVEDBY REVNUM EDITTIME NUMWORDS NUMCHARS FILENAME FILESIZE TEMPLATE
    DATE TIME CREATEDATE SAVEDATE PRINTDATE USERNAME USERINITIALS USERADDRESS STYLEREF REF
    PAGEREF NOTEREF FOOTNOTEREF TOC TC XE INDEX TOA TA HYPERLINK SEQ LISTNUM AUTONUM
    AUTONUMLGL AUTONUMOUT SYMBOL QUOTE IF = ADVANCE EQ BIDIOUTLINE FORMTEXT FORMCHECKBOX
    FORMDROPDOWN FILLIN ASK MERGEFIELD BIBLIOGRAPHY CITATION
"""
_FIELDS = frozenset(_FIELDS_NAMED.split())


@dataclass(slots=True)
class Scan:
    """What one XML file holds.

    `names` are those of its content controls and DOCPROPERTY fields. `links` are the targets of its
    HYPERLINK fields.
    """

    active: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)  # of fields that are not allowed
    links: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    contents: bool = False  # whether it has a contents list
    changes: bool = False  # whether it holds tracked changes
    strict: bool = False
    relations: list[dict[str, str]] = field(default_factory=list)
    types: list[dict[str, str]] = field(default_factory=list)  # of a list of content types


def scan_xml(data: bytes, path: str) -> Scan:
    """Read one file. Raises UnsoundTemplate for what is no plain XML."""
    reader = _Reader(path)
    try:
        reader.parser.Parse(data, True)
        reader.end_open_fields()
    except expat.ExpatError as error:
        raise UnsoundTemplate(
            f"The template is broken: {path} cannot be read (line {error.lineno})."
        ) from None
    except (LookupError, ValueError):  # raised by expat for an encoding that Python lacks
        raise UnsoundTemplate(f"The template is broken: {path} names no encoding.") from None
    return reader.scan


class _Reader:
    """Reads a file once; raises UnsoundTemplate at the first thing that no Word file holds."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.scan = Scan()
        self._open: list[str] = []
        self._count = 0
        self._fields: list[str | None] = []  # instructions of open fields; None once they are read
        self._in_instruction = False
        self._control: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _doctype(self, *_: object) -> None:
        raise UnsoundTemplate(
            f"The template declares entities, in {self.path}, as no Word file does."
        )

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, local = tag.rpartition(" ")
        self._open.append(tag)
        self._count += 1
        if len(self._open) > _DEEP or self._count > _MANY or len(attributes) > _ATTRIBUTES:
            raise UnsoundTemplate(f"The template is too large or too deep, in {self.path}.")
        self.scan.strict = self.scan.strict or namespace.startswith(_STRICT)
        if local == "Relationship":
            self.scan.relations.append(attributes)
        elif local in ("Override", "Default"):
            self.scan.types.append(attributes)
        elif namespace == _W:
            self._start_word(local, attributes)
        elif namespace == _VML and "://" in attributes.get("src", ""):
            self.scan.active.append("a picture from elsewhere")

    def _start_word(self, local: str, attributes: dict[str, str]) -> None:
        value = attributes.get(f"{_W} val", "")
        if local in _ACTIVE:
            self.scan.active.append(_ACTIVE[local])
        elif local in _CHANGES:
            self.scan.changes = True
        elif local == "bookmarkStart":
            self.scan.bookmarks.append(attributes.get(f"{_W} name", ""))
        elif local == "sdtPr":
            self._control = {}
        elif local in ("tag", "alias"):
            self._control[local] = value
        elif local == "docPartGallery" and value == "Table of Contents":
            self.scan.contents = True
        elif local == "fldSimple":
            self._instruct(attributes.get(f"{_W} instr", ""))
        elif local == "fldChar":
            self._mark(attributes.get(f"{_W} fldCharType", ""))
        elif local in ("instrText", "delInstrText"):
            self._in_instruction = True

    def _end(self, tag: str) -> None:
        self._open.pop()
        local = tag.rpartition(" ")[2]
        if local in ("instrText", "delInstrText"):
            self._in_instruction = False
        elif local == "sdtPr":
            name = control_name(self._control.get("tag", ""), self._control.get("alias", ""))
            self.scan.names += [name] if name else []

    def _characters(self, words: str) -> None:
        if self._in_instruction:
            if not self._fields:
                self._fields.append("")  # an instruction that stands in no field is still one
            if self._fields[-1] is not None:
                self._fields[-1] += words

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind in ("separate", "end") and self._fields:
            instruction = self._fields[-1]
            if instruction is not None:
                self._instruct(instruction)
            self._fields[-1] = None
            if kind == "end":
                self._fields.pop()

    def end_open_fields(self) -> None:
        """Look at fields too that have no end."""
        for instruction in self._fields:
            if instruction is not None:
                self._instruct(instruction)

    def _instruct(self, instruction: str) -> None:
        """Note what a field does. One whose command other fields make up is none of ours."""
        command, rest = field_command(instruction)
        if command not in _FIELDS:
            self.scan.commands.append(command[:20] or "without a name")
        elif command == _FIELD:
            self.scan.names.append(property_name(rest))
        elif command == "HYPERLINK":
            self.scan.links.append(property_name(rest))
        elif command == "TOC":
            self.scan.contents = True


def control_name(tag: str, alias: str) -> str:
    """Return the name of a content control: its tag, or else its title (Word's alias)."""
    return tag.strip() or alias.strip()


def field_command(instruction: str) -> tuple[str, str]:
    """Split what a field says into its command and the rest: `("DOCPROPERTY", "name")`."""
    command, _, rest = instruction.strip().partition(" ")
    return ("=" if command.startswith("=") else command.upper()), rest


def property_name(words: str) -> str:
    r"""Return the first argument of a field: of `"policy.version" \\* MERGEFORMAT`, the name."""
    words = words.strip()
    if words.startswith('"'):
        return words[1:].partition('"')[0].strip()
    return words.partition(" ")[0]
