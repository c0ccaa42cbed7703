"""Whether a body's last build still stands: the same inputs, and files that are as they were."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from policygen.load.files import read_regular
from policygen.problems import Level, Location, Problem
from policygen.store.built.manifest import Manifest
from policygen.store.built.part import body_folder, read_part
from policygen.store.mark import digest_mark, file_mark

_FILE_LIMIT = 200_000_000  # bytes of one document


@dataclass(frozen=True, slots=True)
class EarlierBuild:
    """The files of an earlier build that are still what a build would make, and its Problems."""

    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]


def unchanged_build(
    out: Path, name: str, fingerprint: str, manifest: Manifest
) -> EarlierBuild | None:
    """Return a body's last build, if it had this fingerprint and its files are as they were.

    A part that a run has left, because it was killed, counts before the manifest.
    """
    if not fingerprint:
        return None
    part = read_part(out, name) or {}
    try:
        build = part.get("build") or manifest.builds[name]
        entries = {**manifest.files[name], **part.get("files", {})}
        if build["fingerprint"] != fingerprint:
            return None
        for path in build["files"]:
            if not _is_as_listed(out / path, entries[path]) or not _is_within(path, name):
                return None
        paths = tuple(out / path for path in build["files"])
        return EarlierBuild(paths, tuple(map(_problem, build["problems"])))
    except (OSError, ArithmeticError, KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None  # it is not there, or somebody changed it


def _is_within(path: str, name: str) -> bool:
    return body_folder(path) == name and ".." not in PurePosixPath(path).parts


def _is_as_listed(path: Path, entry: Mapping[str, Any]) -> bool:
    """Tell whether a file holds what its entry says. Raises OSError.

    One that bears the mark of these bytes is not read: ten thousand bodies have tens of gigabytes.
    """
    now = path.stat()
    if not stat.S_ISREG(now.st_mode) or now.st_size != entry["bytes"]:
        return False
    if file_mark(now) == digest_mark(entry["sha256"]):
        return True
    return bool(hashlib.sha256(read_regular(path, _FILE_LIMIT)).hexdigest() == entry["sha256"])


def _problem(data: Mapping[str, Any]) -> Problem:
    """Read a Problem back. Raises ValueError and the like where somebody changed it."""
    texts = [data[key] for key in ("code", "what", "mend", "path")]
    if not all(text.isprintable() for text in texts):  # it goes to a terminal
        raise ValueError("not printable")
    code, what, mend, path = texts
    location = Location(path, int(data["line"]), int(data["column"]))
    return Problem(
        what, mend, location, Level(data["level"]), code=code, field=tuple(data["field"])
    )
