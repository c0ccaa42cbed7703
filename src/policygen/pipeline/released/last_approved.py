"""The policy that was last approved, as it was frozen."""

from __future__ import annotations

from pathlib import Path

from policygen.load.records import read_records
from policygen.model.policy import Policy
from policygen.store.releases import read_release


def last_approved(profile_folder: Path, language: str) -> Policy | None:
    """Return the newest approved release in a language, or else in its first; None if none is.

    Raises PolicygenError for a release that cannot be read or was changed.
    """
    records = [one for one in read_records(profile_folder) if one.entry.status == "approved"]
    if not records:
        return None
    policies = read_release(profile_folder, records[-1].entry.version).policies
    return next((one for one in policies if one.language == language), policies[0])
