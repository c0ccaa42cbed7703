"""manifest.json: what stands in an output folder, and what each organisation's last build was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policygen.problems import Level, Place, Problem
from policygen.store.files import File

MANIFEST = "manifest.json"
_SCHEMA = "policygen/manifest/1"


@dataclass(frozen=True, slots=True)
class EarlierBuild:
    """The files of an earlier build that are still what a build would make, and what it had to say."""

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
    """The list of what stands in an output folder, this organisation's entries renewed, others kept.

    An entry says file, edition, format, language, size in bytes and sha256; two digests say what it was made
    from. With a `fingerprint`, the build itself is noted too, for `unchanged`.
    """
    entries = {
        file.path: {
            "edition": file.edition or None,
            "format": file.format or "json",
            "language": file.language,
            "bytes": len(file.data),
            "sha256": hashlib.sha256(file.data).hexdigest(),
            "profile": profile_digest,
            "library": library_digest,
        }
        for file in files
    }
    before = _read(out)
    kept = {
        path: entry for path, entry in before.get("files", {}).items() if (out / path).is_file()
    }
    builds = {
        name: build for name, build in before.get("builds", {}).items() if name != organisation
    }
    if fingerprint:
        said = [_told(problem) for problem in problems]
        builds[organisation] = {
            "fingerprint": fingerprint,
            "files": list(entries),
            "problems": said,
        }
    told = {"schema": _SCHEMA, "files": _sorted({**kept, **entries}), "builds": _sorted(builds)}
    return File(MANIFEST, (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode())


def unchanged_build(out: Path, organisation: str, fingerprint: str) -> EarlierBuild | None:
    """The last build, when it had this fingerprint and each of its files is still as it was written."""
    try:
        told = _read(out)
        build = told["builds"][organisation]
        entries = {path: told["files"][path] for path in build["files"]}
        whole = all(_sha256(out / path) == entry["sha256"] for path, entry in entries.items())
        if fingerprint and build["fingerprint"] == fingerprint and whole:
            return EarlierBuild(
                tuple(out / path for path in entries), tuple(map(_problem, build["problems"]))
            )
    except (
        OSError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
    ):  # it is not there, or somebody changed it
        pass
    return None


def _read(out: Path) -> dict[str, Any]:
    """What an earlier manifest says; an unreadable one is made anew, since it only repeats the files."""
    try:
        read = json.loads((out / MANIFEST).read_bytes())
        sound = read.get("schema") == _SCHEMA and all(
            isinstance(read.get(k, {}), dict) for k in ("files", "builds")
        )
        return dict(read) if sound else {}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sorted(data: dict[str, Any]) -> dict[str, Any]:
    return dict(sorted(data.items()))


def _told(problem: Problem) -> dict[str, Any]:
    place = {"path": problem.place.path, "line": problem.place.line, "column": problem.place.column}
    return {"what": problem.what, "mend": problem.mend, "level": problem.level.value, **place}


def _problem(told: dict[str, Any]) -> Problem:
    texts = [told[key] for key in ("what", "mend", "path")]
    if not all(text.isprintable() for text in texts):  # it goes to a terminal
        raise ValueError("not printable")
    place = Place(texts[2], int(told["line"]), int(told["column"]))
    return Problem(texts[0], texts[1], place, Level(told["level"]))
