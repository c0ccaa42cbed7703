"""What has changed on disk since a git revision, new and uncommitted files too.

Files are compared by the ids that git has for contents, so that no filter or attribute of the
repository runs. One that git rewrites as it lays it out, such as the ends of its lines, counts as
changed.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from pathlib import Path

from policygen.load import git

_SHA1_DIGITS = 40
_OWN_FOLDER = ".git"


class ChangesSince:
    """The files of a revision, to be compared with what stands in their folders now.

    Raises PolicygenError where git cannot list them.
    """

    def __init__(self, at: git.Commit) -> None:
        self._at = at
        self._ids = git.contents_at(at)
        self._paths = sorted(self._ids)

    def within(self, folder: Path) -> tuple[Path, ...] | None:
        """Return the files of a folder that are new, gone or other than they were.

        None for a folder outside of the repository, of which nobody can say.
        """
        top = self._at.path(folder)
        if top is None:
            return None
        prefix = "" if top == "." else f"{top}/"
        now = {
            prefix + file.relative_to(folder).as_posix(): file
            for file in folder.rglob("*")
            if file.is_file() and _OWN_FOLDER not in file.parts
        }
        every = sorted({*now, *self._beneath(prefix)})
        changed = (path for path in every if not self._is_as_it_was(path, now.get(path)))
        return tuple(folder / path.removeprefix(prefix) for path in changed)

    def _beneath(self, prefix: str) -> list[str]:
        """Return the paths of the revision that begin so."""
        first = bisect_left(self._paths, prefix)
        last = bisect_left(self._paths, prefix + "\U0010ffff")
        return self._paths[first:last]

    def _is_as_it_was(self, path: str, file: Path | None) -> bool:
        id = self._ids.get(path)
        if not file or not id:
            return False
        try:
            data = file.read_bytes()
        except OSError:  # whoever needs it will say so
            return False
        made = hashlib.sha1 if len(id) == _SHA1_DIGITS else hashlib.sha256
        return made(b"blob %d\0" % len(data) + data).hexdigest() == id
