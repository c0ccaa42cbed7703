"""A copy's imprint -> what it was printed from: composed, printed and read as a copy is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from policygen.compose.composer import unfilled_clauses
from policygen.load.profile.profile import load_organisation
from policygen.load.returned.package.open import open_returned_bytes
from policygen.load.returned.reader import read_returned
from policygen.model.document.imprint import Imprint
from policygen.model.fragment import Passage
from policygen.model.policy import Policy
from policygen.model.review.sent_file import SentCut
from policygen.pipeline.returned.sent import find_sent
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import present
from policygen.review.known_sent import known_sent
from policygen.write.writer import writer


def cut_sent(
    profile: Path,
    policies: Sequence[Policy],
    imprint: Imprint | None,
    path: str,
    workspace: Workspace,
) -> SentCut:
    """Return what the copy at `path` was printed from; `policies` are those of today.

    Raises PolicygenError as `find_sent` does.
    """
    today = _in_language(policies, imprint)
    found = find_sent(profile.parent, imprint, today, path)
    named = imprint.edition if imprint else ""
    edition = named if named in found.policy.outline.editions else _full_story(found.policy)
    audience = imprint.audience if imprint else ""
    prose = workspace.caches.prose
    document = present(found.policy, edition, prose, audience)
    data = found.published(edition, audience) or writer("docx").write(document)
    copy = read_returned(open_returned_bytes(data, f"{edition}.docx"), document)
    printed = None if found.sent.is_exact else document
    if found.policy is not today and edition in today.outline.editions:
        printed = present(today, edition, prose, audience)
    tiers = found.policy.outline.editions[edition].tiers
    passages = _passages(profile, tiers, workspace)
    sent = known_sent(found.sent, found.policy, document, copy, passages)
    return SentCut(sent, today, printed, edition, audience)


def _passages(
    profile: Path, tiers: Collection[str], workspace: Workspace
) -> dict[str, tuple[Passage, ...]]:
    """Return the unfilled words of each clause in which a template decides something, by its id.

    They are those of today, in the source language: what was sent and is no longer there, or is a
    translation, is not found among them.
    """
    workspace = workspace.for_profile(profile)
    organisation = load_organisation(profile, workspace.library)
    drafts = unfilled_clauses(workspace.library, organisation, workspace.caches.compose)
    found: dict[str, tuple[Passage, ...]] = {}
    for id, by_place in drafts.items():
        passages = {
            passage.location: passage
            for draft in by_place.values()
            for tier, told in draft.tellings.items()
            for passage in told
            if tier in tiers
        }
        if any("{%" in passage.text for passage in passages.values()):
            found[id] = tuple(passages.values())
    return found


def _full_story(policy: Policy) -> str:
    """Return the edition that tells most: what is taken where a copy does not say its own."""
    editions = policy.outline.editions
    return next(key for key, one in editions.items() if one == policy.outline.full)


def _in_language(policies: Sequence[Policy], imprint: Imprint | None) -> Policy:
    """Return today's policy in the language of a copy, or else in the organisation's first."""
    language = imprint.language if imprint else ""
    return next((policy for policy in policies if policy.language == language), policies[0])
