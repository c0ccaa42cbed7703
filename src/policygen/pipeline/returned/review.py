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
    found: list[ReadReview] = []
    problems: list[Problem] = []
    for source in returned:
        step(source.name)
        try:
            given = given_file(source, COPY_LIMIT)
            key = (str(profile), organisation.digest, given)
            read = partial(_review, profile.parent, given, policies, workspace)
            found.append(cache.get(key, read))
        except PolicygenError as error:
            problems += error.problems
    if problems:
        raise PolicygenError(dict.fromkeys(problems))
    return tuple(found)


def _review(
    profile_folder: Path,
    given: GivenFile,
    policies: Sequence[Policy],
    workspace: Workspace,
) -> ReadReview:
    file = open_copy(given, profile_folder.resolve().name)
    today = _in_language(policies, file.imprint)
    found = find_sent(profile_folder, file.imprint, today, file.path)
    named = file.imprint.edition if file.imprint else ""
    edition = named if named in found.policy.outline.editions else _full_story(found.policy)
    audience = file.imprint.audience if file.imprint else ""
    document = present(found.policy, edition, workspace.prose, audience)
    data = found.published(edition) or writer("docx").write(document)
    sent_copy = read_returned(open_returned_bytes(data, f"{edition}.docx"), document)
    sent = SentFile(found.sent, found.policy, document, sent_copy)
    printed = None if found.sent.is_exact else document
    if found.policy is not today and edition in today.outline.editions:
        printed = present(today, edition, workspace.prose, audience)
    copy = read_returned(file, document)
    said = review_copy(copy, given.name, sent, today, printed)
    return ReadReview(said, copy, sent, edition, audience, today.language)


def _full_story(policy: Policy) -> str:
    """Return the edition that tells most: what is taken where a copy does not say its own."""
    editions = policy.outline.editions
    return next(key for key, one in editions.items() if one == policy.outline.full)


def _in_language(policies: Sequence[Policy], imprint: Imprint | None) -> Policy:
    """Return today's policy in the language of a copy, or else in the organisation's first."""
    language = imprint.language if imprint else ""
    return next((policy for policy in policies if policy.language == language), policies[0])
