"""Copies that came back, clause by clause: what somebody decides on, and what they decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policygen.model.review.acceptance import Acceptance, AcceptChoice, AcceptPick
from policygen.model.review.review import (
    FactEdit,
    OursNow,
    PlacedComment,
    ReturnedEdit,
    ReturnedEditKind,
    Review,
)
from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.others.entry import (
    EntryLine,
    FormEntry,
    boxes_field,
    entry_line,
    files_field,
    needed_field,
)
from policygen.pipeline.page.others.marked import marked_lines
from policygen.pipeline.page.others.uploads import Uploads
from policygen.pipeline.page.profiles import Listed
from policygen.pipeline.page.undo import undoable
from policygen.pipeline.returned.accept import accept_reviews, write_acceptance
from policygen.pipeline.returned.review import ReadReview, read_reviews
from policygen.pipeline.workspace import Workspace
from policygen.problems import Location, PolicygenError, Problem
from policygen.report.review.document import review_report
from policygen.report.review.sentences import (
    already_line,
    chosen_line,
    comment_lines,
    edit_line,
    loss_line,
    review_finding,
    sent_line,
    value_lines,
)
from policygen.report.sentences import fact_title
from policygen.write.writer import writer

REVIEW_FORMATS = ("html", "docx", "pdf")
FILES = files_field(
    ("file",), "Word files that came back", "Printed by policygen as .docx; 30 MB at most."
)
_PURPOSE = "review"


@dataclass(frozen=True, slots=True)
class CopyChange:
    """What one copy says of one clause or fact: taken as a whole, or left."""

    key: str  # of its fields
    name: str  # the id of the clause, or the path of the fact
    review: Review
    entry: FormEntry
    wants_reason: bool = False
    wants_clearance: bool = False


@dataclass(frozen=True, slots=True)
class CopySummary:
    """One copy as a whole: how much it says, what it is held against, what cannot be carried."""

    key: str
    file: str
    lines: tuple[str, ...]
    losses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadCopies:
    """Copies that were read, what there is to decide on, and all of it as the page has it."""

    reviews: tuple[ReadReview, ...]
    copies: tuple[CopySummary, ...]
    changes: tuple[CopyChange, ...]
    entries: tuple[FormEntry, ...]
    file: FormField = FILES
    formats: tuple[str, ...] = REVIEW_FORMATS

    def fields(self) -> Iterator[FormField]:
        """Yield every field of the page."""
        yield FILES
        for entry in self.entries:
            yield from entry.fields

    def report(self, format: str) -> bytes | None:
        """Return all that the copies say as one document; None without a copy."""
        if not self.reviews or format not in REVIEW_FORMATS:
            return None
        return writer(format).write(review_report([one.review for one in self.reviews]))


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies that were sent for one body."""

    body: Listed
    uploads: Uploads
    workspace: Workspace

    def read(self) -> ReadCopies:
        """Read them, and all that they say. Raises PolicygenError as `review` does."""
        given = self.uploads.of(self.body.name, _PURPOSE)
        files, cache = tuple(given.values()), self.uploads.reviews
        read = read_reviews(self.body.file, files, self.workspace, cache=cache)
        keyed = tuple(zip(given, (one.review for one in read), strict=True))
        copies = tuple(CopySummary(key, one.file, *_summary(one)) for key, one in keyed)
        changes = tuple(_changes(keyed))
        return ReadCopies(read, copies, changes, tuple(_entries(keyed, changes, _order(read))))

    def take(self, sent: Iterable[tuple[str, bytes]]) -> None:
        """Remember copies. Raises PolicygenError where one is none of ours; then none is taken."""
        before = self.uploads.of(self.body.name, _PURPOSE)
        keys = self.uploads.take(self.body.name, _PURPOSE, sent)
        try:
            self.read()
        except PolicygenError:
            for key in set(keys) - set(before):
                self.put_away(key)
            raise

    def put_away(self, key: str) -> None:
        """Forget a copy."""
        self.uploads.put_away(self.body.name, _PURPOSE, key)

    def accepted(self, typed: Mapping[str, str]) -> Acceptance:
        """Return what taking what was ticked would write. Raises PolicygenError."""
        found = self.read()
        choice = chosen_changes(found, typed)
        return accept_reviews(self.body.file, found.reviews, self.workspace, choice)


def _summary(review: Review) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lines = (review_finding(review), sent_line(review), already_line(review))
    return tuple(filter(None, lines)), tuple(map(loss_line, review.losses))


def _order(read: Sequence[ReadReview]) -> dict[str, int]:
    """Return where each clause and section stands in what was sent."""
    order: dict[str, int] = {}
    for one in read:
        for section in one.sent.policy.sections:
            for id in (section.id, *(clause.id for clause in section.clauses)):
                order.setdefault(id, len(order) + 1)
    return order


# --- What there is to decide ----------------------------------------------------------------------


def _changes(keyed: Sequence[tuple[str, Review]]) -> Iterator[CopyChange]:
    """Yield the values that each copy changes, and then the clauses."""
    for key, review in keyed:
        for edit in review.fact_edits:
            yield _value(f"{key}.{edit.path}", review, edit)
        for place in dict.fromkeys(edit.place for edit in review.edits):
            edits = [edit for edit in review.edits if edit.place == place]
            yield _clause(f"{key}.{place}", review, edits)


def _entries(
    keyed: Sequence[tuple[str, Review]], changes: Sequence[CopyChange], order: Mapping[str, int]
) -> list[FormEntry]:
    """Return what stands on the page in the order of what was sent; values stand first."""
    found = [(order.get(one.name, -1), one.entry) for one in changes]
    for _, review in keyed:
        found += [(order.get(one.place, 0), _comment(review.file, one)) for one in review.comments]
    groups = {entry.group: number for number, entry in reversed(found)}
    return [entry for _, entry in sorted(found, key=lambda one: (one[0], groups[one[1].group]))]


def _value(key: str, review: Review, edit: FactEdit) -> CopyChange:
    title = fact_title(edit.path, review.names.get(edit.path, ""))
    lines = tuple(map(entry_line, value_lines(edit, review.names)))
    entry = FormEntry(title, review.file, lines, (_take(key, "Take this value"),))
    return CopyChange(key, edit.path, review, entry)


def _clause(key: str, review: Review, edits: Sequence[ReturnedEdit]) -> CopyChange:
    place = edits[0].place
    is_deletion = any(edit.kind is ReturnedEditKind.DELETED for edit in edits)
    wants_reason, wants_clearance = review.wants_reason(place), review.wants_clearance(place)
    fields = [_take(key, "Take the deletion" if is_deletion else "Take this")]
    if wants_reason:
        why = "Why it goes" if is_deletion else "Why your words differ from this binding clause"
        fields.append(needed_field(("because", key), why, hint="If you take it."))
    if wants_clearance:
        fields.append(
            needed_field(("cleared", key), "Who cleared it, where and when", hint="If you take it.")
        )
    title = edits[0].name or place or "At the beginning"
    lines = tuple(line for edit in edits for line in _told(edit))
    entry = FormEntry(title, review.file, lines, tuple(fields))
    return CopyChange(key, place, review, entry, wants_reason, wants_clearance)


def _told(edit: ReturnedEdit) -> Iterator[EntryLine]:
    yield entry_line(edit_line(edit), "quiet")
    if edit.ours is not OursNow.SAME:
        ours = f"Your own words are {edit.ours.value}: look at both before you decide."
        yield entry_line(ours, "strong")
    yield from (entry_line(chosen_line(by), "quiet") for by in edit.chosen_by)
    yield from map(EntryLine, marked_lines(edit.redline))


def _take(key: str, words: str) -> FormField:
    return boxes_field(("take", key), "Your decision", {"1": words})


def _comment(file: str, placed: PlacedComment) -> FormEntry:
    title = placed.name or placed.place or "The whole document"
    lines = tuple(map(entry_line, comment_lines(placed.comment)))
    return FormEntry(title, f"Comment in {file}", lines)


# --- What was decided -----------------------------------------------------------------------------


def chosen_changes(found: ReadCopies, typed: Mapping[str, str]) -> AcceptChoice:
    """Return what somebody ticked: `take.KEY`, with `because.KEY` and `cleared.KEY`.

    Raises PolicygenError where nothing is ticked, and for each record that is missing, with the
    name of its field.
    """
    taken = [one for one in found.changes if typed.get(f"take.{one.key}")]
    problems = [problem for one in taken for problem in _missing(one, typed)]
    if not taken:
        what, mend = "Nothing is ticked.", "Tick what you take as it came back."
        problems.append(Problem(what, mend, code="PG906"))
    if problems:
        raise PolicygenError(problems)
    picks = (AcceptPick(one.review.file, one.name, *_record(one, typed)) for one in taken)
    return AcceptChoice(picks=tuple(picks))


def _record(one: CopyChange, typed: Mapping[str, str]) -> tuple[str, str]:
    because, cleared = (typed.get(f"{name}.{one.key}", "") for name in ("because", "cleared"))
    return " ".join(because.split()), " ".join(cleared.split())


def _missing(one: CopyChange, typed: Mapping[str, str]) -> Iterator[Problem]:
    because, cleared_by = _record(one, typed)
    location = Location(one.review.file)
    if one.wants_reason and not because:
        what = f"{one.entry.group} is not taken without a reason."
        mend, field = "Say why in a line.", ("because", one.key)
        yield Problem(what, mend, location, code="PG663", field=field)
    if one.wants_clearance and not cleared_by:
        what = f"{one.entry.group} is binding, and nobody is named who cleared it."
        mend, field = "Say who cleared it, where and when.", ("cleared", one.key)
        yield Problem(what, mend, location, code="PG657", field=field)


def write_taken(profile: Path, taken: Acceptance) -> None:
    """Write what was shown, so that it can be undone. Raises what `write_acceptance` raises."""
    with undoable(profile, "What you took over"):
        write_acceptance(profile, taken)
