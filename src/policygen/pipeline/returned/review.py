"""`policygen review`: what a copy that came back says, against what was sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from policygen.cache import BoundedCache
from policygen.load.files import given_file
from policygen.load.profile.profile import load_organisation
from policygen.load.returned.package.open import open_returned_bytes
from policygen.load.returned.package.refusal import COPY_LIMIT
from policygen.load.returned.reader import read_returned
from policygen.model.document import Document
from policygen.model.document.imprint import Imprint
from policygen.model.given_file import GivenFile
from policygen.model.policy import Policy
from policygen.model.returned.copy import ReturnedCopy
from policygen.model.review.review import Review
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.returned.given import open_copy
from policygen.pipeline.returned.sent import find_sent
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import present
from policygen.problems import PolicygenError, Problem
from policygen.review.review import SentFile, review_copy
from policygen.write.writer import writer


@dataclass(frozen=True, slots=True)
class ReadReview:
    """One copy as it was read: its Review, all that it says, what was sent, and how it was cut."""

    review: Review
    copy: ReturnedCopy
    sent: SentFile
    edition: str
    audience: str
    language: str


# What was read, by the profile, the digest of its organisation, and the file that came back.
ReviewCache: TypeAlias = BoundedCache[tuple[str, str, GivenFile], ReadReview]


def read_reviews(
    profile: Path,
    returned: Sequence[Path | GivenFile],
    workspace: Workspace,
    step: Callable[[str], None] = lambda name: None,
    cache: ReviewCache | None = None,
) -> tuple[ReadReview, ...]:
    """Read returned copies, each against what it was printed from and against what stands today.

    `step` is called with the name of each copy as its turn comes; `cache` holds what was read
    before. Raises PolicygenError with the
    Problems of all: for a profile that does not compose, for a file that is no sound Word file or a
    comment form, and for one that was printed for another organisation.
    """
    workspace = workspace.for_profile(profile)
    cache = ReviewCache(0) if cache is None else cache
    organisation = load_organisation(profile, workspace.library)
    policies = compose_organisation(organisation, workspace).policies
    sent = _SentFiles(profile.parent, policies, workspace)
    found: list[ReadReview] = []
    problems: list[Problem] = []
    for source in returned:
        step(source.name)
        try:
            given = given_file(source, COPY_LIMIT)
            key = (str(profile), organisation.digest, given)
            read = partial(_review, profile.parent, given, sent)
            found.append(cache.get(key, read))
        except PolicygenError as error:
            problems += error.problems
    if problems:
        raise PolicygenError(dict.fromkeys(problems))
    return tuple(found)


def _review(profile_folder: Path, given: GivenFile, sent: _SentFiles) -> ReadReview:
    file = open_copy(given, profile_folder.resolve().name)
    cut = sent.of(file.imprint, file.path)
    copy = read_returned(file, cut.file.document)
    said = review_copy(copy, given.name, cut.file, cut.today, cut.printed)
    return ReadReview(said, copy, cut.file, cut.edition, cut.audience, cut.today.language)


@dataclass(frozen=True, slots=True)
class _SentCut:
    """What copies of one edition were printed from, and the policy today, `printed` if need be."""

    file: SentFile
    today: Policy
    printed: Document | None
    edition: str
    audience: str


class _SentFiles:
    """What the copies of one run were printed from. Many come of one file, which is read once."""

    def __init__(
        self, profile_folder: Path, policies: Sequence[Policy], workspace: Workspace
    ) -> None:
        self._folder = profile_folder
        self._policies = policies
        self._prose = workspace.caches.prose
        self._read: dict[Imprint | None, _SentCut] = {}

    def of(self, imprint: Imprint | None, path: str) -> _SentCut:
        """Return what a copy was printed from. Raises PolicygenError as `find_sent` does."""
        if imprint not in self._read:
            self._read[imprint] = self._cut(imprint, path)
        return self._read[imprint]

    def _cut(self, imprint: Imprint | None, path: str) -> _SentCut:
        today = _in_language(self._policies, imprint)
        found = find_sent(self._folder, imprint, today, path)
        named = imprint.edition if imprint else ""
        edition = named if named in found.policy.outline.editions else _full_story(found.policy)
        audience = imprint.audience if imprint else ""
        document = present(found.policy, edition, self._prose, audience)
        data = found.published(edition) or writer("docx").write(document)
        copy = read_returned(open_returned_bytes(data, f"{edition}.docx"), document)
        printed = None if found.sent.is_exact else document
        if found.policy is not today and edition in today.outline.editions:
            printed = present(today, edition, self._prose, audience)
        sent = SentFile(found.sent, found.policy, document, copy)
        return _SentCut(sent, today, printed, edition, audience)


def _full_story(policy: Policy) -> str:
    """Return the edition that tells most: what is taken where a copy does not say its own."""
    editions = policy.outline.editions
    return next(key for key, one in editions.items() if one == policy.outline.full)


def _in_language(policies: Sequence[Policy], imprint: Imprint | None) -> Policy:
    """Return today's policy in the language of a copy, or else in the organisation's first."""
    language = imprint.language if imprint else ""
    return next((policy for policy in policies if policy.language == language), policies[0])
