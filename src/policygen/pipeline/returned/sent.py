"""Which policy a copy was printed from: a release, or the policy as it stands today."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policygen.load.files import read_bytes
from policygen.load.records import RELEASES_FOLDER, read_every_record
from policygen.model.document.imprint import Imprint
from policygen.model.language import format_day
from policygen.model.policy import Policy, policy_digest, policy_to_json
from policygen.model.release.record import ReleaseRecord
from policygen.model.review.review import Sent
from policygen.problems import Location, Message, PolicygenError, Problem
from policygen.store.releases import Release, read_release

_LIMIT = 200_000_000  # bytes of a policy.json


@dataclass(frozen=True, slots=True)
class FoundSent:
    """The policy that a copy was printed from, and the folder of its release, if it is one."""

    sent: Sent
    policy: Policy
    release: Path | None = None
    suffix: str = ""  # of file names, for a further language

    def published(self, edition: str, audience: str) -> bytes | None:
        """Return the Word file of an edition as it was published, if the release keeps it.

        A release keeps whole editions, and no cut for an audience.
        """
        if self.release is None or audience:
            return None
        file = self.release / f"{edition}{self.suffix}.docx"
        return read_bytes(file, _LIMIT) if file.is_file() else None


def find_sent(profile_folder: Path, imprint: Imprint | None, today: Policy, copy: str) -> FoundSent:
    """Return what a copy was printed from, by the digest that it bears.

    Where no policy has that digest, it is today's, and not surely what was sent. Raises
    PolicygenError for a copy that was printed for another organisation, and for a release that was
    changed.
    """
    label = "the policy as it stands today"
    if imprint is None:
        return FoundSent(Sent(label, is_exact=False), today)
    record = _released(profile_folder, imprint.policy)
    if policy_digest(policy_to_json(today)) == imprint.policy:
        if record:
            label = f"{_named(record)}, which is what it says today"
        return FoundSent(Sent(label, is_exact=True), today)
    if record:
        folder = profile_folder / RELEASES_FOLDER / record.name
        release = read_release(profile_folder, record.name)
        return _found(Sent(_named(record), is_exact=True), folder, release, imprint.language)
    _require_own(imprint, profile_folder, copy)
    return FoundSent(Sent(label, is_exact=False), today)


def _released(profile_folder: Path, digest: str) -> ReleaseRecord | None:
    """Return the record of the newest release of a policy, by its digest, in any language."""
    for record in reversed(read_every_record(profile_folder)):
        if digest in _digests(profile_folder / RELEASES_FOLDER / record.name):
            return record
    return None


def _named(record: ReleaseRecord) -> str:
    """Return what a release is called: `version 1.0, approved, released on 2 November 2026`."""
    issued = record.handbook.issued if record.handbook else record.entry.issued
    day = format_day(issued, "en-GB")
    return f"version {record.name}, {record.entry.status}, released on {day}"


def _found(sent: Sent, folder: Path, release: Release, language: str) -> FoundSent:
    """Return a release in the language of the copy; the first language's files bear no tag."""
    for number, policy in enumerate(release.policies):
        if policy.language == language:
            return FoundSent(sent, policy, folder, f".{language}" if number else "")
    return FoundSent(sent, release.policies[0], folder)


def _digests(release: Path) -> set[str]:
    """Return the digest of a release's policy in each of its languages."""
    return {
        policy_digest(read_bytes(path, _LIMIT)) for path in sorted(release.glob("policy*.json"))
    }


def _require_own(imprint: Imprint, profile_folder: Path, copy: str) -> None:
    """Raise PolicygenError for a copy that another organisation's policy was printed as."""
    own = profile_folder.resolve().name
    if imprint.organisation and imprint.organisation != own:
        what = f"This was printed for {imprint.organisation}, and not for {own}."
        mend = Message(
            f"Name the profile that it belongs to: `policygen review {imprint.organisation} ...`.",
            on_page="Give it to the page Review of the policy that it belongs to.",
        )
        raise PolicygenError([Problem(what, mend, Location(copy), code="PG660")])
