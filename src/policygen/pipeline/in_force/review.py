"""The yearly review on the page: the pack that it begins with, and the log of what was kept."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from policygen.model.given_file import GivenFile
from policygen.model.year.review_pack import ReviewPack
from policygen.pipeline.in_force.part import SentFiles, YearPage, YearPart, YearSection
from policygen.pipeline.page.others.entry import files_field
from policygen.pipeline.page.others.uploads import one_file
from policygen.pipeline.year.kept import empty_log
from policygen.pipeline.year.review_pack import review_pack
from policygen.report.year.kept.review_pack import review_paper
from policygen.write.writer import writer

_FORMATS = ("pdf", "docx")
_LOG_FORMATS = ("xlsx", "csv")
_FILE = files_field(("file",), "The log, filled in", "XLSX or CSV; a new one replaces the last.")


@dataclass(frozen=True, slots=True)
class ReviewPart(YearPart):
    """The review pack, with the log of what was kept."""

    title = "Yearly review"
    about = "What was kept, late and missed, what is overdue, what has changed around the policy."
    purpose = "kept"

    def page(self, query: Mapping[str, str], refused: Container[str] = ()) -> YearPage:
        """Return the log out and in, and the pack."""
        says = "Write into it what was done, all year: it has a row for each promise."
        log = YearSection("The log of what was kept", (says,), file="log", formats=_LOG_FORMATS)
        held = self.held()
        back = YearSection("Read the log", held=held, asked=(_FILE,), button="Read it")
        says = (
            "With the log that you gave." if held else "Without a log, nothing shows what was kept."
        )
        pack = YearSection("The review pack", (says,), (), "review", _FORMATS, shown=True)
        return YearPage(self.title, _SAYS, (log, back, pack))

    def send(self, typed: Mapping[str, str], files: SentFiles) -> dict[str, str]:
        """Hold a log that can be read, or put it away. Raises PolicygenError."""
        if "away" in typed:
            self.uploads.put_away(self.body.name, self.purpose)
        else:
            file = one_file(files.get("file", ()))
            self.hold([(file.name, file.data)], self._pack, anew=True)
        return {}

    def file(self, name: str, ending: str, query: Mapping[str, str]) -> bytes | None:
        """Return the empty log, or the review pack. Raises PolicygenError."""
        if name == "log" and ending in _LOG_FORMATS:
            return empty_log(self.profile, self.workspace, ending)
        if name == "review" and ending in ("html", *_FORMATS):
            return writer(ending).write(review_paper(self._pack()))
        return None

    def _pack(self) -> ReviewPack:
        logs: list[GivenFile] = list(self.uploads.of(self.body.name, self.purpose).values())
        log = logs[-1] if logs else None
        return review_pack(self.profile, log, self.workspace, self.on)


_SAYS = (
    "The pack is what a review begins with: overdue dates, sources that nobody has confirmed, what "
    "moved in law and library, your own words to read again, comments that are left."
)
