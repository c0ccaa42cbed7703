"""A policy beside another: which ones there are, and the change report of the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from policygen.load.profile.profile import load_organisation
from policygen.load.records import read_records
from policygen.model.given_file import GivenFile
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.diff import Comparison, changes_document, compare_subjects
from policygen.pipeline.names.subject import (
    Subject,
    existing_subject,
    file_subject,
    json_subject,
    release_subject,
)
from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.others.entry import choice_field, files_field
from policygen.pipeline.page.others.uploads import Uploads
from policygen.pipeline.page.profiles import Listed
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError
from policygen.report.changes.finding import differences_finding
from policygen.write.writer import writer

REPORT_FORMATS = ("html", "pdf", "docx", "md")


_PURPOSE = "compare"
OTHER_FILE = files_field(
    ("file",),
    "A policy.json, or an old policy",
    "A policy.json is what policygen makes beside the documents. "
    "An old policy is one on which you decided already.",
)


@dataclass(frozen=True, slots=True)
class OtherSide:
    """A policy that this one can be compared with, under a key that is no path."""

    key: str
    title: str
    group: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """What the page shows: the field to choose in, what is chosen, and how much differs."""

    choose: FormField
    side: OtherSide | None
    line: str
    file: FormField = OTHER_FILE
    formats: tuple[str, ...] = REPORT_FORMATS

    def fields(self) -> tuple[FormField, ...]:
        """Return every field of the page."""
        return self.choose, self.file


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A policy, and all that it can be compared with; `listed` reads the other profiles."""

    body: Listed
    listed: Callable[[], Sequence[Listed]]
    uploads: Uploads
    workspace: Workspace

    @property
    def sent(self) -> Mapping[str, GivenFile]:
        """The files that were sent, by their keys."""
        return self.uploads.of(self.body.name, _PURPOSE)

    def sides(self) -> Iterator[OtherSide]:
        """Yield each: its releases first, then what was sent.

        Raises PolicygenError for a release that cannot be read.
        """
        for number, record in enumerate(reversed(read_records(self.body.file.parent))):
            entry = record.entry
            last = "The last release, " if number == 0 else "Release "
            title = f"{last}{entry.version} ({entry.status}, {entry.issued})"
            yield OtherSide(f"release.{entry.version}", title, "")
        for key, file in self.sent.items():
            yield OtherSide(f"file.{key}", file.name, "A file that you gave")
        library = self.workspace.for_profile(self.body.file).library
        for name in library.names("posture"):
            title = next(library.above("posture", name)).title
            yield OtherSide(f"posture.{name}", title, "In another posture")
        for one in self.listed():
            if one.name != self.body.name:
                group = "An example" if one.is_example else "In this folder"
                yield OtherSide(f"body.{one.name}", one.title, group)

    def side(self, key: str) -> OtherSide | None:
        """Return the one of a key, or None."""
        return next((one for one in self.sides() if one.key == key), None)

    def page(self, key: str) -> ComparePage:
        """Return what the page shows, with one chosen. Raises PolicygenError."""
        side = self.side(key)
        return ComparePage(self.field(key), side, self.line(side) if side else "")

    def field(self, chosen: str) -> FormField:
        """Return the field to choose one in."""
        titles = {one.key: f"{one.group}: {one.title}".removeprefix(": ") for one in self.sides()}
        first = {} if chosen in titles else {"": "Choose one"}
        return choice_field(("other",), "Compare it with", {**first, **titles}, chosen)

    def take(self, sent: Iterable[tuple[str, bytes]]) -> str:
        """Remember a file, and return its key as a side.

        Raises PolicygenError for what cannot be compared; then it is not remembered.
        """
        key = f"file.{self.uploads.take(self.body.name, _PURPOSE, sent)[0]}"
        try:
            self.compare(OtherSide(key, "", ""))
        except PolicygenError:
            self.uploads.put_away(self.body.name, _PURPOSE, key.removeprefix("file."))
            raise
        return key

    def compare(self, other: OtherSide) -> Comparison:
        """Compare the policy with another; in another posture, how it would be with how it is.

        Raises PolicygenError for one that does not compose or cannot be read.
        """
        kind, _, name = other.key.partition(".")
        ours = file_subject(self.body.title, self.body.file, self.workspace)
        if kind == "posture":
            theirs = _in_posture(self.body.file, name, ours, self.workspace)
            return compare_subjects(ours, theirs, self.workspace)
        return compare_subjects(self._subject(other, kind, name), ours, self.workspace)

    def _subject(self, other: OtherSide, kind: str, name: str) -> Subject:
        own = self.body.file
        if kind == "release":
            return release_subject(other.title, own.parent, name, self.workspace)
        if kind == "body":
            file = next(one.file for one in self.listed() if one.name == name)
            return file_subject(other.title, file, self.workspace)
        if self.sent[name].ending == ".json":
            return json_subject(other.title, self.sent[name], self.workspace)
        return existing_subject(other.title, self.sent[name], [own], self.workspace)

    def line(self, other: OtherSide) -> str:
        """Return in a sentence how much tells the two apart. Raises PolicygenError."""
        found = self.compare(other)
        first, second = found.labels
        return f"{differences_finding(found.differences)} First: {first}. Second: {second}."

    def report(self, key: str, format: str) -> bytes | None:
        """Return the change report; None for a format or a policy that there is not."""
        other = self.side(key)
        if other is None or format not in REPORT_FORMATS:
            return None
        document = changes_document(self.compare(other), format, self.workspace.caches.prose)
        return writer(format).write(document)


def _in_posture(file: Path, posture: str, ours: Subject, workspace: Workspace) -> Subject:
    """Return a policy as it would be in a posture. Raises PolicygenError."""
    own = workspace.for_profile(file)
    organisation = load_organisation(file, own.library)
    profile = organisation.profile.model_copy(update={"posture": posture})
    changed = replace(organisation, profile=profile)
    policy = compose_organisation(changed, own, ours.policy.language).policies[0]
    layer = next(own.library.above("posture", posture))
    return replace(ours, label=f"{ours.label}, if its posture were: {layer.title}", policy=policy)
