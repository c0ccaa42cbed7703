"""The decision not to build: what has not changed since the last build is left as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError
from policygen.store.built.fingerprint import input_fingerprint
from policygen.store.built.manifest import Manifest
from policygen.store.built.unchanged import EarlierBuild, unchanged_build
from policygen.write.writer import default_formats


def build_fingerprint(
    profile: Path,
    workspace: Workspace,
    editions: Sequence[str] = (),
    formats: Sequence[str] = (),
    audience: str = "",
    *,
    site: bool = False,
) -> str:
    """The fingerprint of a build: of all that it is made from and of what is wanted of it.

    It is "" where anything is unreadable.
    """
    try:
        templates = workspace.templates_of(profile)
    except PolicygenError:
        return ""
    wanted = tuple(editions), tuple(formats or default_formats()), audience, site
    return input_fingerprint(profile, templates, wanted, workspace.caches.fingerprints)


def last_build(
    profile: Path, fingerprint: str, out: Path, manifest: Manifest
) -> EarlierBuild | None:
    """Return a profile's last build, if it had this fingerprint and its files are unchanged."""
    return unchanged_build(out, profile.resolve().parent.name, fingerprint, manifest)
