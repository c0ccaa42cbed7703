"""manifest.json: what stands in an output folder, and what each build was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from policygen.load.files import read_regular
from policygen.problems import Level, Location, Problem
from policygen.store.files import File

MANIFEST = "manifest.json"
_SCHEMA = "policygen/manifest/1"
_LIMIT = 100_000_000  # bytes; of a thousand organisations it has about 15,000,000
_FILE_LIMIT = 200_000_000  # bytes of one document


@dataclass(frozen=True, slots=True)
class EarlierBuild:
    """The files of an earlier build that are still what a build would make, and its Problems."""

    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]


def manifest_file(
    out: Path,
    organisation: str,
    files: Iterable[File],
    profile_digest: str,
    library_digest: str,
    fingerprint: str = "",
    problems: Iterable[Problem] = (),
) -> File:
    """List what stands in an output folder, with this organisation's entries renewed.

    An entry says file, edition, audience, format, language, size in bytes and sha256; two digests
    say what it was made from. With a `fingerprint`, the build itself is noted too, for
    `unchanged_build`.
    Whoever writes the manifest holds the lock of `out` from before this call.
    """
    before = _read(out)
    files = tuple(files)
    entries = {file.path: _entry(file, profile_digest, library_digest) for file in files}
    whole = _whole_folders(files)
    earlier = {
        path: entry
        for path, entry in before.get("files", {}).items()
        if (out / path).is_file() and _folder(path) not in whole
    }
    builds = dict(before.get("builds", {}))
    builds.pop(organisation, None)
    if fingerprint:
        builds[organisation] = {
            "fingerprint": fingerprint,
            "files": list(entries),
            "problems": [_problem_data(problem) for problem in problems],
        }
    listed = {
        "schema": _SCHEMA,
        "files": _sorted({**earlier, **entries}),
        "builds": _sorted(builds),
    }
    return File(MANIFEST, (json.dumps(listed, indent=2, ensure_ascii=False) + "\n").encode())


def left_over(out: Path, files: Sequence[File]) -> tuple[Path, ...]:
    """Return what an earlier build put into the folders that `files` make whole, and these lack.

    A page that is no longer made would stay on a web server unseen.
    """
    whole = _whole_folders(files)
    made = {file.path for file in files}
    listed = _read(out).get("files", {})
    return tuple(out / path for path in listed if _folder(path) in whole and path not in made)


def _whole_folders(files: Iterable[File]) -> frozenset[str]:
    """Return the folders within an organisation's own: each holds what one build makes."""
    folders = {_folder(file.path) for file in files}
    return frozenset(folder for folder in folders if len(PurePosixPath(folder).parts) > 1)


def _folder(path: str) -> str:
    return str(PurePosixPath(path).parent)


def unchanged_build(out: Path, organisation: str, fingerprint: str) -> EarlierBuild | None:
    """Return the last build, if it had this fingerprint and its files are as they were."""
    if not fingerprint:
        return None
    try:
        listed = _read(out)
        build = listed["builds"][organisation]
        if build["fingerprint"] != fingerprint:
            return None
        for path in build["files"]:
            if not _is_as_listed(out, path, listed["files"][path]):
                return None
        paths = tuple(out / path for path in build["files"])
        return EarlierBuild(paths, tuple(map(_problem, build["problems"])))
    except (OSError, ArithmeticError, KeyError, TypeError, ValueError, AttributeError):
        return None  # it is not there, or somebody changed it


def _entry(file: File, profile_digest: str, library_digest: str) -> dict[str, Any]:
    return {
        "edition": file.edition or None,
        "audience": file.audience or None,
        "format": file.format or "json",
        "language": file.language,
        "bytes": len(file.data),
        "sha256": hashlib.sha256(file.data).hexdigest(),
        "profile": profile_digest,
        "library": library_digest,
    }


def _is_as_listed(out: Path, path: str, entry: Mapping[str, Any]) -> bool:
    """Tell whether a file of the output folder holds what its entry says. Raises OSError."""
    if PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts:
        return False
    data = read_regular(out / path, _FILE_LIMIT)
    return bool(hashlib.sha256(data).hexdigest() == entry["sha256"])


def _read(out: Path) -> dict[str, Any]:
    """Read an earlier manifest; an unreadable one is made anew, since it only repeats the files."""
    try:
        data = json.loads(read_regular(out / MANIFEST, _LIMIT))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or data.get("schema") != _SCHEMA:
        return {}
    is_sound = all(isinstance(data.get(key, {}), dict) for key in ("files", "builds"))
    return data if is_sound else {}


def _sorted(data: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(data.items()))


def _problem_data(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "what": problem.what,
        "mend": problem.mend,
        "level": problem.level.value,
        "path": problem.location.path,
        "line": problem.location.line,
        "column": problem.location.column,
        "field": list(problem.field),
    }


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
