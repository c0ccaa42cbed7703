"""What was sent for comment: the release of a consultation, and each of its files as it was."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policygen.load.consultation.words import load_consultation_words
from policygen.load.files import read_bytes
from policygen.load.returned.package.open import ReturnedFile, open_returned_bytes
from policygen.load.returned.reader import read_returned
from policygen.model.consultation.words import FormWords
from policygen.model.document.imprint import Imprint
from policygen.model.policy import Policy, policy_digest, policy_to_json
from policygen.model.review.review import Review, Sent
from policygen.model.review.sent_file import SentFile
from policygen.pipeline.returned.review import ReadReview
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import present
from policygen.problems import Location, Message, PolicygenError, Problem
from policygen.review.collation.proposal import with_proposal
from policygen.review.known_sent import known_sent
from policygen.review.review import review_copy
from policygen.store.releases import read_release
from policygen.write.writer import writer

_LIMIT = 200_000_000  # bytes of a published file


class SentRelease:
    """The release that a consultation is about; each of its Word files is read once."""

    def __init__(self, profile_folder: Path, version: str, workspace: Workspace) -> None:
        release = read_release(profile_folder, version)
        self.version = version
        self.organisation = profile_folder.resolve().name
        self.policies = release.policies
        self.order = tuple(clause.id for clause in self.policies[0].clauses())
        self._folder = release.folder
        self._workspace = workspace
        self._digests = {policy_digest(policy_to_json(one)) for one in self.policies}
        self._sent: dict[tuple[str, str, str], SentFile] = {}

    @property
    def forms(self) -> tuple[FormWords, ...]:
        """The words of the form in each language in which it may have been sent."""
        languages = dict.fromkeys((*(one.language for one in self.policies), "en"))
        roots = self._workspace.templates
        return tuple(load_consultation_words(roots, language).form for language in languages)

    @property
    def clauses(self) -> Mapping[str, str]:
        """The id of each clause by its id, and by the number that was printed for it."""
        every = [clause for clause in self.policies[0].clauses() if clause.number]
        return {c.id: c.id for c in self.policies[0].clauses()} | {c.number: c.id for c in every}

    def review(self, file: ReturnedFile) -> Review:
        """Read a copy against what was sent, whatever stands today.

        Raises PolicygenError for a copy of another body or another version, or of no policy.
        """
        self._require_ours(file.imprint, file.path)
        sent = self._sent_file(file.imprint)
        copy = read_returned(file, sent.document)
        return review_copy(copy, file.path, sent, sent.policy)

    def proposed(self, clause: str, words: str, file: str) -> ReadReview | None:
        """Return what a form proposes as a copy would say it: words over those that it resembles.

        None where nobody surely knows which.
        """
        sent = self._sent_file(None)
        copy = with_proposal(sent.copy, clause, words)
        if copy is None:
            return None
        review = review_copy(copy, file, sent, sent.policy)
        edition = _full_story(sent.policy)
        return ReadReview(review, copy, sent, edition, "", sent.policy.language)

    def _require_ours(self, imprint: Imprint | None, path: str) -> None:
        if imprint is None or imprint.policy in self._digests:
            return
        is_ours = imprint.organisation in ("", self.organisation)
        of = f"version {imprint.version or '(none)'}" if is_ours else imprint.organisation
        if is_ours and imprint.version == self.version:
            of += ", printed with other words than its release has"
        what = f"This is a copy of {of}; out for comment is {self.organisation}@{self.version}."
        raise PolicygenError([wrong_version(what, path)])

    def _sent_file(self, imprint: Imprint | None) -> SentFile:
        policy = self._policy(imprint)
        editions = policy.outline.editions
        edition = imprint.edition if imprint and imprint.edition in editions else ""
        edition = edition or _full_story(policy)
        audience = imprint.audience if imprint else ""
        key = (policy.language, edition, audience)
        if key not in self._sent:
            self._sent[key] = self._read(policy, edition, audience)
        return self._sent[key]

    def _policy(self, imprint: Imprint | None) -> Policy:
        language = imprint.language if imprint else ""
        return next((one for one in self.policies if one.language == language), self.policies[0])

    def _read(self, policy: Policy, edition: str, audience: str) -> SentFile:
        document = present(policy, edition, self._workspace.caches.prose, audience)
        suffix = "" if policy is self.policies[0] else f".{policy.language}"
        published = self._folder / f"{edition}{suffix}.docx"
        is_kept = published.is_file() and not audience
        data = read_bytes(published, _LIMIT) if is_kept else writer("docx").write(document)
        copy = read_returned(open_returned_bytes(data, f"{edition}.docx"), document)
        label = f"version {self.version}, consultation"
        return known_sent(Sent(label, is_exact=True), policy, document, copy)


def _full_story(policy: Policy) -> str:
    editions = policy.outline.editions
    return next(key for key, one in editions.items() if one == policy.outline.full)


def wrong_version(what: str, path: str) -> Problem:
    """Return the Problem of a copy or a form that belongs to another consultation."""
    mend = Message(
        "Collate it with the consultation that it belongs to: --version, or another profile.",
        on_page="Collate it with the consultation that it belongs to.",
    )
    return Problem(what, mend, Location(path), code="PG688")
