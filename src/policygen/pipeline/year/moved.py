"""A released version beside what today's library would make of the same facts and own words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from policygen.diff import differences
from policygen.load.profile.path import PROFILE_FILE
from policygen.model.policy import Policy
from policygen.model.year.moved import LibraryMove
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError
from policygen.store.freeze import SOURCES
from policygen.store.releases import Release
from policygen.year.moved import clause_moves, source_moves


def library_move(profile: Path, release: Release, workspace: Workspace) -> LibraryMove:
    """Compose what a release was made from with today's library, and compare.

    So nothing that the body itself has changed since is counted. That today's library gives it no
    policy is part of the answer. Raises PolicygenError for templates that cannot be read.
    """
    now = workspace.for_profile(profile)
    bound = now.with_library(now.library)
    before = release.policies[0]
    name, issued = release.record.name, _issued(release)
    if release.record.library_digest == now.library.digest:
        return LibraryMove(name, issued)
    try:
        today = _composed(release, before, bound)
    except PolicygenError as error:
        return LibraryMove(name, issued, fault=error.first.what)
    found = differences(before, today, workspace.caches.words)
    return LibraryMove(name, issued, clause_moves(found), source_moves(before, today))


def _issued(release: Release) -> date:
    """Return the day of a version, or of an issue of its handbook."""
    handbook = release.record.handbook
    return handbook.issued if handbook else release.record.entry.issued


def _composed(release: Release, before: Policy, workspace: Workspace) -> Policy:
    """Return what a release was made from as it would be today. Raises PolicygenError."""
    frozen = release.folder / SOURCES / PROFILE_FILE
    return compose_profile(frozen, workspace, before.language).policies[0]
