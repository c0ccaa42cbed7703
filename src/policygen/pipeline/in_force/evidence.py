"""Evidence on the page: what was in force on a day, asked for and downloaded."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from policygen.model.language import capitalise, format_day
from policygen.model.year.evidence import Evidence
from policygen.pipeline.in_force.part import (
    SentFiles,
    YearPage,
    YearPart,
    YearSection,
    typed_day,
)
from policygen.pipeline.in_force.sign_offs import SIGN_OFF_LISTS
from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.others.entry import boxes_field, choice_field
from policygen.pipeline.year.bundle import zipped
from policygen.pipeline.year.evidence import evidence, evidence_bundle
from policygen.pipeline.year.signed import signed

_ASKED = ("on", "clauses", "audience", "full", "signed")
_LANGUAGE = "en-GB"


@dataclass(frozen=True, slots=True)
class EvidencePart(YearPart):
    """What was in force on a day, with all that shows it."""

    title = "Evidence for a day"
    about = "Somebody asks what was in force on a day: a request for information, a tribunal."

    def page(self, query: Mapping[str, str], refused: Container[str] = ()) -> YearPage:
        """Return the form, and what was in force on the day of a query. Raises PolicygenError."""
        form = YearSection("What is asked about", asked=self._fields(), button="Look it up")
        if "on" not in query:
            return YearPage(self.title, _SAYS, (form,))
        found = self._found(query)
        lines = (_in_force(found), *([_YET_TO_COME] if found.day > self.on else []))
        bundle = YearSection("What was in force", lines, file="evidence", formats=("pdf", "zip"))
        asked = {name: query[name] for name in _ASKED if query.get(name)}
        return YearPage(self.title, _SAYS, (form, bundle), asked)

    def send(self, typed: Mapping[str, str], files: SentFiles) -> dict[str, str]:
        """Return the query for what was typed, once there is such evidence. Raises."""
        found = self._found(typed)
        return {name: typed[name] for name in _ASKED if typed.get(name)} | {"on": str(found.day)}

    def file(self, name: str, ending: str, query: Mapping[str, str]) -> bytes | None:
        """Return the paper, or the whole bundle. Raises PolicygenError."""
        if name != "evidence" or ending not in ("pdf", "zip"):
            return None
        bundle = evidence_bundle(self._found(query), self.workspace)
        return zipped(bundle) if ending == "zip" else bundle["evidence.pdf"]

    def _found(self, typed: Mapping[str, str]) -> Evidence:
        day = typed_day(typed, "on")
        clauses = [one.strip() for one in typed.get("clauses", "").splitlines() if one.strip()]
        lists = tuple(self.uploads.of(self.body.name, SIGN_OFF_LISTS).values())
        counted = None
        if lists and typed.get("signed"):
            counted, _ = signed(self.profile, lists, day, self.workspace)
        audience = typed.get("audience", "")
        full = bool(typed.get("full"))
        return evidence(self.profile, day, self.workspace, clauses, audience, counted, full=full)

    def _fields(self) -> tuple[FormField, ...]:
        audiences = self.workspace.for_profile(self.profile).library.outline.audiences
        choices = {"": "All readers"} | {key: capitalise(name) for key, name in audiences.items()}
        fields = (
            FormField(("on",), "The day that is asked about", "day", "", required=True),
            FormField(("clauses",), "Only these clauses", "lines", "", _CLAUSES),
            choice_field(("audience",), "What these readers were told", choices),
            boxes_field(
                ("full",), "How much of the policy", {"1": "Each depth, not the rules alone"}
            ),
        )
        if not self.uploads.of(self.body.name, SIGN_OFF_LISTS):
            return fields
        counted = {"1": "Count the lists that are on the page “Who has signed”"}
        hint = "How many had signed goes into the paper, and no name."
        return (*fields, boxes_field(("signed",), "Who had signed", counted, hint=hint))


def _in_force(found: Evidence) -> str:
    entry, later = found.entry, found.later
    issued = format_day(entry.issued, _LANGUAGE)
    with_ = f", with its handbook {found.handbook.name}" if found.handbook else ""
    ended = ""
    if later:
        ended = f", until {later.version} took its place on {format_day(later.issued, _LANGUAGE)}"
    day = format_day(found.day, _LANGUAGE)
    return f"On {day} version {entry.version} was in force{with_}: issued on {issued}{ended}."


_SAYS = (
    "You get a paper with an index: the approval and its seal, the words as printed, what had "
    "changed and what has since, where each word comes from, who was asked. The zip holds the "
    "release as it was frozen too, with a checksum of every file. Private people are not named."
)
_CLAUSES = "By number or name, such as 4.2 or Records, one on a line. Left empty: all of it."
_YET_TO_COME = "That day is yet to come: this holds only if no other version is released."
