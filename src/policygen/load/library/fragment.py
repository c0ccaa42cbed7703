"""One Markdown file -> Fragment, with its clauses and tellings.

Every fault of form is told at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policygen.characters import foreign_letters
from policygen.load.files import excerpt, read_text
from policygen.load.library.slip import (
    CLAUSE_KEYS,
    SECTION_KEYS,
    SECTION_WORDS,
    TRANSLATED_KEYS,
    TRANSLATES,
    Slip,
)
from policygen.markdown.braces import curly_quotes
from policygen.markdown.fault import MarkdownFault
from policygen.markdown.fragment import FragmentPart, line_faults, read_parts
from policygen.model.fragment import ClauseLink, Edit, EditKind, Fragment, Passage
from policygen.model.language import LANGUAGE_TAG, join_names
from policygen.model.outline.outline import Outline
from policygen.problems import Location, PolicygenError, Problem, nearest

FRAGMENT_LIMIT = 100_000  # bytes; a real fragment has about 5,000
CLAUSE_LISTS = ("may", "think", "never")  # that the overview of a clause may stand in
_ID = re.compile(r"[a-z0-9]++(?:-[a-z0-9]++)*+\.[a-z0-9]++(?:-[a-z0-9]++)*+")
_ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789.-"
_OWN_KEYS = ("was", "cleared-by")  # of a slip, that only an organisation's own fragments have
_BRACKETS = (
    3_000  # of one file: each is tried as a link, a note and a span, up to its paragraph's end
)
_SHOWN = 40  # characters of a text that a message quotes


def read_fragment(
    path: Path, shown: str, layer: str, outline: Outline, own: bool = False
) -> Fragment:
    """Read one fragment; `shown` is what Problems call its path.

    `own` says that it is an organisation's. The file's name says the section and, before `.md`, the
    language: `law.md`, `law.cy.md`. Raises PolicygenError with every Problem at once.
    """
    text = read_text(path, FRAGMENT_LIMIT)
    return parse_fragment(text, path.name, Layered(shown, layer, own), outline)


@dataclass(frozen=True, slots=True)
class Layered:
    """Whose a fragment is: what Problems call its path, its layer, whether an organisation's."""

    shown: str
    layer: str
    own: bool


def parse_fragment(text: str, name: str, of: Layered, outline: Outline) -> Fragment:
    """Read a text as if it stood in a file of that name. Raises PolicygenError."""
    return _Reader(name, of.shown, of.layer, outline, of.own).fragment(text)


class _Reader:
    """Turns the parts of one file into a Fragment."""

    def __init__(self, name: str, shown: str, layer: str, outline: Outline, own: bool) -> None:
        self.path = shown
        self.layer = layer
        self.outline = outline
        self.own = own
        self.section, _, language = name.removesuffix(".md").partition(".")
        self.translates = bool(language) and language != outline.source_language
        self.language = language or outline.source_language
        self.problems: list[Problem] = []
        if language and not LANGUAGE_TAG.fullmatch(language):
            what = f'"{language}" in the name of this file is no language.'
            self.fault(1, what, "Name it like law.md or law.cy.md.", code="PG218")

    def fault(self, line: int, what: str, mend: str, column: int = 1, *, code: str) -> None:
        """Note a fault at a place of this file."""
        self.problems.append(Problem(what, mend, Location(self.path, line, column), code=code))

    def fragment(self, text: str) -> Fragment:
        """Read the whole file. Raises PolicygenError."""
        if text.count("[") > _BRACKETS:
            what = f"This file has more than {_BRACKETS:,} square brackets."
            mend = "Take out those that open no link, or part the file."
            raise PolicygenError([Problem(what, mend, Location(self.path, 1, 1), code="PG208")])
        parts, faults = read_parts(text)
        self.note(faults)
        self.check_headings(parts)
        head = next((part for part in parts if part.level == 1), None)
        self.check_section(head)
        slip = self.section_slip(head)
        edits = tuple(self.edits(parts[1:]))
        if self.problems:
            raise PolicygenError(sorted(dict.fromkeys(self.problems), key=_by_location))
        return Fragment(
            section=self.section,
            language=self.language,
            layer=self.layer,
            location=Location(self.path, 1, 1),
            title=_reviewed(self.line_passage(head.title, head.line), "title", slip)
            if head
            else None,
            slip={
                key: _reviewed(self.line_passage(value, slip.locations[key].line), key, slip)
                for key, value in slip.values.items()
                if key in SECTION_WORDS
            },
            edits=edits,
            grade=slip.choice("grade", self.outline.grades.names),
            after=slip.get("after"),
            translates=slip.translates,
        )

    def note(self, faults: Sequence[MarkdownFault]) -> None:
        """Note faults of the Markdown."""
        for fault in faults:
            self.fault(fault.line, fault.what, fault.mend, fault.column, code=fault.code)

    # --- headings ---------------------------------------------------------------------------------

    def check_headings(self, parts: Sequence[FragmentPart]) -> None:
        """Each heading has a text and a level that means something, and stands where it can."""
        preamble, *headed = parts
        if preamble.text:
            what = "Text stands before the first heading."
            mend = "Begin with `# Section` or `## Clause {#id}`."
            self.fault(preamble.lines[0], what, mend, code="PG219")
        inside = False
        for number, part in enumerate(headed):
            if not part.title:
                mend = "Write it like `## Title {#section.clause}`."
                self.fault(part.line, "This heading has no text.", mend, code="PG207")
            if part.level > 3:
                what = "A heading stands deeper than the tiers."
                mend = "Make it a clause of its own, or a **strong** line."
                self.fault(part.line, what, mend, code="PG207")
            elif part.level == 1 and (number or part.id):
                what = "A fragment has one name, in its first line and without an id."
                mend = "Make this a clause: `## Title {#section.clause}`."
                self.fault(part.line, what, mend, code="PG219")
            elif part.level == 3 and not inside:
                what = "A telling stands outside a clause."
                self.fault(part.line, what, "Put `## Title {#section.clause}` above.", code="PG219")
            inside = inside or part.level == 2

    def check_section(self, head: FragmentPart | None) -> None:
        """The file's name is a section of the outline.

        An organisation's own file may instead name a section by its first heading.
        """
        known = (*self.outline.sections, self.outline.front.section)
        if self.section in known or (self.own and head is not None):
            return
        what = f'There is no section "{self.section}".'
        mend = nearest(self.section, known)
        if self.own:
            what = f'There is no section "{self.section}", and this file does not name one.'
            mend += " To start a section of your own, begin with a line like `# Our market`."
        self.fault(1, what, mend, code="PG218")

    def section_slip(self, head: FragmentPart | None) -> Slip:
        """The slip under the name of the section."""
        known = (*SECTION_KEYS, TRANSLATES) if self.translates else SECTION_KEYS
        slip = Slip(head.slip if head else (), known, self.path, self.problems)
        if head and head.text:
            what = f'Text stands outside a clause: "{_quoted(head.text)}".'
            mend = "Put `## Title {#section.clause}` and the heading of a tier above it."
            self.fault(head.lines[0], what, mend, code="PG219")
        for key, value in slip.values.items():
            if key in SECTION_WORDS:
                self.note(line_faults(value, slip.locations[key].line, slip.columns[key]))
        return slip

    # --- clauses ----------------------------------------------------------------------------------

    def edits(self, parts: Sequence[FragmentPart]) -> Iterator[Edit]:
        """One edit for each clause."""
        lines: dict[str, int] = {}
        for number, part in enumerate(parts):
            if part.level != 2:
                continue
            edit = self.edit(part, self.tellings(parts[number + 1 :]))
            if edit.id in lines:
                first = lines[edit.id]
                twice = f'The clause "{edit.id}" is edited twice in this layer'
                what = f"{twice}: the first edit is in line {first}."
                mend = "Keep one edit of a clause in one layer."
                self.fault(part.line, what, mend, part.id_column, code="PG224")
            if edit.id:
                lines.setdefault(edit.id, part.line)
            yield edit

    def tellings(self, following: Sequence[FragmentPart]) -> dict[str, Passage]:
        """The tellings of a clause by tier, from the parts that follow its heading."""
        tiers = {tier.heading: key for key, tier in self.outline.tiers.items()}
        tellings: dict[str, Passage] = {}
        for part in following:
            if part.level <= 2:
                break
            heading = " ".join(part.title.split())
            key = tiers.get(heading)
            if part.level > 3:
                continue
            if key is None:
                what = f'There is no tier "{heading}".'
                mend = self.outline.former_headings.get(heading) or nearest(heading, tiers)
                self.fault(part.line, what, mend, 5, code="PG225")
            elif key in tellings:
                what = f'"{heading}" is told twice in this clause.'
                self.fault(part.line, what, "Keep one of the two.", code="PG225")
            elif not part.text:
                what = f'"{heading}" is empty.'
                mend = "Write the telling, or take the heading out."
                self.fault(part.line, what, mend, code="PG225")
            else:
                tellings[key] = self.body_passage(part)
        return tellings

    def edit(self, part: FragmentPart, tellings: Mapping[str, Passage]) -> Edit:
        """What a clause's heading, its slip and its tellings say together."""
        self.check_id(part)
        self.check_body(part)
        slip = self.clause_slip(part)
        change = EditKind(slip.choice("change", [kind.value for kind in EditKind]) or "add")
        self.check_change(part, change, slip, tellings)
        when = slip.get("when")
        if when is not None:
            line, column = slip.locations["when"].line, slip.columns["when"]
            self.note(list(curly_quotes(when, line, column)))
        binding = slip.choice("binding", ["yes", "no"])
        return Edit(
            id=part.id or "",
            change=change,
            title=_reviewed(self.line_passage(part.title, part.line), "title", slip),
            tellings={tier: _reviewed(one, tier, slip) for tier, one in tellings.items()},
            location=Location(self.path, part.line, 1),
            layer=self.layer,
            after=slip.get("after"),
            when=None if when is None else self.line_passage(when, slip.locations["when"].line),
            sources=tuple(slip.sources),
            because=slip.get("because") or "",
            cleared_by=slip.get("cleared-by") or "",
            label=self.label_passage(slip),
            grade=self.grade(slip, binding),
            audience=slip.names("audience", "audience", self.outline.audiences),
            binding=None if binding is None else binding == "yes",
            asks=slip.phrases("asks"),
            was=slip.get("was") or "",
            under=slip.choice("under", CLAUSE_LISTS),
            yes=slip.get("yes"),
            no=slip.get("no"),
            translates=slip.translates,
            key_locations=slip.locations,
        )

    def clause_slip(self, part: FragmentPart) -> Slip:
        """The slip under the heading of a clause; a translation has only its keys of words."""
        lines = part.slip
        if self.translates:
            allowed = (*TRANSLATED_KEYS, TRANSLATES)
            others = [line for line in lines if line.key not in allowed]
            lines = [line for line in lines if line.key in allowed]
            if others:
                what = "A translation carries words only."
                mend = f"Keep {join_names(list(TRANSLATED_KEYS))}, and take the other lines out."
                self.fault(others[0].line, what, mend, code="PG226")
            return Slip(lines, allowed, self.path, self.problems)
        return Slip(lines, CLAUSE_KEYS, self.path, self.problems)

    def label_passage(self, slip: Slip) -> Passage | None:
        """The label in a slip, as wording."""
        label = slip.get("label")
        if label is None:
            return None
        line = slip.locations["label"].line
        self.note(line_faults(label, line, slip.columns["label"]))
        return _reviewed(self.line_passage(label, line), "label", slip)

    def grade(self, slip: Slip, binding: str | None) -> str | None:
        """The grade in a slip; a binding clause has the one that the outline gives it."""
        grades = self.outline.grades
        grade = slip.choice("grade", grades.names)
        if binding == "yes" and grade not in (None, grades.binding):
            what = f"A binding clause is always {grades.binding}, and this one says {grade}."
            mend = "Take the line out, or the line `binding: yes`."
            location = slip.locations["grade"]
            self.fault(location.line, what, mend, location.column, code="PG221")
        return grade

    def check_id(self, part: FragmentPart) -> None:
        """The id of a clause is `section.clause`, of this section."""
        id = part.id or ""
        if not _ID.fullmatch(id):
            what = f'"{id}" is no id of a clause.' if id else "This clause has no id."
            mend = foreign_letters(id, (_ID_CHARACTERS,))
            if not mend:
                mend = f"Write `## {part.title or 'Title'} {{#{self.section}.some-name}}`."
            self.fault(part.line, what, mend, part.id_column, code="PG223")
            return
        section, _, name = id.partition(".")
        if section != self.section:
            what = f'"{id}" is not of the section "{self.section}".'
            mend = f"Write {{#{self.section}.{name}}}, or move it to {section}.md."
            self.fault(part.line, what, mend, part.id_column, code="PG223")

    def check_body(self, part: FragmentPart) -> None:
        """Nothing but a slip stands between the heading of a clause and its tellings."""
        if part.text:
            what = f'Text stands outside a tier: "{_quoted(part.text)}".'
            first = next(iter(self.outline.tiers.values())).heading
            mend = f"Put a heading above it, like ### {first}."
            self.fault(part.lines[0], what, mend, code="PG219")

    def check_change(
        self, part: FragmentPart, change: EditKind, slip: Slip, tellings: Mapping[str, Passage]
    ) -> None:
        """A removal has a reason and no words; only an organisation's edit bears a stamp."""
        if change is EditKind.REMOVE and "because" not in slip:
            what = f'"{part.id}" is removed without a reason.'
            self.fault(part.line, what, "Add a line `- because: ...`.", code="PG227")
        if change is EditKind.REMOVE and tellings:
            what = f'"{part.id}" is removed, and yet told.'
            mend = "Take the tellings out, or change: replace."
            self.fault(part.line, what, mend, code="PG227")
        for key in () if self.own else _OWN_KEYS:
            if key in slip:
                what = f'"{key}" stands only in an organisation\'s own fragments.'
                self.fault(slip.locations[key].line, what, "Take the line out.", 3, code="PG220")

    # --- passages ---------------------------------------------------------------------------------

    def line_passage(self, text: str, line: int) -> Passage:
        """One line of wording."""
        return Passage(text, Location(self.path, line, 1), self.layer, self.language)

    def body_passage(self, part: FragmentPart) -> Passage:
        """The wording under a heading, with what the parser has found in it."""
        first, last = part.lines[0], part.lines[-1]
        consecutive = last - first + 1 == len(part.lines)
        return Passage(
            text="\n".join(part.text).rstrip(),
            location=Location(self.path, first, 1),
            layer=self.layer,
            language=self.language,
            lines=() if consecutive else tuple(part.lines),
            links=tuple(
                ClauseLink(id, Location(self.path, line, column)) for id, line, column in part.links
            ),
            inherited=tuple(part.inherited),
        )


def _reviewed(passage: Passage, part: str, slip: Slip) -> Passage:
    """Return a passage that knows whether it is a translation that nobody has reviewed."""
    record = slip.translates.get(part)
    return replace(passage, unreviewed=record.unreviewed) if record else passage


def _quoted(text: Sequence[str]) -> str:
    return excerpt(" ".join(text).strip(), _SHOWN)


def _by_location(problem: Problem) -> tuple[int, int]:
    return problem.location.line, problem.location.column
