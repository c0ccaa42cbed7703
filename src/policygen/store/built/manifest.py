"""manifest.json: every file that stands in an output folder, and what each build was made from.

A build leaves a part in its body's folder (`part.py`), so that many are built side by side. At the
end of a run the parts become entries of the manifest, and go.
"""

from __future__ import annotations

import errno
import json
import os
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias

from policygen.load.files import read_regular
from policygen.problems import PolicygenError
from policygen.store.built.part import PART, body_folder, read_part, whole_folders
from policygen.store.files import File, unwritable, write_files
from policygen.store.lock import LOCK_FILE, folder_locks

MANIFEST = "manifest.json"
_SCHEMA = "policygen/manifest/1"
_LIMIT = 400_000_000  # bytes; of ten thousand bodies it has about 70,000,000

Entries: TypeAlias = dict[str, Any]  # by path


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is listed of an output folder: the entries of its files, and builds, each by body."""

    files: defaultdict[str, Entries]
    builds: dict[str, Any]

    def renew(self, out: Path, name: str, part: Entries) -> None:
        """Put what a build has made in place of what it made anew, and of what is gone."""
        made: Entries = part["files"]
        whole = whole_folders(made)
        earlier = {
            path: entry
            for path, entry in self.files[name].items()
            if str(PurePosixPath(path).parent) not in whole and (out / path).is_file()
        }
        self.files[name] = {**earlier, **made}
        self.builds.pop(name, None)
        if part["build"]:
            self.builds[name] = part["build"]

    def to_json(self, out: Path) -> bytes:
        """Return it as a file, sorted, a line for each entry; of files that are there."""
        entries = {path: entry for one in self.files.values() for path, entry in one.items()}
        there = {path: entry for path, entry in entries.items() if (out / path).is_file()}
        files, builds = (_lines(listed) for listed in (there, self.builds))
        return f'{{"schema": "{_SCHEMA}",\n"files": {files},\n"builds": {builds}}}\n'.encode()


def read_manifest(out: Path) -> Manifest:
    """Read a manifest; an unreadable one is empty, since it only repeats the files."""
    files: defaultdict[str, Entries] = defaultdict(dict)
    try:
        data = json.loads(read_regular(out / MANIFEST, _LIMIT))
        if data["schema"] != _SCHEMA:
            return Manifest(files, {})
        for path, entry in data["files"].items():
            files[body_folder(path)][path] = entry
        return Manifest(files, dict(data["builds"]))
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return Manifest(defaultdict(dict), {})


def require_place_for_manifest(out: Path) -> None:
    """Raise PolicygenError where a folder stands in its place, before anything is built."""
    path = out / MANIFEST
    if path.is_dir():
        error = IsADirectoryError(errno.EISDIR, "it is a folder")
        raise PolicygenError([unwritable(error, path)])


def renew_manifest(out: Path) -> None:
    """Make the parts that builds have left entries of the manifest. Raises PolicygenError.

    Parts of a run that was killed are among them, and what else it left goes. Where there is
    nothing of that, the manifest stays as it is.
    """
    names = _with(PART, out)
    left = [out / name for name in _with(LOCK_FILE, out)]
    if not names and not left and not (out / LOCK_FILE).exists():
        return
    with folder_locks([out]):  # from reading the manifest until it is renewed
        if names:
            _join(names, out)
        for folder in left:
            with folder_locks([folder]):  # which clears it
                pass


def _join(names: Iterable[str], out: Path) -> None:
    manifest = read_manifest(out)
    parts = {name: part for name in names if (part := read_part(out, name))}
    for name, part in parts.items():
        manifest.renew(out, name, part)
    write_files([File(MANIFEST, manifest.to_json(out))], out)
    for name, part in parts.items():
        with folder_locks([out / name]):
            if read_part(out, name) == part:  # else another run has built it meanwhile
                with suppress(OSError):
                    (out / name / PART).unlink()


def _with(file: str, out: Path) -> list[str]:
    """Return the bodies in whose folder a build has left a file of this name."""
    if not out.is_dir():
        return []
    with os.scandir(out) as found:
        return sorted(one.name for one in found if os.path.isfile(os.path.join(one.path, file)))


def _lines(listed: Entries) -> str:
    quoted = partial(json.dumps, ensure_ascii=False)
    lines = (f"{quoted(key)}: {quoted(listed[key])}" for key in sorted(listed))
    return "{\n" + ",\n".join(lines) + "\n}" if listed else "{}"
