"""Which versions of a policy are or were out for comment, by their folders."""

from __future__ import annotations

from pathlib import Path

from policygen.model.release.record import VERSION, version_key

CONSULTATIONS_FOLDER, CONSULTATION_FILE = "consultations", "consultation.json"


def consultation_versions(profile_folder: Path) -> tuple[str, ...]:
    """Return the versions that are or were out for comment, oldest first."""
    root = profile_folder / CONSULTATIONS_FOLDER
    try:
        names = [path.name for path in root.iterdir() if (path / CONSULTATION_FILE).is_file()]
    except OSError:
        return ()
    return tuple(sorted(filter(VERSION.fullmatch, names), key=version_key))
