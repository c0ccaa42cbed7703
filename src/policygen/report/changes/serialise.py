"""Differences -> JSON for other programs, with a schema of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from policygen.model.comparison.difference import (
    Cause,
    ClausePart,
    Difference,
    Differences,
    FactCause,
    LayerCause,
)
from policygen.model.policy import Citation, Clause, Policy, Section
from policygen.model.wording import Wording
from policygen.report import sentences
from policygen.report.changes.finding import clause_counts, differences_finding

_SCHEMA: Literal["policygen/differences/1"] = "policygen/differences/1"


@dataclass(frozen=True, slots=True)
class PolicyJson:
    """One of the two policies."""

    label: str
    organisation: str
    number: str
    version: str
    status: str
    language: str
    library_digest: str
    profile_digest: str


@dataclass(frozen=True, slots=True)
class CauseJson:
    """One cause: `sentence` is for people.

    A layer has its name, side, edit and place, a fact its two values.
    """

    sentence: str
    side: str = ""
    layer: str = ""
    edit: str = ""
    place: str = ""
    because: str = ""
    fact: str = ""
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class DifferenceJson:
    """One difference.

    `part` is a tier's key, `title`, `lead` and so on, or empty for a whole clause or section.
    `first` and `second` are that part as text: Markdown for wording, None where there is none. Of a
    whole clause it is the title, then each telling under its tier's key.
    """

    kind: str
    sentence: str
    section: str
    clause: str
    number: str
    title: str
    part: str
    first: str | None
    second: str | None
    why: tuple[CauseJson, ...]


@dataclass(frozen=True, slots=True)
class DifferencesJson:
    """The whole comparison.

    `counts` has each clause once, under the weightiest thing that differs in it. `tier`, `edition`,
    `section` and `substance` say to what it was narrowed; they are empty, and false, for the whole
    policies.
    """

    first: PolicyJson
    second: PolicyJson
    tier: str = field(default="", kw_only=True)
    edition: str = field(default="", kw_only=True)
    section: str = field(default="", kw_only=True)
    substance: bool = field(default=False, kw_only=True)
    finding: str
    counts: dict[str, int]
    differences: tuple[DifferenceJson, ...]
    schema: Literal["policygen/differences/1"] = field(default=_SCHEMA)


def differences_to_json(found: Differences, labels: tuple[str, str]) -> bytes:
    """The comparison as JSON: UTF-8, indented, one trailing newline."""
    first_label, second_label = labels
    scope = found.scope
    record = DifferencesJson(
        first=_policy_json(found.first, first_label),
        second=_policy_json(found.second, second_label),
        finding=differences_finding(found),
        counts=clause_counts(found),
        differences=tuple(_difference_json(difference, found) for difference in found.found),
        tier=scope.tier,
        edition=scope.edition,
        section=scope.section,
        substance=scope.substance,
    )
    return _adapter().dump_json(record, indent=2) + b"\n"


def differences_schema() -> dict[str, object]:
    """The JSON Schema of what `diff --format json` writes."""
    return _adapter().json_schema()


@cache
def _adapter() -> TypeAdapter[DifferencesJson]:
    return TypeAdapter(DifferencesJson)


def _policy_json(policy: Policy, label: str) -> PolicyJson:
    """Say which policy was compared; `label` is its name in full, as the reports print it."""
    control = policy.profile.policy
    return PolicyJson(
        label=label,
        organisation=policy.profile.name,
        number=control.number or "",
        version=control.version or "",
        status=control.status,
        language=policy.language,
        library_digest=policy.library_digest,
        profile_digest=policy.profile_digest,
    )


def _difference_json(difference: Difference, found: Differences) -> DifferenceJson:
    clause = found.second.clause(difference.clause) or found.first.clause(difference.clause)
    names = sentences.side_names(found)
    return DifferenceJson(
        kind=difference.kind.key,
        sentence=difference.kind.value,
        section=difference.section,
        clause=difference.clause,
        number=clause.number if clause else "",
        title=clause.title.text if clause else "",
        part=difference.part,
        first=part_text(difference.first),
        second=part_text(difference.second),
        why=tuple(_cause_json(cause, names) for cause in difference.why),
    )


def part_text(part: ClausePart) -> str | None:
    """Return one side of a difference as text; None where there is nothing."""
    match part:
        case None:
            return None
        case Wording():
            return part.text
        case Clause():
            tiers = (f"### {telling.tier}\n\n{telling.wording.text}" for telling in part.tellings)
            return "\n\n".join((part.title.text, *tiers))
        case Section():
            return part.title.text
        case tuple():
            return ", ".join(map(_entry_text, part))
        case bool():
            return "yes" if part else "no"
        case str():
            return part
    return sentences.position_text(part)


def _entry_text(entry: Citation | str) -> str:
    return f"{entry.source} {entry.locator}".strip() if isinstance(entry, Citation) else entry


def _cause_json(cause: Cause, names: tuple[str, str]) -> CauseJson:
    sentence = sentences.cause_sentence(cause, names)
    match cause:
        case LayerCause():
            return CauseJson(
                sentence,
                side=cause.side.value,
                layer=cause.layer,
                edit=cause.edit,
                place=cause.place,
                because=cause.because,
            )
        case FactCause():
            return CauseJson(sentence, fact=cause.fact, first=cause.first, second=cause.second)
    return CauseJson(sentence)
