"""The part of the manifest that one build leaves in its body's folder: its files and its inputs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from policygen.load.files import read_regular
from policygen.problems import Problem
from policygen.store.files import File

PART = ".policygen-part.json"
_LIMIT = 10_000_000  # bytes; one has about ten thousand


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """What a build was made from: three digests."""

    profile: str
    library: str
    fingerprint: str = ""  # of all of it; "" for a build that is not whole


def part_file(
    name: str,
    files: Sequence[File],
    inputs: BuildInputs,
    problems: Iterable[Problem] = (),
    earlier: Mapping[str, Any] | None = None,
) -> File:
    """Return the part of a body's build, to be written in one step with its files.

    `earlier` is the part of a run that was killed before it could join its parts.

    An entry says edition, audience, format, language, size in bytes and sha256; two digests say
    what it was made from. With a fingerprint, the build itself is noted too, for
    `unchanged_build`.
    """
    entries = {file.path: _entry(file, inputs) for file in files}
    build = {
        "fingerprint": inputs.fingerprint,
        "files": list(entries),
        "problems": [_problem_data(problem) for problem in problems],
    }
    of_earlier = earlier["files"] if earlier else {}
    part = {"files": {**of_earlier, **entries}, "build": build if inputs.fingerprint else None}
    return File(f"{name}/{PART}", json.dumps(part, ensure_ascii=False).encode())


def read_part(out: Path, name: str) -> dict[str, Any] | None:
    """Read the part that a build of a body has left; None where there is none, or it is broken."""
    try:
        part = json.loads(read_regular(out / name / PART, _LIMIT))
        if all(body_folder(path) == name for path in part["files"]) and "build" in part:
            return dict(part)
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        pass
    return None


def body_folder(path: str) -> str:
    """Return the folder of the body that a path of the output folder belongs to."""
    return PurePosixPath(path).parts[0]


def whole_folders(paths: Iterable[str]) -> frozenset[str]:
    """Return the folders within a body's own that files stand in: one build makes each whole."""
    folders = {PurePosixPath(path).parent for path in paths}
    return frozenset(str(folder) for folder in folders if len(folder.parts) > 1)


def left_over(out: Path, listed: Iterable[str], made: Iterable[str]) -> tuple[Path, ...]:
    """Return what an earlier build put into the folders that this one makes whole, and it lacks.

    `listed` are the paths of earlier builds, `made` those of this one. A page that is no longer
    made would stay on a web server unseen.
    """
    made = set(made)
    whole = whole_folders(made)
    stays = (path for path in listed if path not in made)
    return tuple(out / path for path in stays if str(PurePosixPath(path).parent) in whole)


def _entry(file: File, inputs: BuildInputs) -> Mapping[str, Any]:
    return {
        "edition": file.edition or None,
        "audience": file.audience or None,
        "format": file.format or "json",
        "language": file.language,
        "bytes": len(file.data),
        "sha256": hashlib.sha256(file.data).hexdigest(),
        "profile": inputs.profile,
        "library": inputs.library,
    }


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
