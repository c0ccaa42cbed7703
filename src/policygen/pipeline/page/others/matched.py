"""An old policy beside the clauses: its documents, the rows to decide, the worksheet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from policygen.interview.folder import slug
from policygen.load.existing.worksheet import SheetRow
from policygen.load.files import plain_name, read_bytes
from policygen.load.profile.unread import EXISTING_FOLDER
from policygen.model.given_file import GivenFile
from policygen.model.matching.columns import OWN_RULE, SheetColumn
from policygen.model.matching.decision import DECISIONS_FILE, ClauseDecision, Coverage
from policygen.model.matching.worksheet import NEW, ClauseRow, PassageRow, Worksheet
from policygen.pipeline.existing.side import is_existing_policy
from policygen.pipeline.match.decide import (
    decisions_of_rows,
    decisions_of_worksheet,
    save_decisions,
    with_decided,
)
from policygen.pipeline.match.match import Matching, match
from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.others.entry import (
    EntryLine,
    FormEntry,
    boxes_field,
    choice_field,
    entry_line,
    files_field,
    line_field,
)
from policygen.pipeline.page.others.uploads import Uploads, one_file
from policygen.pipeline.page.profiles import Listed
from policygen.pipeline.workspace import Workspace
from policygen.problems import Location, PolicygenError, Problem
from policygen.report.match.document import worksheet_report
from policygen.report.match.sentences import (
    LIKELIHOOD_WORDS,
    LOOSE_TITLE,
    decision_line,
    difference_line,
    passage_place,
    passage_words,
    taken_line,
    unsaid_line,
    worksheet_finding,
)
from policygen.report.match.spreadsheet import worksheet_to_csv, worksheet_to_xlsx
from policygen.store.lock import folder_locks
from policygen.write.writer import writer

SHEET_FORMATS = ("html", "docx", "pdf", "xlsx", "csv")
LOOSE = "passages"  # in place of a section: what stands at no clause
OLD_POLICY = files_field(
    ("file",),
    "Your old policy",
    "A Word file, a PDF, a web page, Markdown or plain text; 30 MB at most. It is not kept: give "
    "it another day under the same name, and what you decided is still known.",
)
FILLED_SHEET = files_field(("sheet",), "The worksheet, filled in as XLSX or CSV")
_FOUND = {"": "Not decided yet", "covered": "Yes", "in part": "In part", "not found": "No"}
_KEEP = {"ours": "The clause’s", "theirs": "Your own", "elsewhere": "It goes on standing there"}
_NOT_FOUND = ClauseDecision(Coverage.NOT_FOUND)
_PURPOSE = "match"
_SHOWN = 700  # characters of a passage
_LIMIT = 20_000_000  # bytes of match.yaml


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A part of the worksheet, and how many of its rows are to be decided."""

    key: str
    title: str
    due: int


@dataclass(frozen=True, slots=True)
class SheetPage:
    """What the page shows: the documents by their keys, and one part of the worksheet of one.

    `line` says how much is decided, and `unsaid` for how many clauses no passage was found;
    `digest` is the state of what is remembered.
    """

    documents: Mapping[str, str]
    document: str
    section: str
    title: str
    line: str
    unsaid: str
    sections: tuple[SheetSection, ...]
    entries: tuple[FormEntry, ...]
    digest: str
    file: FormField = OLD_POLICY
    sheet: FormField = FILLED_SHEET
    formats: tuple[str, ...] = SHEET_FORMATS

    def fields(self) -> Iterator[FormField]:
        """Yield every field of the page."""
        yield from (self.file, self.sheet)
        for entry in self.entries:
            yield from entry.fields


@dataclass(frozen=True, slots=True)
class OldPolicies:
    """The old policies of a body: those that were sent, and those kept beside its profile."""

    body: Listed
    uploads: Uploads
    workspace: Workspace

    @property
    def documents(self) -> Mapping[str, GivenFile | Path]:
        """Each by its key."""
        sent = self.uploads.of(self.body.name, _PURPOSE)
        kept = sorted((self.body.file.parent / EXISTING_FOLDER).glob("*"))
        beside = {
            f"kept.{plain_name(path.name)}": path for path in kept if is_existing_policy(path)
        }
        return {**{f"sent.{key}": file for key, file in sent.items()}, **beside}

    def take(self, sent: Iterable[tuple[str, bytes]]) -> str:
        """Remember an old policy, and return its key. Raises PolicygenError for none."""
        file = one_file(sent)
        match(self.body.file, file, self.workspace)
        return f"sent.{self.uploads.take(self.body.name, _PURPOSE, [(file.name, file.data)])[0]}"

    def matching(self, key: str) -> Matching:
        """Return one of them beside the clauses. Raises PolicygenError for one that is not here."""
        source = self.documents.get(key)
        if source is None:
            what, mend = "This document is no longer here.", "Send it again, under its name."
            raise PolicygenError([Problem(what, mend, code="PG906")])
        return match(self.body.file, source, self.workspace)

    def page(self, key: str, section: str) -> SheetPage:
        """Return what the page shows: the documents, and one part of a worksheet.

        Raises PolicygenError.
        """
        documents = self.documents
        sheet = self.matching(key).worksheet if key in documents else None
        return SheetPage(
            {one: plain_name(file.name) for one, file in documents.items()},
            key,
            section,
            sheet.existing.title if sheet else "",
            worksheet_finding(sheet) if sheet else "",
            unsaid_line(sheet) if sheet else "",
            tuple(_sections(sheet)) if sheet else (),
            _entries(sheet, section) if sheet else (),
            _digest(self.body.file),
        )

    def following(self, key: str, section: str) -> str:
        """Return the part of a worksheet that comes after one; "" after the last."""
        keys = [one.key for one in self.page(key, section).sections]
        return next(iter(keys[keys.index(section) + 1 :]), "") if section in keys else ""

    def save_rows(self, key: str, section: str, typed: Mapping[str, str]) -> None:
        """Remember what was typed into the rows of one part: `KEY.found`, `KEY.passages`, ...

        Raises PolicygenError with the names of the fields at fault, and where what is remembered
        has changed since it was shown.
        """
        _save_rows(self.body.file, self.matching(key), section, typed)

    def save_unsaid(self, key: str, typed: Mapping[str, str]) -> None:
        """Remember as not found each clause for which no passage was found.

        Raises PolicygenError, as where what is remembered has changed since it was shown.
        """
        found = self.matching(key)
        unsaid = {row.clause.id: _NOT_FOUND for row in found.worksheet.unsaid}
        _save(self.body.file, with_decided(found, unsaid), typed)

    def save_sheet(self, key: str, sent: Iterable[tuple[str, bytes]]) -> None:
        """Remember what a filled-in worksheet decides. Raises PolicygenError."""
        found = self.matching(key)
        read = decisions_of_worksheet(one_file(sent), found)
        save_decisions(self.body.file, with_decided(found, read.clauses, read.own))

    def report(self, key: str, format: str) -> bytes | None:
        """Return the worksheet; None for a format that there is not. Raises PolicygenError."""
        if format not in SHEET_FORMATS:
            return None
        sheet = self.matching(key).worksheet
        if format == "xlsx":
            return worksheet_to_xlsx(sheet)
        if format == "csv":
            return worksheet_to_csv(sheet)
        return writer(format).write(worksheet_report(sheet))


def _sections(sheet: Worksheet) -> Iterator[SheetSection]:
    """Yield the parts of a worksheet, in the order of the policy."""
    for key, rows in sheet.sections.items():
        yield SheetSection(key, rows[0].clause.section_title, sum(bool(row.due) for row in rows))
    if loose := sheet.loose:
        yield SheetSection(LOOSE, LOOSE_TITLE, sum(row.own is None for row in loose))


def _entries(sheet: Worksheet, section: str) -> tuple[FormEntry, ...]:
    """Return the rows of one part, to decide on; their order is that of the worksheet."""
    if section == LOOSE:
        sections = {key: rows[0].clause.section_title for key, rows in sheet.sections.items()}
        return tuple(_loose_entry(row, sections) for row in sheet.loose)
    return tuple(_clause_entry(row, sheet) for row in sheet.sections.get(section, ()))


def _clause_entry(row: ClauseRow, sheet: Worksheet) -> FormEntry:
    key, decision = row.clause.id, row.decision
    likely = dict(_likely(row, sheet))
    keys = decision.passages if decision else ()
    numbers = [str(sheet.existing.by_key[k].number) for k in keys if k in sheet.existing.by_key]
    ticked = "\n".join(number for number in numbers if number in likely)
    others = ", ".join(number for number in numbers if number not in likely)
    found, keep = (decision.found.value, decision.keep.value) if decision else ("", "ours")
    fields = [choice_field((key, "found"), "Does yours say it?", _FOUND, found)]
    if likely:
        fields.append(boxes_field((key, "passages"), "Where? These may say it", likely, ticked))
    label = "Other passages that say it" if likely else "Where? The passages that say it"
    fields.append(line_field((key, "others"), label, others, "Their numbers, such as 12, 13."))
    fields.append(choice_field((key, "keep"), "Whose words will you have?", _KEEP, keep))
    if any(one.fact for one in row.differences):
        taken = "yes" if decision and decision.take_value else ""
        words = {"yes": "Take yours in place of the clause’s"}
        fields.append(boxes_field((key, "take"), "The value that differs", words, taken))
    note, cleared = (decision.note, decision.cleared_by) if decision else ("", "")
    fields.append(line_field((key, "note"), "Why", note))
    if row.clause.binding or cleared:
        who, hint = "Who cleared it, where and when", "This clause is binding."
        fields.append(line_field((key, "cleared"), who, cleared, hint))
    return FormEntry("", row.clause.name, tuple(_lines(row)), tuple(fields))


def _lines(row: ClauseRow) -> Iterator[EntryLine]:
    yield entry_line(row.clause.rule)
    if taken := taken_line(row):
        yield entry_line(taken, "quiet")
    for one in row.differences:
        yield entry_line(difference_line(one), "quiet")
    if row.decision:
        again = f" To be decided again: {row.due}." if row.due not in ("", NEW) else ""
        yield entry_line(f"Decided: {decision_line(row.decision)}{again}", "strong")


def _likely(row: ClauseRow, sheet: Worksheet) -> Iterator[tuple[str, str]]:
    """Yield the number of each passage that may say a clause, and its place and words."""
    for one in row.likely:
        passage = sheet.existing.passage(one.number)
        if passage is not None:
            place = f"{passage_place(passage)} ({LIKELIHOOD_WORDS[one.likelihood]})"
            yield str(one.number), f"{place}: {passage_words(passage, _SHOWN)}"


def _loose_entry(row: PassageRow, sections: Mapping[str, str]) -> FormEntry:
    key, own = str(row.passage.number), row.own
    section, label = (own.id.partition(".")[0], own.label) if own else ("", "")
    where = {"": "Do not keep it", **sections}
    fields = (
        choice_field((key, "section"), "Keep it as a rule of your own, under", where, section),
        line_field((key, "label"), "What the rule is called, in a word or two", label),
    )
    words = entry_line(passage_words(row.passage, _SHOWN))
    return FormEntry("", passage_place(row.passage), (words,), fields)


# --- What was decided -----------------------------------------------------------------------------


def _digest(profile: Path) -> str:
    """Return the state of what is remembered beside a profile."""
    file = profile.parent / DECISIONS_FILE
    return hashlib.sha256(read_bytes(file, _LIMIT) if file.exists() else b"").hexdigest()


def _save_rows(profile: Path, matching: Matching, section: str, typed: Mapping[str, str]) -> None:
    entries = _entries(matching.worksheet, section)
    keys = [str(entry.fields[0].path[0]) for entry in entries]
    is_loose = section == LOOSE
    make, asks = (
        (partial(_own_rule_row, matching), "section") if is_loose else (_clause_row, "found")
    )
    rows = [make(number, key, typed) for number, key in enumerate(keys)]
    unsaid = list(_undecided_faults(entries, typed))
    try:
        read = decisions_of_rows([one for one in rows if one.cells], matching)
    except PolicygenError as error:
        raise PolicygenError([*unsaid, *_at_fields(error.problems, keys)]) from None
    if unsaid:
        raise PolicygenError(unsaid)
    undecided = [
        _decided_key(matching, key)
        for key, row in zip(keys, rows, strict=True)
        if not row.cells and f"{key}.{asks}" in typed
    ]
    clauses = {id: _in_order(id, one, matching) for id, one in read.clauses.items()}
    _save(profile, with_decided(matching, clauses, read.own, undecided), typed)


def _in_order(id: str, decision: ClauseDecision, matching: Matching) -> ClauseDecision:
    """Return a decision with its passages as it had them before, or else as the document has them.

    The boxes of the page stand in another order: the likeliest first.
    """
    before = matching.decided.clauses.get(id)
    if before and set(before.passages) == set(decision.passages):
        return replace(decision, passages=before.passages)
    by_key = matching.existing.by_key
    return replace(
        decision, passages=tuple(sorted(decision.passages, key=lambda key: by_key[key].number))
    )


def _save(profile: Path, decided: Matching, typed: Mapping[str, str]) -> None:
    """Write what is decided, unless it has changed since it was shown. Raises PolicygenError."""
    with folder_locks([profile.parent]):
        if _digest(profile) != typed.get("digest"):
            what = "What was decided of old policies was changed meanwhile, so nothing was saved."
            mend = "Below is what you typed, under what is decided now. Save again to put it there."
            raise PolicygenError([Problem(what, mend, Location(DECISIONS_FILE), code="PG902")])
        save_decisions(profile, decided)


def _undecided_faults(entries: Sequence[FormEntry], typed: Mapping[str, str]) -> Iterator[Problem]:
    """Yield each row in which something was typed, and nothing decided now or before.

    What a row says counts with its decision only, so it would be lost.
    """
    for entry in entries:
        decides, *others = entry.fields
        if decides.value or typed.get(decides.name):
            continue
        if any(" ".join(typed.get(one.name, one.value).split()) != one.value for one in others):
            what = f"{entry.title} is not decided, so what else stands there would be lost."
            mend = f"Choose an answer to “{decides.label}”, or empty the rest."
            yield Problem(what, mend, code="PG695", field=decides.path)


def _decided_key(matching: Matching, key: str) -> str:
    """Return by what a row's decision is remembered: a clause's id, or the key of a passage."""
    passage = matching.existing.passage(int(key)) if key.isdecimal() else None
    return passage.key if passage else key


def _own_rule_row(matching: Matching, number: int, key: str, typed: Mapping[str, str]) -> SheetRow:
    """Return a passage that is kept as a rule, as a spreadsheet has it; no cells for any other.

    Its id is made of its section and its name; one that it has already stays.
    """
    section, label = _said(typed, key, "section"), _said(typed, key, "label")
    if not section:
        return SheetRow(number, {})
    own = matching.decided.own.get(_decided_key(matching, key))
    has_one = own is not None and own.id.partition(".")[0] == section
    id = own.id if own and has_one else f"{section}.{slug(label)}"
    cells = {
        SheetColumn.ID: id,
        SheetColumn.CLAUSE: label,
        SheetColumn.FOUND: OWN_RULE,
        SheetColumn.PASSAGES: key,
    }
    return SheetRow(number, cells)


def _clause_row(number: int, key: str, typed: Mapping[str, str]) -> SheetRow:
    """Return what was typed of a clause as a spreadsheet would have it; no cells for nothing."""
    passages = f"{_said(typed, key, 'passages')} {_said(typed, key, 'others')}"
    cells = {
        SheetColumn.ID: key,
        SheetColumn.FOUND: _said(typed, key, "found"),
        SheetColumn.PASSAGES: passages.strip(),
        SheetColumn.KEEP: _said(typed, key, "keep"),
        SheetColumn.TAKE_VALUE: _said(typed, key, "take"),
        SheetColumn.NOTE: _said(typed, key, "note"),
        SheetColumn.CLEARED_BY: _said(typed, key, "cleared"),
    }
    return SheetRow(number, cells if cells[SheetColumn.FOUND] else {})


def _said(typed: Mapping[str, str], key: str, name: str) -> str:
    return " ".join(typed.get(f"{key}.{name}", "").split())


def _at_fields(problems: Sequence[Problem], keys: Sequence[str]) -> Iterator[Problem]:
    for one in problems:
        key = keys[one.location.line]
        name = "label" if key.isdecimal() else "others" if "passage" in one.what else "found"
        yield Problem(one.what, one.mend, code=one.code, field=(key, name))
