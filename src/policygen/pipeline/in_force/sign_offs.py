"""Who has signed, on the page: the kit to hand out, and the lists that came back.

What the lists hold about people stays in memory until policygen ends.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

from policygen.model.year.sign_off import SignOffFindings
from policygen.pipeline.in_force.part import SentFiles, YearPage, YearPart, YearSection
from policygen.pipeline.page.others.entry import files_field
from policygen.pipeline.page.told import told
from policygen.pipeline.year.bundle import zipped
from policygen.pipeline.year.kit import sign_off_kit
from policygen.pipeline.year.signed import signed
from policygen.problems import PolicygenError, Problem
from policygen.report.year.sign_offs import sign_off_report, sign_offs_to_csv
from policygen.store.releases import version_on
from policygen.write.writer import writer

SIGN_OFF_LISTS = "sign-offs"  # what they are held for
_FORMATS = ("pdf", "docx", "csv")
_FILES = files_field(("file",), "Sign-off lists that came back", "XLSX or CSV; several at once.")


@dataclass(frozen=True, slots=True)
class SignOffPart(YearPart):
    """The sign-off kit, and who has signed."""

    title = "Who has signed"
    about = "Staff are told of the policy and sign, and you count what came back."
    purpose = SIGN_OFF_LISTS

    def page(self, query: Mapping[str, str], refused: Container[str] = ()) -> YearPage:
        """Return the kit to download, and who has signed. Raises PolicygenError."""
        try:
            version = version_on(self.profile.parent, self.on)
        except PolicygenError as error:
            not_yet = YearSection("Not yet", tuple(map(told, error.problems)))
            return YearPage(self.title, _SAYS, (not_yet,))
        kit = YearSection(
            "The sign-off kit",
            (
                f"Hand this out: a record of one page to sign for version {version}, up to five "
                "questions with their answers, and an empty list to fill in.",
            ),
            file="kit",
            formats=("zip",),
        )
        back = YearSection("Count what came back", held=self.held(), asked=(_FILES,), button="Read")
        found = (self._counted(),) if self.held() else ()
        return YearPage(self.title, _SAYS, (kit, back, *found))

    def send(self, typed: Mapping[str, str], files: SentFiles) -> dict[str, str]:
        """Hold lists that can be counted, or put one away. Raises PolicygenError."""
        if key := typed.get("away", ""):
            self.uploads.put_away(self.body.name, self.purpose, key)
        else:
            self.hold(files.get("file", ()), self._signed)
        return {}

    def file(self, name: str, ending: str, query: Mapping[str, str]) -> bytes | None:
        """Return the kit, or who has signed. Raises PolicygenError."""
        if (name, ending) == ("kit", "zip"):
            return zipped(sign_off_kit(self.profile, self.on, self.workspace).files)
        if name != "signed" or not self.held() or ending not in ("html", *_FORMATS):
            return None
        found, _ = self._signed()
        if ending == "csv":
            return sign_offs_to_csv(found)
        return writer(ending).write(sign_off_report(found))

    def _signed(self) -> tuple[SignOffFindings, tuple[Problem, ...]]:
        lists = tuple(self.uploads.of(self.body.name, self.purpose).values())
        return signed(self.profile, lists, self.on, self.workspace)

    def _counted(self) -> YearSection:
        try:
            found, notes = self._signed()
        except PolicygenError as error:  # a release is no more what it was when they were read
            return YearSection("They cannot be counted now", notes=error.problems)
        lead = sign_off_report(found, names=False).masthead.lead
        lines = (lead, "What you download has people’s names: keep it where only you can read it.")
        return YearSection("Who has signed by now", lines, notes, "signed", _FORMATS, shown=True)


_SAYS = (
    "Names are shown here and kept nowhere: the lists are forgotten when policygen ends. Whoever "
    "signed an earlier version signs anew only if a rule has changed since."
)
