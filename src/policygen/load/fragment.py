"""One Markdown file -> Fragment: its headings, slips and tellings, with every fault of form at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from policygen.load.files import read_text
from policygen.model.fragment import Edit, EditKind, Fragment, Passage, Reference
from policygen.model.language import LANGUAGE_TAG
from policygen.model.policy import Outline
from policygen.problems import Place, PolicygenError, Problem, nearest

_HEADING = re.compile(r"(#{1,6})(\s*)(.*)")
_SLIP = re.compile(r"- ([A-Za-z_-]+):(?:\s+(.*))?$")
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})")
_SETEXT = re.compile(r"\s{0,3}(=+|-{2,})\s*$")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff⟦⟧]"
)  # unprintable, or the program's
_CLAUSE_KEYS = (
    "change",
    "after",
    "when",
    "source",
    "because",
    "audience",
    "binding",
    "was",
    "rule",
    "yes",
    "no",
)
_SECTION_KEYS = ("lead", "decides", "by", "after")
_ASIDE = re.compile(r"\s{0,3}:{3,}(.*)")
_LINK = re.compile(r"\]\(([^()\s]*)\)")
_LANG = re.compile(r"\]\{lang=([^}\s]*)\}")
_LEADS = ("https://", "http://", "mailto:", "tel:", "#", "{{")
_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\\\|")
ASIDES = ("do", "dont", "note", "example", "wording")
RULES = ("may", "think", "never")


@dataclass(slots=True)
class _Entry:
    """A heading and what stands under it until the next one."""

    level: int
    title: str
    id: str | None
    line: int
    column: int
    slip: list[tuple[str, str, Place]] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    body_line: int = 0


def read_fragment(
    path: Path, shown: str, layer: str, outline: Outline, own: bool = False
) -> Fragment:
    """Read one fragment; `shown` is what Problems call its path, `own` says that it is an organisation's.

    The file's name says the section and, before `.md`, the language: `law.md`, `law.cy.md`.
    Raises PolicygenError with every Problem at once.
    """
    return _Parser(read_text(path), path.name, shown, layer, outline, own).fragment()


class _Parser:
    def __init__(
        self, text: str, name: str, shown: str, layer: str, outline: Outline, own: bool
    ) -> None:
        self.lines = text.split("\n")
        self.path = shown
        self.layer = layer
        self.outline = outline
        self.own = own
        self.section, _, language = name.removesuffix(".md").partition(".")
        self.translates = bool(language) and language != outline.source_language
        self.language = language or outline.source_language
        self.problems: list[Problem] = []
        if language and not LANGUAGE_TAG.fullmatch(language):
            self.fault(
                1,
                f'"{language}" in the name of this file is no language.',
                "Name it like law.md or law.cy.md.",
            )

    def fault(self, line: int, what: str, mend: str, column: int = 1) -> None:
        self.problems.append(Problem(what, mend, Place(self.path, line, column)))

    def fragment(self) -> Fragment:
        entries = self.entries()
        head = next((e for e in entries if e.level == 1), None)
        known = (*self.outline.sections, self.outline.front.section)
        if self.section not in known and not self.own:
            self.fault(1, f'There is no section "{self.section}".', nearest(self.section, known))
        elif self.section not in known and head is None:
            what = f'There is no section "{self.section}", and this file does not name one.'
            mend = "To start a section of your own, begin with a line like `# Our market`."
            self.fault(1, what, f"{nearest(self.section, known)} {mend}")
        slip = {key: (value, place) for key, value, place in head.slip} if head else {}
        edits = tuple(self.edits([e for e in entries if e.level != 1]))
        if self.problems:
            raise PolicygenError(
                sorted(self.problems, key=lambda p: (p.place.line, p.place.column))
            )
        return Fragment(
            section=self.section,
            language=self.language,
            layer=self.layer,
            place=Place(self.path, 1, 1),
            title=self.passage(head.title, head.line) if head else None,
            slip={k: self.passage(v, p.line) for k, (v, p) in slip.items() if k != "after"},
            edits=edits,
            after=slip["after"][0] if "after" in slip else None,
        )

    # --- lines to headings, slips and bodies -------------------------------------------------------

    def entries(self) -> list[_Entry]:
        entries: list[_Entry] = []
        fence = ""
        for number, line in enumerate(self.lines, 1):
            if reserved := _RESERVED.search(line):
                self.fault(
                    number,
                    "This character cannot stand in wording.",
                    "Take it out.",
                    reserved.start() + 1,
                )
            mark = _FENCE.match(line)
            if mark and not fence:
                fence = mark[1]
            elif mark and line.strip().startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            elif not fence and line.startswith("#"):
                self.heading(line, number, entries)
                continue
            self.text(line, number, entries, bool(fence))
        if fence:
            self.fault(
                len(self.lines), "A block of code is never closed.", f"Close it with {fence}."
            )
        return entries

    def heading(self, line: str, number: int, entries: list[_Entry]) -> None:
        found = _HEADING.match(line)
        assert found is not None  # every line that starts with # matches
        level, title, id = len(found[1]), found[3].rstrip(), None
        if title.endswith("}") and "{#" in title:
            title, _, id = title[:-1].rpartition("{#")
            title = title.rstrip()
        if not found[2] or not title:
            what = "This heading has no text, or no space after #."
            self.fault(number, what, "Write it like `## Title {#section.clause}`.")
        if level > 3:
            what = "A heading stands deeper than the tiers."
            self.fault(number, what, "Make it a clause of its own, or a **strong** line.")
        if level == 1 and (entries or id):
            what = "A fragment has one name, in its first line and without an id."
            self.fault(number, what, "Make this a clause: `## Title {#section.clause}`.")
        entries.append(_Entry(level, title, id, number, line.find("{#") + 1 or 1))

    def text(self, line: str, number: int, entries: list[_Entry], fenced: bool) -> None:
        if not entries:
            if line.strip():
                what = "Text stands before the first heading."
                self.fault(number, what, "Begin with `# Section` or `## Clause {#id}`.")
            return
        entry = entries[-1]
        slip = _SLIP.match(line.rstrip()) if entry.level < 3 else None
        if slip and not "".join(entry.body).strip():
            self.slip(entry, slip[1], slip[2] or "", Place(self.path, number, 3))
            return
        above = entry.body[-1] if entry.body else ""
        if not fenced and _SETEXT.match(line) and "|" not in line:
            what = (
                "An underlined heading is not accepted."
                if above.strip()
                else "A ruled line prints nothing."
            )
            self.fault(
                number, what, "Write headings with # signs." if above.strip() else "Take it out."
            )
        if not entry.body:
            entry.body_line = number
        entry.body.append(line)

    def slip(self, entry: _Entry, key: str, value: str, place: Place) -> None:
        known = _SECTION_KEYS if entry.level == 1 else _CLAUSE_KEYS
        if self.translates and entry.level == 2:
            self.fault(place.line, "A translation carries words only.", "Take the slip out.")
        elif key not in known:
            self.fault(place.line, f'A slip has no key "{key}".', nearest(key, known), place.column)
        elif not value:
            self.fault(
                place.line,
                f'"{key}" is empty.',
                "Give it a value, or take the line out.",
                place.column,
            )
        elif key != "source" and any(key == k for k, _, _ in entry.slip):
            self.fault(place.line, f'"{key}" is given twice.', "Keep one of the two.", place.column)
        else:
            entry.slip.append((key, value, place))

    # --- headings to edits ---------------------------------------------------------------------------

    def edits(self, entries: list[_Entry]) -> list[Edit]:
        found: dict[str, Edit] = {}
        for start, entry in enumerate(entries):
            if entry.level != 2:
                if start == 0 or entry.level > 3:
                    what = "A telling stands outside a clause."
                    self.fault(entry.line, what, "Put `## Title {#section.clause}` above.")
                continue
            tellings = self.tellings(entry, entries[start + 1 :])
            edit = self.edit(entry, tellings)
            if edit.id and edit.id in found:
                first = found[edit.id].place.line
                what = f'The clause "{edit.id}" is edited twice in this layer: the first edit is in line {first}.'
                self.fault(
                    entry.line, what, "Keep one edit of a clause in one layer.", entry.column
                )
            found[edit.id] = edit
        return list(found.values())

    def tellings(self, clause: _Entry, following: list[_Entry]) -> dict[str, Passage]:
        tiers = {tier.heading: key for key, tier in self.outline.tiers.items()}
        found: dict[str, Passage] = {}
        for entry in following:
            if entry.level <= 2:
                break
            key = tiers.get(entry.title)
            body = self.passage("\n".join(entry.body), entry.body_line or entry.line).part(
                0, len(entry.body)
            )
            if key is None:
                self.fault(
                    entry.line, f'There is no tier "{entry.title}".', nearest(entry.title, tiers), 5
                )
            elif key in found:
                self.fault(
                    entry.line,
                    f'"{entry.title}" is told twice in this clause.',
                    "Keep one of the two.",
                )
            elif not body.text:
                self.fault(
                    entry.line,
                    f'"{entry.title}" is empty.',
                    "Write the telling, or take the heading out.",
                )
            else:
                found[key] = body
                self.asides(body)
                self.marks(body)
                self.tables(body)
        return found

    def asides(self, body: Passage) -> None:
        """Every `::: name` is known and closed; none stands within another."""
        opened, fenced = 0, False
        for number, line in enumerate(body.text.split("\n"), body.place.line):
            fenced ^= bool(_FENCE.match(line))
            found = _ASIDE.match(line)
            if found is None or fenced:
                continue
            name = found[1].strip()
            if name and name not in ASIDES:
                self.fault(
                    number,
                    f'There is no passage "::: {name}".',
                    nearest(name.split()[0], ASIDES),
                    5,
                )
            elif bool(name) == bool(opened):
                what = (
                    "A passage stands within another."
                    if opened
                    else "Nothing is open that ::: could close."
                )
                self.fault(opened or number, what, "Close each passage with ::: before the next.")
            opened = number if name else 0
        if opened:
            self.fault(
                opened, "This passage is never closed.", "Put ::: on a line of its own after it."
            )

    def marks(self, body: Passage) -> None:
        """Links lead somewhere, and words of another language say which."""
        for number, line in enumerate(body.text.split("\n"), body.place.line):
            for found in _LINK.finditer(line):
                if not found[1].startswith(_LEADS):
                    what = f'"{found[1]}" is no address that a document can link to.'
                    self.fault(
                        number, what, "Begin it with https://, mailto: or #.", found.start(1) + 1
                    )
            for found in _LANG.finditer(line):
                if not LANGUAGE_TAG.fullmatch(found[1]):
                    what = f'"{found[1]}" is not a language tag.'
                    self.fault(
                        number, what, "Write it like [Kia ora]{lang=mi}.", found.start(1) + 1
                    )

    def tables(self, body: Passage) -> None:
        """A row with more cells than its table has columns would lose words."""
        lines = body.text.split("\n")
        columns = 0
        for number, (line, below) in enumerate(
            zip(lines, [*lines[1:], ""], strict=True), body.place.line
        ):
            if "|" in below and "-" in below and set(below.strip()) <= set("|:- "):
                columns = _cells(line)
            elif not line.strip():
                columns = 0
            elif columns and _cells(line) > columns:
                what = f"This row has {_cells(line)} cells, and its table {columns} columns."
                self.fault(
                    number, what, "Take a cell out, or write \\| for a stroke that is meant."
                )

    def edit(self, entry: _Entry, tellings: Mapping[str, Passage]) -> Edit:
        id = entry.id or ""
        if not _ID.fullmatch(id):
            what = f'"{id}" is no id of a clause.' if id else "This clause has no id."
            mend = f"Write `## {entry.title or 'Title'} {{#{self.section}.some-name}}`."
            self.fault(entry.line, what, mend, entry.column)
        elif id.partition(".")[0] != self.section:
            mend = f"Write {{#{self.section}.{id.partition('.')[2]}}}, or move it to {id.partition('.')[0]}.md."
            self.fault(
                entry.line, f'"{id}" is not of the section "{self.section}".', mend, entry.column
            )
        if text := "".join(entry.body).strip():
            what = f'Text stands outside a tier: "{text[:40]}".'
            first = next(iter(self.outline.tiers.values())).heading
            self.fault(entry.body_line, what, f"Put a heading above it, like ### {first}.")
        slip = {key: value for key, value, _ in entry.slip}
        places = {key: place for key, _, place in entry.slip}
        change = self.choice(slip, places, "change", [c.value for c in EditKind]) or "add"
        when = self.passage(slip["when"], places["when"].line) if "when" in slip else None
        if change == "remove" and "because" not in slip:
            self.fault(
                entry.line, f'"{id}" is removed without a reason.', "Add a line `- because: ...`."
            )
        if change == "remove" and tellings:
            self.fault(
                entry.line,
                f'"{id}" is removed, and yet told.',
                "Take the tellings out, or change: replace.",
            )
        if "was" in slip and not self.own:
            what = '"was" stands only in an organisation\'s own fragments.'
            self.fault(places["was"].line, what, "Take the line out.", 3)
        return Edit(
            id=id,
            change=EditKind(change),
            title=self.passage(entry.title, entry.line),
            tellings=tellings,
            place=Place(self.path, entry.line, 1),
            layer=self.layer,
            after=slip.get("after"),
            when=when,
            sources=tuple(self.reference(v, p) for k, v, p in entry.slip if k == "source"),
            because=slip.get("because", ""),
            audience=self.audience(slip["audience"], places["audience"])
            if "audience" in slip
            else None,
            binding=self.choice(slip, places, "binding", ["yes", "no"]) == "yes"
            if "binding" in slip
            else None,
            was=slip.get("was", ""),
            rule=self.choice(slip, places, "rule", RULES),
            yes=slip.get("yes"),
            no=slip.get("no"),
            places=places,
        )

    def choice(
        self,
        slip: Mapping[str, str],
        places: Mapping[str, Place],
        key: str,
        known: list[str] | tuple[str, ...],
    ) -> str | None:
        value = slip.get(key)
        if value is None or value in known:
            return value
        self.fault(
            places[key].line,
            f'"{key}" cannot be "{value}".',
            nearest(value, known),
            places[key].column,
        )
        return None

    def audience(self, value: str, place: Place) -> tuple[str, ...]:
        names = tuple(name.strip() for name in value.split(",") if name.strip())
        for name in names:
            if name not in self.outline.audiences:
                mend = nearest(name, self.outline.audiences)
                self.fault(place.line, f'There is no audience "{name}".', mend, place.column)
        return names

    def reference(self, value: str, place: Place) -> Reference:
        source, _, locator = value.removeprefix("+").strip().partition(" ")
        return Reference(source, locator.strip(), value.startswith("+"), place)

    def passage(self, text: str, line: int) -> Passage:
        return Passage(text, Place(self.path, line, 1), self.layer, self.language)


def _cells(row: str) -> int:
    return _BRACES.sub("", row).strip().strip("|").count("|") + 1
