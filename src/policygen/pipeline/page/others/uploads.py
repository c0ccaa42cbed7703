"""Files that a browser sent: in memory only, within bounds, until the server ends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from policygen.cache import BoundedCache
from policygen.model.given_file import GivenFile
from policygen.pipeline.returned.review import ReviewCache
from policygen.problems import PolicygenError, Problem

_MOST_BYTES = 80_000_000  # of all that is remembered
_MOST_FILES = 60  # for one purpose of one policy
_MOST_READ = 20  # copies that are not read anew for every page
_LONGEST = 100  # characters of a name


@dataclass(slots=True)
class Uploads:
    """What was sent for each purpose of each policy, by a key that says nothing of its name.

    `reviews` are copies from Word that were read already.
    """

    reviews: ReviewCache = field(default_factory=lambda: BoundedCache(_MOST_READ))
    _files: dict[tuple[str, str], dict[str, GivenFile]] = field(default_factory=dict)

    def take(self, body: str, purpose: str, sent: Iterable[tuple[str, bytes]]) -> list[str]:
        """Remember files by the names and the bytes that came, and return their keys.

        One that is here already is not taken twice. Raises PolicygenError where none was chosen,
        and where it would be too many; then none is taken.
        """
        files = dict(self._files.get((body, purpose), {}))
        keys: list[str] = []
        for name, data in sent:
            if not data:
                continue
            key = hashlib.sha256(data).hexdigest()[:16]
            taken = {one.name for other, one in files.items() if other != key}
            files.setdefault(key, _named(clean_name(name), taken, data))
            keys.append(key)
        if not keys:
            what, mend = "No file was chosen, or it was empty.", "Choose the file, and send it."
            raise PolicygenError([Problem(what, mend, code="PG906")])
        others = (one for kept, one in self._files.items() if kept != (body, purpose))
        every = [*files.values(), *(file for kept in others for file in kept.values())]
        if len(files) > _MOST_FILES or sum(len(one.data) for one in every) > _MOST_BYTES:
            what = "These are more files than this page holds at once, so none was taken."
            mend = "Put away some that you have dealt with, or end policygen and begin again."
            raise PolicygenError([Problem(what, mend, code="PG906")])
        self._files[body, purpose] = files
        return keys

    def newest(self, body: str, purpose: str, sent: Iterable[tuple[str, bytes]]) -> GivenFile:
        """Return the one file for a purpose: what is sent now, or else what was sent last.

        Raises PolicygenError where there is none.
        """
        if chosen := [(name, data) for name, data in sent if data]:
            self.put_away(body, purpose)
            self.take(body, purpose, chosen[:1])
        kept = list(self.of(body, purpose).values())
        return kept[-1] if kept else one_file(())

    def of(self, body: str, purpose: str) -> dict[str, GivenFile]:
        """Return the files for one purpose of a policy, by their keys."""
        return dict(self._files.get((body, purpose), {}))

    def put_away(self, body: str, purpose: str, key: str = "") -> None:
        """Forget one file, or all of a purpose."""
        if key:
            self._files.get((body, purpose), {}).pop(key, None)
        else:
            self._files.pop((body, purpose), None)


def clean_name(name: str) -> str:
    """Return what a file is called: a name that a reader can see, without any folder."""
    last = PurePosixPath(name.replace("\\", "/")).name
    seen = " ".join("".join(c if c.isprintable() else " " for c in last).split())
    path = PurePosixPath(seen)
    stem, ending = path.stem.strip(". "), path.suffix
    return f"{stem[:_LONGEST] or 'file'}{ending[:12]}"


def sent_files(sent: Iterable[tuple[str, bytes]]) -> tuple[GivenFile, ...]:
    """Return files that were sent and are not remembered. Raises PolicygenError for none."""
    once = Uploads()
    once.take("", "", sent)
    return tuple(once.of("", "").values())


def one_file(sent: Iterable[tuple[str, bytes]]) -> GivenFile:
    """Return the one file that was sent. Raises PolicygenError for none, and for several."""
    files = sent_files(sent)
    if len(files) > 1:
        what, mend = "These are several files, and one is wanted.", "Choose that one alone."
        raise PolicygenError([Problem(what, mend, code="PG906")])
    return files[0]


def _named(name: str, taken: set[str], data: bytes) -> GivenFile:
    """Return a file under a name that no other bears: `lawyer.docx`, `lawyer (2).docx`."""
    path = PurePosixPath(name)
    names = (name, *(f"{path.stem} ({number}){path.suffix}" for number in range(2, 99)))
    free = next(one for one in names if one not in taken)
    return GivenFile(free, free, data)
