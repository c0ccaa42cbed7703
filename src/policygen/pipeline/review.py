"""`policygen review`: what a copy that came back says, against what was sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from policygen.load.profile.profile import load_organisation
from policygen.load.returned.package.open import ReturnedFile, open_returned, open_returned_bytes
from policygen.load.returned.reader import read_returned
from policygen.model.document.imprint import Imprint
from policygen.model.policy import Policy
from policygen.model.review.review import Review
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.released.sent import find_sent
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import present
from policygen.problems import PolicygenError, Problem
from policygen.review.review import SentFile, review_copy
from policygen.write.writer import writer


def review(
    profile: Path,
    returned: Sequence[Path],
    workspace: Workspace,
    step: Callable[[str], None] = lambda name: None,
) -> tuple[Review, ...]:
    """Read returned copies, each against what it was printed from and against what stands today.

    `step` is called with the name of each copy as its turn comes. Raises PolicygenError with the
    Problems of all: for a profile that does not compose, for a file that is no sound Word file, and
    for one that was printed for another organisation.
    """
    workspace = workspace.for_profile(profile)
    organisation = load_organisation(profile, workspace.library)
    policies = compose_organisation(organisation, workspace).policies
    found: list[Review] = []
    problems: list[Problem] = []
    for path in returned:
        step(path.name)
        try:
            found.append(_review(profile.parent, path, policies, workspace))
        except PolicygenError as error:
            problems += error.problems
    if problems:
        raise PolicygenError(problems)
    return tuple(found)


def _review(
    profile_folder: Path, path: Path, policies: Sequence[Policy], workspace: Workspace
) -> Review:
    file = open_returned(path)
    today = _in_language(policies, file.imprint)
    sent = _sent_file(profile_folder, file, today, workspace)
    return review_copy(read_returned(file, sent.document), path.name, sent, today)


def _sent_file(
    profile_folder: Path, file: ReturnedFile, today: Policy, workspace: Workspace
) -> SentFile:
    """Return what a copy was printed from: the file that its release keeps, or one printed anew."""
    found = find_sent(profile_folder, file.imprint, today, file.path)
    editions = found.policy.outline.editions
    named = file.imprint.edition if file.imprint else ""
    edition = named if named in editions else _full_story(found.policy)
    audience = file.imprint.audience if file.imprint else ""
    document = present(found.policy, edition, workspace.prose, audience)
    data = found.published(edition) or writer("docx").write(document)
    copy = read_returned(open_returned_bytes(data, f"{edition}.docx"), document)
    return SentFile(found.sent, found.policy, document, copy)


def _full_story(policy: Policy) -> str:
    """Return the edition that tells most: what is taken where a copy does not say its own."""
    editions = policy.outline.editions
    return next(key for key, one in editions.items() if one == policy.outline.full)


def _in_language(policies: Sequence[Policy], imprint: Imprint | None) -> Policy:
    """Return today's policy in the language of a copy, or else in the organisation's first."""
    language = imprint.language if imprint else ""
    return next((policy for policy in policies if policy.language == language), policies[0])
