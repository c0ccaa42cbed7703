"""YAML as people type it: texts stay as typed, and every value knows its line and column.

Only the events of ruamel's parser are used. A plain scalar stays a text, so that version 1.10 is
not 1.1 and a phone number keeps its zero; `typed` reads numbers and yes or no as such, for a
layer's facts. Whatever YAML can do beyond keys, lists and texts (directives, anchors, aliases,
merge keys, tags, several documents) is a fault at its line. All of them are reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.main import CParser  # type: ignore[attr-defined]  # None where nobody has built it
from ruamel.yaml.reader import ReaderError

from policygen.load.files import display_path, excerpt, read_text
from policygen.load.yaml.faults import DEEPEST, first_fault, syntax_fault
from policygen.problems import DataPath, Location, Message, PolicygenError, Problem, key_path

YAML_LIMIT = 300_000  # bytes; the longest file of the library has 17,000
_PURE_LIMIT = 30_000  # characters that the slow parser reads within a quarter of a second
_SURROGATE = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile("0|[1-9][0-9]{0,17}")
_PLAIN_TAGS = ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")


class _UnexpectedError(MarkedYAMLError):
    """What a parser raised that is no fault of its own kind."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Data (dict, list, str, None) and where each of its values stands, by path.

    The location of a key itself is under its `key_path`.
    """

    data: Any
    marks: Mapping[DataPath, Location]
    text: str

    def location(self, path: DataPath) -> Location:
        """Return where a value stands, or else the nearest block around it."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks[path]


def read_yaml(path: Path, typed: bool = False) -> Marked:
    """Read one YAML mapping from a file. Raises PolicygenError with every fault of form at once."""
    return parse_yaml(read_text(path, YAML_LIMIT), display_path(path), typed)


def parse_yaml(text: str, path: str, typed: bool = False) -> Marked:
    """Read one YAML mapping from a text; `path` is what Problems call it.

    Raises PolicygenError with every fault of form at once.
    """
    if fault := first_fault(text, path):
        raise PolicygenError([fault])
    try:
        return _build(text, path, typed, pure=False)
    except YAMLError as error:
        fault = _fault(error, text, path)
    if len(text) <= _PURE_LIMIT:
        try:  # ten times slower, and says more about what is wrong
            return _build(text, path, typed, pure=True)
        except _UnexpectedError:
            pass  # libyaml's fault says where
        except YAMLError as error:
            fault = _fault(error, text, path)
    raise PolicygenError([fault])


def without_empty(data: Any) -> Any:
    """Return data without the keys that have no value: an empty line is a fact not yet given."""
    if isinstance(data, dict):
        return {key: without_empty(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [without_empty(value) for value in data]
    return data


def _build(text: str, path: str, typed: bool, *, pure: bool) -> Marked:
    """Read with libyaml's parser, or with `pure` the one in Python. Raises YAMLError too."""
    builder = _Builder(yaml_events(text, pure=pure), path, typed)
    data = builder.document()
    if builder.problems:
        raise PolicygenError(builder.problems)
    return Marked(data, MappingProxyType(builder.marks), text)


def yaml_events(text: str, *, pure: bool) -> Iterator[Any]:
    """Yield the parser's events; whatever it raises becomes a YAMLError where it stopped."""
    mark = None
    try:
        for event in _pure_events(text) if pure else _fast_events(text):
            mark = event.end_mark
            yield event
    except (ValueError, AssertionError, LookupError, TypeError, AttributeError) as error:
        # ruamel's scanner and parser let these through for odd escapes, versions and directives.
        raise _UnexpectedError(problem=excerpt(str(error)), problem_mark=mark) from None


def _pure_events(text: str) -> Iterator[Any]:
    return iter(YAML(typ="safe", pure=True).parse(text))


def _fast_events(text: str) -> Iterator[Any]:
    """Yield the events of libyaml's parser, without the loader that ruamel builds around it."""
    if CParser is None:
        yield from _pure_events(text)
        return
    parser = CParser(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    finally:
        parser.dispose()


def _fault(error: YAMLError, text: str, path: str) -> Problem:
    if isinstance(error, ReaderError):
        at = min(error.position, len(text))
        line = text.count("\n", 0, at) + 1
        location = Location(path, line, at - text.rfind("\n", 0, at))
        what = "This character cannot be printed."
        return Problem(what, "Take it out.", location, code="PG132")
    marked = error if isinstance(error, MarkedYAMLError) else MarkedYAMLError(problem=str(error))
    return syntax_fault(marked, text, path)


class _Builder:
    """Turns the events of one file into plain data, and gathers what is wrong with it."""

    def __init__(self, events: Iterator[Any], path: str, typed: bool) -> None:
        self.events = events
        self.path = path
        self.typed = typed
        self.marks: dict[DataPath, Location] = {}
        self.problems: list[Problem] = []

    def document(self) -> Any:
        """Read the one document of the file, which must be a mapping."""
        root = next((event for event in self.events if isinstance(event, NodeEvent)), None)
        start = Location(self.path, 1, 1)
        if root is None or self.is_blank(root):
            what = "This file is empty."
            mend: str = Message(
                "Fill it in; `policygen schema` lists the keys.", on_page="Fill it in."
            )
            raise PolicygenError([Problem(what, mend, start, code="PG133")])
        if not isinstance(root, MappingStartEvent):
            what = "This file does not consist of keys and values."
            mend = "Write lines like `name: value`."
            raise PolicygenError([Problem(what, mend, self.location(root), code="PG133")])
        data = self.value(root, ())
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                what = "The file holds two documents, parted by ---."
                self.fault(event, what, "Keep one in each file.", code="PG134")
                break
        return data

    def value(self, event: Any, at: DataPath) -> Any:
        """Read the value that begins with an event and stands at a path of the data."""
        self.marks.setdefault(at, self.location(event))
        if len(at) > DEEPEST:
            what = "This file is nested too deeply."
            raise PolicygenError(
                [Problem(what, "Write it flatter.", self.location(event), code="PG135")]
            )
        self.check_extras(event)
        match event:
            case MappingStartEvent():
                return self.mapping(at)
            case SequenceStartEvent():
                return self.sequence(at)
            case ScalarEvent():
                return self.scalar(event)
        return None

    def check_extras(self, event: Any) -> None:
        """Report an alias, an anchor or a tag: often a text that lacks its quotes."""
        if isinstance(event, AliasEvent):
            what = "A name that stands for another part of the file (*alias) is not accepted."
            mend = "Write the value out in full; a text that begins with * must stand in quotes."
            self.fault(event, what, mend, code="PG134")
            return
        if event.anchor is not None:
            what = f"A name for a part of the file (&{excerpt(event.anchor, 40)}) is not accepted."
            mend = "Take it out; a text that begins with & must stand in quotes."
            self.fault(event, what, mend, code="PG134")
        tag = str(event.tag or "").removeprefix("tag:yaml.org,2002:")
        if tag not in ("", *_PLAIN_TAGS):
            mend = "Leave it out; a text that begins with ! must stand in quotes."
            self.fault(
                event, f"A type ({excerpt(tag, 60)}) is not accepted here.", mend, code="PG134"
            )

    def mapping(self, at: DataPath) -> dict[str, Any]:
        """Read keys and values up to the end of a mapping."""
        data: dict[str, Any] = {}
        while not isinstance(key := next(self.events), CollectionEndEvent):
            name = self.key(key, data)
            value = next(self.events)
            if name is None:
                self.skip(value)
                continue
            path = (*at, name)
            # What is wrong with a block, or with nothing, is shown where its key stands.
            is_text = isinstance(value, ScalarEvent) and bool(value.value)
            self.marks[path] = self.location(value if is_text else key)
            self.marks[key_path(path)] = self.location(key)
            data[name] = self.value(value, path)
        return data

    def key(self, event: Any, data: Mapping[str, Any]) -> str | None:
        """Return the name of a new key; None, and a fault, for what cannot be one."""
        if not isinstance(event, ScalarEvent) or not event.value:
            self.fault(event, "A key must be a plain word.", "Write `key: value`.", code="PG136")
            self.skip(event)
            return None
        self.check_extras(event)
        name = str(event.value)
        self.check_text(event)
        if name == "<<" and not event.style:
            what = "Blocks cannot be merged (<<) here."
            self.fault(event, what, "Write the keys out in full.", code="PG134")
            return None
        if name in data:
            what = f'"{excerpt(name, 60)}" is given twice.'
            self.fault(event, what, "Keep one of the two.", code="PG137")
            return None
        return name

    def sequence(self, at: DataPath) -> list[Any]:
        """Read values up to the end of a list."""
        items: list[Any] = []
        while not isinstance(event := next(self.events), CollectionEndEvent):
            items.append(self.value(event, (*at, len(items))))
        return items

    def scalar(self, event: ScalarEvent) -> Any:
        """Return a text as typed; an empty one is None, and `typed` knows numbers, yes and no."""
        text: str = event.value
        self.check_text(event)
        if event.style:  # it stands in quotes, or in a block of its own
            return text
        if text in ("", "~", "null"):
            return None
        if self.typed and text in ("yes", "true", "no", "false"):
            return text in ("yes", "true")
        if self.typed and _NUMBER.fullmatch(text):
            return int(text)
        return text

    def check_text(self, event: ScalarEvent) -> None:
        """Report an escape that stands for half a character."""
        if _SURROGATE.search(event.value):
            what = "An escape here stands for no character."
            self.fault(event, what, "Type the character itself.", code="PG132")

    def skip(self, event: Any) -> None:
        """Pass over a value and all that lies in it."""
        depth = 0
        while True:
            depth += isinstance(event, CollectionStartEvent)
            depth -= isinstance(event, CollectionEndEvent)
            if depth <= 0:
                return
            event = next(self.events)

    def fault(self, event: Any, what: str, mend: str, *, code: str) -> None:
        """Add a Problem where an event begins."""
        self.problems.append(Problem(what, mend, self.location(event), code=code))

    def location(self, event: Any) -> Location:
        """Return where an event begins, counted from 1."""
        return Location(self.path, event.start_mark.line + 1, event.start_mark.column + 1)

    @staticmethod
    def is_blank(event: Any) -> bool:
        """Tell whether a document holds no more than nothing, as a file of comments does."""
        return isinstance(event, ScalarEvent) and not event.value and not event.style
