"""Imprint: where a printed document comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Imprint:
    """Where a document comes from, so that a copy that comes back is known again.

    `policy` is the sha256 of the `policy.json` beside it, `organisation` the name of the folder.
    """

    policy: str
    organisation: str
    version: str
    edition: str
    tiers: tuple[str, ...]
    language: str  # BCP 47
    audience: str = ""  # of readers that the edition was cut for
