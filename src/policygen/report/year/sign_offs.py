"""SignOffFindings -> Document, CSV and JSON: who has signed, and who must."""

from __future__ import annotations

import json
from collections.abc import Iterator

from policygen.model import document as doc
from policygen.model.document import Block, Text
from policygen.model.language import capitalise, format_day
from policygen.model.release.history import ChangedClause
from policygen.model.year.sign_off import SignOffFindings, StaffStanding, Standing
from policygen.report.layout import report_table, titled_group
from policygen.write.sheet.csv_file import csv_bytes

_LANGUAGE = "en-GB"
_SCHEMA = "policygen/sign-offs/1"
_HEADS = ("Name", "Role", "Standing", "Version", "Signed on", "Rules that changed since")


def sign_off_report(found: SignOffFindings, *, names: bool = True) -> doc.Document:
    """Lay out who has signed the version in force; without `names`, how many."""
    day = format_day(found.day, _LANGUAGE)
    title = f"Who has signed version {found.version}"
    signed = len(found.of(Standing.SIGNED)) + len(found.of(Standing.HOLDS))
    lead = f"On {day}, {signed} of {len(found.people)} have signed what is in force."
    return doc.Document(
        meta=doc.Meta(
            title=f"{title}. {found.title}",
            author=found.title,
            subject="Sign-off",
            description=f"{title}, {found.title}. {lead}",
            language=_LANGUAGE,
            dated=found.day,
        ),
        layout="brief",
        masthead=doc.Masthead(
            organisation=found.title,
            local_names=(),
            title=title,
            lead=lead,
            edition="Sign-off",
            status=doc.Tag(f"{found.organisation}@{found.version}", solid=True),
        ),
        running=doc.Running(
            found.title, title, f"version {found.version}", "Page {page} of {pages}"
        ),
        body=tuple(_parts(found, names=names)),
    )


def _parts(found: SignOffFindings, *, names: bool) -> Iterator[Block]:
    rows = [(capitalise(one.value), str(len(found.of(one)))) for one in Standing]
    yield titled_group("count", "How many", report_table(("On the lists", "People"), rows))
    if names:
        yield from _people(found)
    elif clauses := _all_changed(found):
        items = (doc.ListItem((doc.Paragraph((Text(_clause(one)),)),)) for one in clauses)
        title = "Rules that changed since somebody signed"
        yield titled_group("changed", title, doc.List(tuple(items)))


def _people(found: SignOffFindings) -> Iterator[Block]:
    if people := found.of(Standing.NOT_SIGNED):
        table = report_table(("Name", "Role"), [(one.name, one.role) for one in people])
        yield titled_group("not-signed", "Has not signed", table)
    if people := found.of(Standing.ANEW):
        rows = [(one.name, one.role, _signed(one), _clauses(one)) for one in people]
        heads = ("Name", "Role", "Signed", "Rules that changed since")
        table = report_table(heads, rows, shares=(4, 4, 5, 8))
        yield titled_group("anew", "Must sign anew, because a rule changed", table)
    for standing, anchor, title in (
        (Standing.HOLDS, "holds", "Signed an earlier version: no rule has changed since"),
        (Standing.SIGNED, "signed", "Signed"),
    ):
        if people := found.of(standing):
            signed = [(one.name, one.role, _signed(one)) for one in people]
            yield titled_group(anchor, title, report_table(("Name", "Role", "Signed"), signed))


def _signed(one: StaffStanding) -> str:
    return f"{one.version}, on {format_day(one.day, _LANGUAGE)}" if one.day else ""


def _clauses(one: StaffStanding) -> str:
    return "; ".join(map(_clause, one.changed))


def _clause(one: ChangedClause) -> str:
    return f"{one.number} {one.name}".strip()


def _all_changed(found: SignOffFindings) -> tuple[ChangedClause, ...]:
    return tuple({one.id: one for person in found.people for one in person.changed}.values())


def sign_offs_to_csv(found: SignOffFindings) -> bytes:
    """Return a row for each person."""
    rows = [
        (
            one.name,
            one.role,
            one.standing.value,
            one.version,
            one.day.isoformat() if one.day else "",
            _clauses(one),
        )
        for one in found.people
    ]
    return csv_bytes((_HEADS, *rows))


def sign_offs_to_json(found: SignOffFindings, *, names: bool = True) -> str:
    """Return how many stand how, and each person, without names where none are wanted."""
    data: dict[str, object] = {
        "schema": _SCHEMA,
        "organisation": found.organisation,
        "version": found.version,
        "on": found.day.isoformat(),
        "counts": {one.name.lower(): len(found.of(one)) for one in Standing},
    }
    if names:
        data["people"] = [
            {
                "name": one.name,
                "role": one.role,
                "standing": one.standing.name.lower(),
                "version": one.version,
                "signed": one.day.isoformat() if one.day else None,
                "changed": [clause.id for clause in one.changed],
            }
            for one in found.people
        ]
    return json.dumps(data, ensure_ascii=False, indent=2)
