"""YAML as people type it: texts stay as typed, and every value knows its line and column.

ruamel is used for its scanner and composer only. A plain scalar stays a text, so that version 1.10 is not
1.1 and a phone number keeps its zero; `typed` reads numbers and yes or no as such, for a layer's facts.
Aliases, tags, duplicate keys and oversized files are refused, all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from policygen.problems import Place, PolicygenError, Problem

Path_: TypeAlias = tuple[str | int, ...]
LIMIT = 1_000_000  # bytes; a real profile has about 5,000
_DEPTH = 20
_TAGS = (
    "str",
    "int",
    "float",
    "bool",
    "null",
    "timestamp",
    "merge",
    "value",
    "map",
    "seq",
)  # those of plain YAML
_SHOWN: ContextVar[tuple[tuple[Path, str], ...]] = ContextVar("shown", default=())
_NUMBER = re.compile("0|[1-9][0-9]{0,17}")


@dataclass(frozen=True, slots=True)
class Marked:
    """Data (dict, list, str, None) and where each of its values stands, by path."""

    data: Any
    marks: Mapping[Path_, Place]
    text: str

    def place(self, path: Path_) -> Place:
        """Where a value stands, or else the nearest block around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks[path]


def read_text(path: Path, limit: int = LIMIT) -> str:
    """Read a UTF-8 text file. Raises PolicygenError when it cannot be read, or is not text."""
    place = Place(shown(path), 1, 1)
    try:
        size = path.stat().st_size
        if size > limit:
            raise _refusal(place, f"This file has {size:,} bytes.", f"Keep it under {limit:,}.")
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        what = f"This file cannot be read: {reason}."
        raise _refusal(Place(shown(path)), what, "Check that it is there and yours.") from None
    if b"\0" in data:
        raise _refusal(place, "This is not a text file.", "Save it as plain text in UTF-8.")
    try:
        return normal(data.decode())
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise _refusal(
            Place(shown(path), line, column),
            "This file is not in UTF-8.",
            "Save it again with the encoding UTF-8.",
        ) from None


def normal(text: str) -> str:
    """A text without its byte order mark, and with lines that all end in one way."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read(path: Path, typed: bool = False) -> Marked:
    """Read one YAML mapping. Raises PolicygenError with every fault of form at once."""
    return parse(read_text(path), shown(path), typed)


def shown(path: Path) -> str:
    """A path as the user knows it: from the working folder where it lies beneath, or from its `shown_as`."""
    for root, name in _SHOWN.get():
        if path.is_relative_to(root):
            return name + path.relative_to(root).as_posix()
    try:
        return str(path.relative_to(Path.cwd())) if path.is_absolute() else str(path)
    except ValueError:
        return str(path)


@contextmanager
def shown_as(root: Path, name: str) -> Iterator[None]:
    """Within, Problems and origins call what lies beneath a root by a name of its own, such as `HEAD~3:`."""
    token = _SHOWN.set(((root, name), *_SHOWN.get()))
    try:
        yield
    finally:
        _SHOWN.reset(token)


def parse(text: str, path: str, typed: bool = False) -> Marked:
    """Read one YAML mapping from a text; `path` is what Problems call it."""
    start = Place(path, 1, 1)
    try:
        try:
            node = _node(text, path, pure=False)
        except YAMLError:
            node = _node(text, path, pure=True)  # slower, and says more about what is wrong
    except MarkedYAMLError as error:
        raise PolicygenError([_syntax(error, text, path)]) from None
    except ReaderError as error:
        at = Place(
            path,
            text.count("\n", 0, error.position) + 1,
            error.position - text.rfind("\n", 0, error.position),
        )
        raise _refusal(at, "This character cannot be printed.", "Take it out.") from None
    if node is None:
        raise _refusal(
            start, "This file is empty.", "Fill it in; `policygen schema` lists the keys."
        )
    if not isinstance(node, MappingNode):
        raise _refusal(
            start,
            "This file does not consist of keys and values.",
            "Write lines like `name: value`.",
        )
    reader = _Reader(path, typed)
    data = reader.value(node, ())
    if reader.problems:
        raise PolicygenError(reader.problems)
    return Marked(data, MappingProxyType(reader.marks), text)


def _node(text: str, path: str, pure: bool) -> Node | None:
    """The root of one file. Without `pure` the parser is libyaml's, ten times as fast, where it is installed."""
    aliases = list(_aliases(YAML(typ="safe", pure=pure).parse(text), path))
    if aliases:
        raise PolicygenError(aliases)
    node: Node | None = YAML(typ="safe", pure=pure).compose(text)
    return node


def _aliases(events: Iterable[Any], path: str) -> Iterator[Problem]:
    """A Problem for each alias. Deep nesting ends here, before ruamel spends minutes on it."""
    depth = 0
    for event in events:
        place = Place(path, event.start_mark.line + 1, event.start_mark.column + 1)
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > 2 * _DEPTH:
            raise _refusal(place, "This file is nested too deeply.", "Write it flatter.")
        if isinstance(event, AliasEvent):
            what = "A name that stands for another part of the file (*alias) is not accepted."
            yield Problem(what, "Write the value out in full.", place)


class _Reader:
    """Walks the nodes of one file into plain data."""

    def __init__(self, path: str, typed: bool) -> None:
        self.path = path
        self.typed = typed
        self.marks: dict[Path_, Place] = {}
        self.problems: list[Problem] = []

    def value(self, node: Node, at: Path_) -> Any:
        place = self.place(node)
        self.marks.setdefault(at, place)
        if len(at) > _DEPTH:
            self.problems.append(Problem("This is nested too deeply.", "Write it flatter.", place))
            return None
        if (tag := str(node.tag).removeprefix("tag:yaml.org,2002:")) not in _TAGS:
            self.problems.append(
                Problem(f"A type ({tag}) is not accepted here.", "Leave it out.", place)
            )
        match node:
            case MappingNode():
                return self.mapping(node, at)
            case SequenceNode():
                return [self.value(child, (*at, n)) for n, child in enumerate(node.value)]
            case ScalarNode():
                return self.scalar(node)
        return None

    def mapping(self, node: MappingNode, at: Path_) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, ScalarNode):
                self.problems.append(
                    Problem("A key must be a plain word.", "Write `key: value`.", self.place(key))
                )
            elif key.value in data:
                self.problems.append(
                    Problem(
                        f'"{key.value}" is given twice.', "Keep one of the two.", self.place(key)
                    )
                )
            else:
                # A fault in an entry is shown where its key stands; one in its value, at the value.
                self.marks[(*at, key.value)] = (
                    self.place(child) if self._shown(child) else self.place(key)
                )
                self.marks[(*at, key.value, "")] = self.place(key)
                data[key.value] = self.value(child, (*at, key.value))
        return data

    @staticmethod
    def _shown(node: Node) -> bool:
        return isinstance(node, ScalarNode) and bool(node.value)

    def scalar(self, node: ScalarNode) -> Any:
        text: str = node.value
        quoted = bool(node.style)
        if not quoted and text in ("", "~", "null"):
            return None
        if self.typed and not quoted:
            if text in ("yes", "true", "no", "false"):
                return text in ("yes", "true")
            if _NUMBER.fullmatch(text):
                return int(text)
        return text

    def place(self, node: Node) -> Place:
        return Place(self.path, node.start_mark.line + 1, node.start_mark.column + 1)


def _syntax(error: MarkedYAMLError, text: str, path: str) -> Problem:
    """Say what is wrong with the form, in words for people who have never heard of YAML."""
    said = str(error.problem or "")
    endless = "stream" in said and error.context_mark is not None
    mark = error.context_mark if endless else error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    place = Place(path, line, column)
    lines = text.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    if "\t" in here[: max(column, len(here) - len(here.lstrip()))]:
        return Problem("This line begins with a tab.", "Use spaces to indent.", place)
    if endless:
        return Problem(
            "What begins here is never closed.", "Close the bracket or the quotes.", place
        )
    if "cannot start any token" in said:
        what = f"A text that begins with {here[column - 1 : column]} must stand in quotes."
        return Problem(what, 'Write it like `handle: "@fenwick"`.', place)
    if here.count(":") > 1 and ("mapping values are not allowed" in said or "expected" in said):
        return Problem(
            "This line has a colon too many.", 'Put the text in quotes: `key: "text: more"`.', place
        )
    if "expected a single document" in str(error):
        return Problem(
            "The file holds two documents, parted by ---.", "Keep one in each file.", place
        )
    if any(sign in said for sign in ("indent", "block mapping", "block end", "mapping values")):
        return Problem(
            "This line is not indented like its neighbours.",
            "Line it up with the key above.",
            place,
        )
    return Problem(
        f"This is not readable here ({said}).",
        "Check quotes, brackets and spaces of this line.",
        place,
    )


def _refusal(place: Place, what: str, mend: str) -> PolicygenError:
    return PolicygenError([Problem(what, mend, place)])
