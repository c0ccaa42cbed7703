"""A clause put the body's own way: its source as fields, tried in memory, then saved as an edit.

What is written is what `policygen edit` writes: a stamped edit in the body's own folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policygen.compose.fold import Draft
from policygen.lint.unprinted import left_out_words
from policygen.load.files import display_path, normalise_text
from policygen.model.fragment import Organisation
from policygen.pipeline.edit import (
    ClauseName,
    clause_drafts,
    edit_source_text,
    is_binding,
    require_record,
)
from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.save import ChangedMeanwhile, Saved
from policygen.pipeline.page.undo import undoable
from policygen.pipeline.page.words.fact_list import FactToPick, facts_to_pick
from policygen.pipeline.page.words.printed import (
    PrintedTelling,
    policy_of_words,
    printed_tellings,
)
from policygen.pipeline.returned.own_words import OwnWords
from policygen.pipeline.returned.stretches import (
    HEADING,
    SourceStretch,
    own_origin,
    renamed,
    renamed_in_place,
    stretches_of,
    texts_in_place,
)
from policygen.pipeline.workspace import Workspace
from policygen.problems import Level, Location, PolicygenError, Problem
from policygen.store.files import File, write_files
from policygen.store.lock import folder_locks
from policygen.store.ready import refuse_example

_RECORD = ("because", "cleared_by")
_CODE = "PG905"
_SAY = {"because": "Say why.", "cleared_by": "Say who cleared it, where and when."}
_TO_COME = "to be said"  # in the place of a record, while nothing is written
_SHOWN = "shown."  # begins the field that says what another was made of


@dataclass(frozen=True, slots=True)
class WordsField:
    """Some unfilled words of a clause. `closed` says why they cannot be changed here.

    `shown` is a digest of the words that the field was made of, which the form sends back.
    """

    name: str
    heading: str
    text: str
    location: Location
    closed: str = ""

    @property
    def shown(self) -> str:
        """What tells these words from any others."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class TriedWords:
    """What a clause would print with the words that were typed, or why it would not."""

    printed: tuple[PrintedTelling, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Editor:
    """The form in which the words of a clause are put another way.

    With `is_new` the body has no words of its own for it yet, and with `on_record` it may have them
    only with a reason and who cleared them.
    """

    id: str
    name: str
    fields: tuple[WordsField, ...]
    is_new: bool
    on_record: bool
    facts: tuple[FactToPick, ...]
    tried: TriedWords

    def form_fields(self) -> tuple[FormField, ...]:
        """Return what can be typed: the words, and for the record why and who cleared them."""
        words = [
            FormField((one.name,), one.heading, "lines", one.text, required=True)
            for one in self.fields
            if not one.closed
        ]
        if not self.is_new:
            return tuple(words)
        needed = self.on_record
        because = FormField(("because",), "Why you say it your way", "line", "", required=needed)
        if not needed:
            return (*words, because)
        hint = "It is binding. Say who, where and when: “Head of Legal, Full Council, 3 May 2026”."
        cleared = FormField(("cleared_by",), "Who cleared it", "line", "", hint, required=True)
        return (*words, because, cleared)


def open_editor(profile: Path, id: str, typed: Mapping[str, str], workspace: Workspace) -> Editor:
    """Return the form for a clause, with what it would print with what was typed.

    Nothing is written. Raises PolicygenError for a clause that has no words to change.
    """
    return _Editing(profile, id, workspace).editor(typed)


def save_words(profile: Path, id: str, typed: Mapping[str, str], workspace: Workspace) -> Saved:
    """Write what was typed as the body's own edit of a clause, or say why not.

    Raises PolicygenError for an example.
    """
    refuse_example(profile)
    try:
        with folder_locks([profile.parent]):
            return _save_words(_Editing(profile, id, workspace), typed)
    except PolicygenError as error:  # what was typed stands in the form until it is written
        return Saved(problems=error.problems, typed=typed)


def _save_words(editing: _Editing, typed: Mapping[str, str]) -> Saved:
    if meanwhile := tuple(editing.changed_meanwhile(typed)):
        return Saved(meanwhile=meanwhile, typed=typed)
    problems = editing.record_faults(typed)
    try:
        files = editing.files(typed)
        policy_of_words(editing.tried(files), editing.workspace)
        if not problems:
            written = [File(path.name, text.encode()) for path, text in files.items()]
            with undoable(editing.own.profile, f"Your words: {editing.name}"):
                write_files(written, editing.own.profile.parent)
            return Saved(len(files))
    except PolicygenError as error:
        problems = (*editing.placed(error.problems), *problems)
    return Saved(problems=problems, typed=typed)


class _Editing:
    """One clause and its words, as they are on the disk, and as they would be."""

    def __init__(self, profile: Path, id: str, workspace: Workspace) -> None:
        self.id = id
        self.own = OwnWords(profile, workspace)
        self.workspace = self.own.workspace
        self._outline = self.workspace.library.outline
        organisation = self.own.organisation()
        self._drafts: Mapping[str, Draft] = clause_drafts(organisation, id, self.workspace)
        location = organisation.location(("contents", "leave_out"))
        if unprinted := tuple(left_out_words(organisation, id, location, Level.ERROR)):
            raise PolicygenError(unprinted)
        self._before = organisation
        self._stretches = stretches_of(self._drafts, self.own)
        self._typed: list[str] = []  # the words of each field
        self._lines: dict[str, list[str]] = {}  # of the files as they would be

    @property
    def _draft(self) -> Draft:
        return next(iter(self._drafts.values()))

    @property
    def name(self) -> str:
        """What the clause is called."""
        return (self._draft.label or self._draft.title).text

    def editor(self, typed: Mapping[str, str]) -> Editor:
        """Return the form. A binding clause prints without its record, which is told as lacking."""
        lacking = self.record_faults(typed)
        try:
            policy = policy_of_words(self.tried(self.files(typed)), self.workspace)
            tried = TriedWords(tuple(printed_tellings(policy, self.id, self.workspace)), lacking)
        except PolicygenError as error:
            tried = TriedWords(problems=(*self.placed(error.problems), *lacking))
            policy = policy_of_words(self._before, self.workspace)
        section, library = self.id.partition(".")[0], self.workspace.library
        is_new = own_origin(self._drafts) is None
        return Editor(
            self.id,
            self.name,
            self._fields(),
            is_new,
            is_new and is_binding(self._drafts),
            facts_to_pick(self._before, policy, section, library),
            tried,
        )

    def _fields(self) -> tuple[WordsField, ...]:
        return tuple(
            WordsField(
                f"words.{number}",
                self._heading(one),
                one.source.text,
                one.location,
                one.source.closed,
            )
            for number, one in enumerate(self._stretches)
        )

    def _heading(self, stretch: SourceStretch) -> str:
        if stretch.tier == HEADING:
            return "Label and title"
        return self._outline.tiers[stretch.tier].heading

    # --- What was typed ---------------------------------------------------------------------------

    def changed_meanwhile(self, typed: Mapping[str, str]) -> Iterator[ChangedMeanwhile]:
        """Yield each field that shows other words now than when the form was made."""
        for field in self._fields():
            shown = typed.get(f"{_SHOWN}{field.name}", field.shown)
            if shown != field.shown:
                text = typed.get(field.name, "")
                yield ChangedMeanwhile(field.heading, text, field.text, field.name in typed)

    def files(self, typed: Mapping[str, str]) -> dict[Path, str]:
        """Return the files as they would be; none where no word is changed.

        Raises PolicygenError for words that cannot stand there.
        """
        fields = self._fields()
        texts = [
            field.text if field.closed else _plain(typed.get(field.name, field.text))
            for field in fields
        ]
        self._typed = texts
        if texts == [field.text for field in fields]:
            return {}
        for field, text in zip(fields, texts, strict=True):
            if not text:
                raise self._fault(f"Nothing is left of “{field.heading}”.", field.name, "PG306")
        files = self._in_place(texts) if own_origin(self._drafts) else self._anew(texts, typed)
        self._lines = {display_path(path): text.split("\n") for path, text in files.items()}
        return files

    def record_faults(self, typed: Mapping[str, str]) -> tuple[Problem, ...]:
        """Return what the record lacks that a binding clause needs, in words of the body's own."""
        record = [_line(typed, key) for key in _RECORD]
        is_changed = any(
            _plain(typed.get(one.name, one.text)) != one.text for one in self._fields()
        )
        if own_origin(self._drafts) or not is_changed:
            return ()
        try:
            require_record(self._drafts, *record)
        except PolicygenError as error:
            lacking = [key for key, text in zip(_RECORD, record, strict=True) if not text]
            return tuple(
                replace(one, mend=_SAY[key], field=(key,))
                for one in error.problems
                for key in lacking
            )
        return ()

    def _in_place(self, texts: Sequence[str]) -> dict[Path, str]:
        files = texts_in_place(self._stretches, texts, self.own)
        heading, text = self._stretches[0], texts[0]  # the name stands first
        if text != heading.source.text:
            path = Path(heading.location.path)
            before = files.get(path, self.own.text(path))
            changed = renamed_in_place(before, heading, self._renamed(text))
            if changed is None:
                raise self._fault("The heading is not where it was.", "words.0", _CODE)
            files[path] = changed
        return files

    def _anew(self, texts: Sequence[str], typed: Mapping[str, str]) -> dict[Path, str]:
        by_tier = {one.tier: text for one, text in zip(self._stretches, texts, strict=True)}
        name = self._renamed(by_tier.pop(HEADING))
        record = (_line(typed, "because"), _line(typed, "cleared_by"))
        if is_binding(self._drafts):
            record = (record[0] or _TO_COME, record[1] or _TO_COME)
        source = edit_source_text(self._drafts, by_tier, self._outline, record, name)
        files = self.own.below(self.id, source)
        return {path: _with_endings(text, self.own.text(path)) for path, text in files.items()}

    def _renamed(self, heading: str) -> ClauseName:
        name = renamed(self._draft, heading)
        if name is None:
            what = "The label and the title are no longer told apart."
            raise self._fault(what, "words.0", _CODE, "Write both, with a colon between them.")
        return name

    # --- What would come of it --------------------------------------------------------------------

    def tried(self, files: Mapping[Path, str]) -> Organisation:
        """Return the organisation with the new words.

        Raises PolicygenError where the files would then say anything else than was typed: a heading
        among the words would begin another clause, and an open comment swallow those behind it.
        """
        if not files:
            return self._before
        organisation = self.own.organisation(files)
        others_change = self._others(organisation) != self._others(self._before)
        if others_change or self._own_tiers(organisation) != self._wanted_tiers:
            raise self._fault(
                "Among these words stands what would begin something else, or swallow it.",
                self._suspect,
                _CODE,
                "A line that begins with # is a heading; what begins with ``` or <!-- must end.",
            )
        return organisation

    @property
    def _wanted_tiers(self) -> set[str]:
        if own_origin(self._drafts):
            return self._own_tiers(self._before)
        return {one.tier for one in self._stretches if one.tier != HEADING}

    def _own_tiers(self, organisation: Organisation) -> set[str]:
        """Return the tiers that the body's own edit of this clause tells."""
        every = (edit for one in organisation.layer.fragments for edit in one.edits)
        return {tier for edit in every if edit.id == self.id for tier in edit.tellings}

    def _others(self, organisation: Organisation) -> list[tuple[object, ...]]:
        """Return all that the body's own folder says of other clauses, wherever it stands."""
        return [
            (one.location.path, edit.id, edit.change, edit.title.text, _texts(edit.tellings))
            for one in organisation.layer.fragments
            for edit in one.edits
            if edit.id != self.id
        ]

    @property
    def _suspect(self) -> str:
        """Return the field in which a line begins like a heading, or else the first."""
        names = [one.name for one in self._fields()]
        found = (name for name, text in zip(names, self._typed, strict=True) if "\n#" in text)
        return next(found, names[0])

    # --- What is said -----------------------------------------------------------------------------

    def placed(self, problems: Sequence[Problem]) -> Iterator[Problem]:
        """Yield the Problems of the words that were typed, each with the field that it is in."""
        for one in problems:
            if one.level is not Level.ERROR:
                continue
            yield one if one.field else replace(one, field=self._field_of(one.location))

    def _field_of(self, location: Location) -> tuple[str, ...]:
        """Return the field of a line in a file as it would be: by the heading above it."""
        lines = self._lines.get(location.path, [])
        for line in reversed(lines[: location.line]):
            if line.startswith("## "):
                return (self._fields()[0].name,)
            if line.startswith("### "):
                heading = line.removeprefix("### ").strip()
                fields = [one for one in self._fields() if not one.closed]
                found = [one for one in fields if one.heading == heading]
                return ((found or fields)[0].name,)
        return ()

    def _fault(self, what: str, field: str, code: str, mend: str = "") -> PolicygenError:
        mend = mend or "Write it, or leave the clause as it was."
        return PolicygenError([Problem(what, mend, code=code, field=(field,))])


def _texts(tellings: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(getattr(passage, "text", "") for passage in tellings.values())


def _line(typed: Mapping[str, str], key: str) -> str:
    """Return what was typed as one line, whatever was sent."""
    return " ".join(typed.get(key, "").split())


def _plain(typed: str) -> str:
    """Return what was typed as a source has it: no empty lines around it."""
    lines = [line.rstrip() for line in normalise_text(typed).split("\n")]
    return "\n".join(lines).strip("\n")


def _with_endings(text: str, before: str) -> str:
    """Return a text with the ends of lines that its file has."""
    return normalise_text(text).replace("\n", "\r\n") if "\r\n" in before else text
