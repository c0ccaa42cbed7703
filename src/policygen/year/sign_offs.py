"""Who has signed the version in force, and whose signature a changed rule has overtaken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from policygen.model.release.history import ChangedClause, HistoryEntry, RuleChangeKind
from policygen.model.release.record import version_key
from policygen.model.year.sign_off import SignOff, StaffStanding, Standing

# A clause that only moved, or has other sources, says the same as before.
_MOVES_A_RULE: frozenset[RuleChangeKind] = frozenset(
    {"new", "removed", "left_out", "brought_in", "reworded", "set"}
)


def staff_standings(
    rows: Iterable[SignOff], entries: Sequence[HistoryEntry], version: str, day: date
) -> tuple[StaffStanding, ...]:
    """Return how each person stands to a version in force on a day, those to ask first.

    `entries` are all releases, oldest first. What was signed after the day does not count yet. Of
    somebody who is on several rows, the newest version that they signed counts.
    """
    people: dict[tuple[str, str], list[SignOff]] = {}
    for row in rows:
        people.setdefault(row.key, []).append(row)
    found = [_standing(list_, entries, version, day) for list_ in people.values()]
    order = list(Standing)
    return tuple(sorted(found, key=lambda one: (order.index(one.standing), one.name.casefold())))


def _standing(
    rows: Sequence[SignOff], entries: Sequence[HistoryEntry], version: str, day: date
) -> StaffStanding:
    signed = [one for one in rows if one.day and one.day <= day]
    known = [one for one in signed if version_key(one.version) <= version_key(version)]
    if not known:
        return StaffStanding(rows[0].name, rows[0].role, Standing.NOT_SIGNED)
    last = max(known, key=lambda one: (version_key(one.version), one.day))
    if last.version == version:
        return StaffStanding(last.name, last.role, Standing.SIGNED, last.version, last.day)
    changed = rules_changed(entries, last.version, version)
    standing = Standing.ANEW if changed else Standing.HOLDS
    return StaffStanding(last.name, last.role, standing, last.version, last.day, changed)


def rules_changed(
    entries: Sequence[HistoryEntry], signed: str, version: str
) -> tuple[ChangedClause, ...]:
    """Return the clauses whose rules moved after one version and until another.

    Each release keeps what it changed since the last approved one; a practice is never among it.
    """
    between = [
        one
        for one in entries
        if one.status == "approved"
        and version_key(signed) < version_key(one.version) <= version_key(version)
    ]
    clauses = {
        clause.id: clause
        for one in between
        for change in one.changes
        if change.kind in _MOVES_A_RULE
        for clause in change.clauses
    }
    return tuple(clauses.values())
