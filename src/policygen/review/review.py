"""Sent, returned copy, today -> Review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from policygen.model.document import Blocks, Document
from policygen.model.policy import Policy
from policygen.model.returned.copy import PartKind, ReturnedCopy
from policygen.model.returned.known import KnownPart, known_parts
from policygen.model.review.review import (
    FactEdit,
    Hand,
    OursNow,
    PlacedComment,
    PlacedLoss,
    Review,
)
from policygen.model.review.sent_file import SentFile
from policygen.model.wording import printed_facts
from policygen.review.clause import clause_words
from policygen.review.edits import HandChange, edits_of
from policygen.review.front import FRONT_NAMES, front_parts, with_front_ids
from policygen.review.order import clause_order, moved_across, moved_among
from policygen.review.ours import OursToday, edits_to_decide, says_same, values_to_decide
from policygen.review.source.chosen import chosen_words

_BESIDE_CLAUSES = (PartKind.MASTHEAD, PartKind.CONTROL, PartKind.SECTION)


def review_copy(
    copy: ReturnedCopy, file: str, sent: SentFile, today: Policy, printed: Document | None = None
) -> Review:
    """Return what one copy says: of each clause against what was sent, and how it stands today.

    `printed` is today's policy in the edition of the copy, where that is not surely what was sent:
    what it says already is counted and not told.
    """
    front = sent.policy.outline.front
    copy, sent_copy = with_front_ids(copy, front), with_front_ids(sent.copy, front)
    known = sent.known
    chosen = partial(chosen_words, sent)
    found = edits_of(copy, sent_copy, known, chosen, sent.policy.outline.labels["clause"])
    ours = _ours_now(sent.policy, today)
    values = _fact_edits(found.values, sent.policy)
    edits, left_values = found.edits, values
    if printed is not None:
        ours_now = (*front_parts(today, printed), *known_parts(printed))
        ours_today = _ours_today(copy, sent_copy, known, ours_now, today)
        edits = edits_to_decide(edits, ours_today)
        left_values = values_to_decide(values, today)
    places = _places(copy, known)
    return Review(
        file=file,
        organisation=today.profile.name,
        sent=sent.sent,
        edits=tuple(replace(edit, ours=ours.get(edit.place, OursNow.SAME)) for edit in edits),
        fact_edits=left_values,
        comments=tuple(
            PlacedComment(*places.get(comment.part, ("", "")), comment) for comment in copy.comments
        ),
        losses=tuple(
            PlacedLoss(*places.get(loss.part, ("", "")), loss) for loss in copy.not_carried
        ),
        names=sent.names,
        binding=frozenset(clause.id for clause in sent.policy.clauses() if clause.binding),
        already=len(found.edits) + len(values) - len(edits) - len(left_values),
    )


def _ours_today(
    copy: ReturnedCopy,
    sent_copy: ReturnedCopy,
    sent: Sequence[KnownPart],
    printed: Sequence[KnownPart],
    today: Policy,
) -> OursToday:
    said = (*_places_said(copy, sent, printed, today), *_lines_said(copy, sent_copy, printed))
    clauses = [part for part in printed if part.kind is PartKind.CLAUSE]
    ids, across = [part.id for part in clauses], set(moved_across(copy, sent_copy))
    return OursToday(
        today,
        same=frozenset(said),
        moved=frozenset((*moved_among(clause_order(copy), ids), *across.intersection(ids))),
        words=tuple(clause_words(part.blocks) for part in clauses),
    )


def _places_said(
    copy: ReturnedCopy, sent: Sequence[KnownPart], printed: Sequence[KnownPart], today: Policy
) -> Iterator[str]:
    """Yield the id of each part that says today what the copy says."""
    known = {(part.kind, part.id): part for part in sent}
    ours = {(part.kind, part.id): part for part in printed}
    label = today.outline.labels["clause"]
    for part in copy.parts:
        key = part.kind, part.id
        is_both = key in known and key in ours
        if is_both and says_same(known[key].blocks, part.after, ours[key].blocks, label):
            yield part.id


def _lines_said(
    copy: ReturnedCopy, sent: ReturnedCopy, printed: Sequence[KnownPart]
) -> Iterator[str]:
    """Yield the id of what is no clause, and whose edited lines are all ours today."""
    before = {(part.kind, part.id): _lines(part.after) for part in sent.parts}
    ours = {(one.kind, one.id): {one.heading, *_lines(one.blocks)} for one in printed}
    for part in copy.parts:
        key = part.kind, part.id
        if part.kind in _BESIDE_CLAUSES and key in before:
            after = _lines(part.after)
            new = after - before[key]
            is_all_ours = new <= ours.get(key, set())
            if is_all_ours and (new or after == before[key]):  # else lines were only taken out
                yield part.id


def _lines(blocks: Blocks) -> set[str]:
    return set(clause_words(blocks).split("\n"))


def _places(copy: ReturnedCopy, known: Sequence[KnownPart]) -> dict[int, tuple[str, str]]:
    """Return the id and the name of each part of a copy, by its index.

    What is said on the cover or beside document control is said of the whole policy.
    """
    names = {part.id: f"{part.number} {part.heading}".strip() for part in known}
    ids = ["" if part.kind in FRONT_NAMES else part.id or part.under for part in copy.parts]
    return {at: (id, names.get(id, "")) for at, id in enumerate(ids)}


def _ours_now(sent: Policy, today: Policy) -> dict[str, OursNow]:
    """Return the clauses that read otherwise today, or are gone."""
    found: dict[str, OursNow] = {}
    for clause in sent.clauses():
        now = today.clause(clause.id)
        if now is None or now.omission:
            found[clause.id] = OursNow.GONE
        elif (now.title, now.tellings) != (clause.title, clause.tellings):
            found[clause.id] = OursNow.CHANGED
    return found


def _fact_edits(values: Sequence[HandChange], sent: Policy) -> tuple[FactEdit, ...]:
    """Return each changed value once a hand, with the other clauses that print its fact."""
    places: dict[tuple[str, str, str, Hand], dict[str, None]] = {}
    for value in values:
        change = value.change
        if not change.path.startswith("#"):  # the number of a clause is no fact
            key = (change.path, change.before, change.after, value.hand)
            places.setdefault(key, {})[value.place] = None
    printing = _clauses_by_fact(sent) if places else {}
    return tuple(
        FactEdit(
            path,
            before,
            after,
            hand,
            tuple(changed),
            tuple(id for id in printing.get(path, ()) if id not in changed),
        )
        for (path, before, after, hand), changed in places.items()
    )


def _clauses_by_fact(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of the clauses that print each fact."""
    found: dict[str, dict[str, None]] = {}
    for clause in policy.clauses():
        for telling in clause.tellings:
            for printed in printed_facts(telling.wording.pieces):
                found.setdefault(printed.fact, {})[clause.id] = None
    return {fact: tuple(ids) for fact, ids in found.items()}
