"""The handbook on the page: what has moved since its last issue, and its next one."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from policygen.load.records import read_every_record
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.in_force.part import (
    SentFiles,
    YearPage,
    YearPart,
    YearSection,
    typed_day,
)
from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.others.entry import line_field, needed_field
from policygen.pipeline.page.printed import but_pdf
from policygen.pipeline.page.ready import WITHOUT_PDF
from policygen.pipeline.released.approval import approval_faults
from policygen.pipeline.released.as_signed import handbook_source
from policygen.pipeline.released.handbook import moved_since
from policygen.pipeline.released.release_handbook import release_handbook
from policygen.report.changes.rule_changes import clause_names

_FIELDS = (
    needed_field(("summary",), "What changed, in a line of the change history"),
    FormField(("issued",), "The day on which it is issued", "day", "", required=True),
    line_field(("changed_by",), "Who changed it, by role", hint="Left empty: the policy’s owner."),
)


@dataclass(frozen=True, slots=True)
class HandbookPart(YearPart):
    """The handbook: its next issue is released without the board."""

    title = "Release the handbook"
    about = "A telephone number, an account or a practice has changed, and no rule."

    def page(self, query: Mapping[str, str], refused: Container[str] = ()) -> YearPage:
        """Return what has moved, the form, and the issues so far. Raises PolicygenError."""
        lacks_pdf = WITHOUT_PDF.name in refused or "PG550" in refused
        records = read_every_record(self.profile.parent)
        issues = [one.handbook for one in records if one.handbook]
        made = tuple(f"{one.name} ({one.issued}): {one.summary}" for one in reversed(issues))
        name = query.get("done", "")
        done = f"Handbook {name} is frozen in your folder. The policy stands as it was approved."
        sections = (
            self._moved(),
            YearSection(
                "Freeze its next issue",
                ("This prints all that its version published, and takes up to a minute.",),
                asked=(*_FIELDS, WITHOUT_PDF) if lacks_pdf else _FIELDS,
                button="Release the handbook",
            ),
            *([YearSection("Issues so far", made)] if made else []),
        )
        is_made = name in [one.name for one in issues]
        return YearPage(self.title, _SAYS, sections, done=done if is_made else "")

    def send(self, typed: Mapping[str, str], files: SentFiles) -> dict[str, str]:
        """Release the next issue. Raises PolicygenError; then nothing is changed."""
        folder, _ = release_handbook(
            self.profile,
            self.workspace,
            typed.get("summary", ""),
            typed_day(typed, "issued"),
            typed.get("changed_by", ""),
            formats=but_pdf() if WITHOUT_PDF.name in typed else (),
        )
        return {"done": folder.name}

    def _moved(self) -> YearSection:
        """Say what has moved since the last issue, of the handbook and of the rules.

        Beside a draft of the next version the rules are those that were signed, as they will be
        in the issue.
        """
        workspace = self.workspace.for_profile(self.profile)
        source = handbook_source(self.profile, workspace)
        organisation, folder = source.organisation, self.profile.parent
        policies = compose_organisation(organisation, workspace).policies
        issue, ids = moved_since(folder, organisation, policies)
        names = clause_names(policies[0])
        moved = [f"{names[id].number} {names[id].name}" for id in ids if id in names]
        line = f"Nothing in the handbook has changed since {issue}."
        if not issue:
            line = "No approved version stands as it was released, so no handbook can follow it."
        elif moved:
            line = f"Since {issue} this has changed: {'; '.join(moved)}."
        faults = approval_faults(folder, organisation, policies)
        return YearSection("What has changed", (line,), (*source.notes, *faults))


_SAYS = (
    "What changes without the board, such as practice, contacts, accounts and dates, is printed in "
    "the handbook, and has issues of its own. Change the facts and save them first. Where a rule "
    "has moved too, no handbook is released: that needs the board, and the page Release."
)
