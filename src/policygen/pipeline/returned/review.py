"""`policygen review`: what a copy that came back says, against what was sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeAlias

from policygen.cache import BoundedCache
from policygen.load.files import given_file
from policygen.load.returned.package.refusal import COPY_LIMIT
from policygen.load.returned.reader import read_returned
from policygen.model.given_file import GivenFile
from policygen.model.returned.copy import ReturnedCopy
from policygen.model.review.review import Review
from policygen.model.review.sent_file import SentFile
from policygen.pipeline.returned.given import open_copy
from policygen.pipeline.returned.sent_cuts import SentCuts
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem
from policygen.review.review import review_copy


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
    before. Raises PolicygenError with the Problems of all: for a profile that does not compose, for
    a file that is no sound Word file or a comment form, and for one that was printed for another
    organisation.
    """
    sent = SentCuts(profile, workspace)
    organisation = _digest(profile, workspace) if cache is not None else ""
    cache = ReviewCache(0) if cache is None else cache
    found: list[ReadReview] = []
    problems: list[Problem] = []
    names = Counter(one.name for one in returned)  # everybody may send back policy.docx
    for source in returned:
        step(source.name)
        try:
            given = given_file(source, COPY_LIMIT)
            if names[source.name] > 1:
                given = replace(given, name=given.shown)
            key = (str(profile), organisation, given)
            read = partial(_review, profile.parent, given, sent)
            found.append(cache.get(key, read))
        except PolicygenError as error:
            problems += error.problems
    if problems:
        raise PolicygenError(dict.fromkeys(problems))
    return tuple(found)


def _review(profile_folder: Path, given: GivenFile, sent: SentCuts) -> ReadReview:
    file = open_copy(given, profile_folder.resolve().name)
    cut = sent.of(file.imprint, file.path)
    copy = read_returned(file, cut.file.document)
    said = review_copy(copy, given.name, cut.file, cut.today, cut.printed)
    return ReadReview(said, copy, cut.file, cut.edition, cut.audience, cut.today.language)


def _digest(profile: Path, workspace: Workspace) -> str:
    """Return the digest of all that an organisation brings. Raises PolicygenError."""
    from policygen.load.profile.profile import load_organisation

    return load_organisation(profile, workspace.for_profile(profile).library).digest
