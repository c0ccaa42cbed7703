"""Facts sent out and in, on the page: a workbook for those who know, and what came back."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import partial

from policygen.model.review.acceptance import Acceptance, FileChange
from policygen.pipeline.facts.changes import FactChange, on_one_line
from policygen.pipeline.facts.facts import ReturnedFacts, facts_in, facts_out, save_facts
from policygen.pipeline.in_force.part import (
    SentFiles,
    ToWrite,
    YearPage,
    YearPart,
    YearSection,
)
from policygen.pipeline.page.others.entry import files_field
from policygen.pipeline.page.others.uploads import sent_files
from policygen.pipeline.page.save import text_with

_FILES = files_field(("file",), "Workbooks that came back", "XLSX; several at once.")


@dataclass(frozen=True, slots=True)
class FactsPart(YearPart):
    """The workbook of facts."""

    title = "Ask for facts"
    about = "Others know the numbers, names and accounts: a workbook for them, and its answers."
    purpose = "facts"

    def page(self, query: Mapping[str, str], refused: Container[str] = ()) -> YearPage:
        """Return what is sent out, and the form for what came back."""
        out = YearSection("The workbook", (_OUT,), file="facts", formats=("xlsx",))
        back = YearSection("Read what came back", (_BACK,), asked=(_FILES,), button=_READ)
        return YearPage(self.title, _SAYS, (out, back))

    def send(self, typed: Mapping[str, str], files: SentFiles) -> ToWrite:
        """Return what workbooks change. Raises PolicygenError, with every cell that cannot be."""
        if "file" in files:
            self.hold(files["file"], self._returned, anew=True)
        found = self._returned()
        shown = found.shown
        after = text_with(shown, [one.change for one in found.changes])
        changed = FileChange(self.profile, shown.text, after)
        acceptance = Acceptance((changed,) if found.changes else (), found.notes, ())
        rows = tuple(map(_row, found.changes))
        return ToWrite(acceptance, partial(self._write, found), rows=rows)

    def file(self, name: str, ending: str, query: Mapping[str, str]) -> bytes | None:
        """Return the workbook that asks. Raises PolicygenError."""
        is_ours = (name, ending) == ("facts", "xlsx")
        return facts_out(self.profile, self.workspace) if is_ours else None

    def _returned(self) -> ReturnedFacts:
        books = tuple(self.uploads.of(self.body.name, self.purpose).values())
        return facts_in(self.profile, books or sent_files(()), self.workspace)

    def _write(self, found: ReturnedFacts) -> None:
        save_facts(found, self.workspace)
        self.uploads.put_away(self.body.name, self.purpose)


def _row(one: FactChange) -> tuple[str, ...]:
    return one.label, on_one_line(one.before), on_one_line(one.after), one.place


_SAYS = (
    "A workbook has a sheet for each of those who will know, with questions in plain words. "
    "Whoever fills it in needs a spreadsheet program and nothing else."
)
_OUT = "Send it out: its first sheet says to whom."
_BACK = "Each change is shown beside what is there now, and nothing is written until you agree."
_READ = "Show what would change"
