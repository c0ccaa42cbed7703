"""The one door to git: what the repository around the working folder held at a revision.

A revision that somebody typed is resolved once; from then on git is asked for commits and files by their
ids. Files are copied out of the object database as they are: no filter, hook or attribute of the
repository runs. git is told never to ask, to page or to lock.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policygen.load.files import display_root
from policygen.load.git_names import is_relevant_link, is_wanted, leads_outside
from policygen.problems import Place, PolicygenError, Problem

_LIMIT = 20_000_000  # bytes of all the files that are read from one revision; a library has about 1,000,000
_SECONDS = 30
_DEEPEN = "This copy of the repository lacks its older revisions: fetch them with `git fetch --unshallow --tags`."
_ID = re.compile(
    "[0-9a-f]{40,64}"
)  # one commit's; of `^HEAD` git gives the id of what is left out, after a ^
_ELSEWHERE = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_NAMESPACE",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_PREFIX",
)
_SANE = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_PAGER": "cat",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: as somebody typed it, its full and its short id, its day, and the folder of its repository."""

    name: str
    commit: str
    short: str
    day: date
    top: Path

    def path(self, path: Path) -> str | None:
        """Where a path on disk lies in the repository, with strokes (/); None if it lies outside."""
        inside = path.resolve()
        return inside.relative_to(self.top).as_posix() if inside.is_relative_to(self.top) else None


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    size: int
    path: str


def revision(name: str) -> Commit:
    """Resolve what somebody typed: a tag, a branch, `HEAD~3`, an id. Raises PolicygenError."""
    top = Path(_text(_git("rev-parse", "--show-toplevel"))).resolve()
    found = (
        _run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        if name
        else None
    )
    commit = _text(found.stdout) if found and not found.returncode else ""
    if not _ID.fullmatch(commit):
        shallow = _text(_git("rev-parse", "--is-shallow-repository")) == "true"
        mend = "`git log --oneline` lists them. Write a tag, a branch, an id or HEAD~1."
        raise _refusal(f'There is no git revision "{name}".', _DEEPEN if shallow else mend)
    said = _text(_git("rev-list", "--max-count=1", "--format=%h %cs", commit)).splitlines()[-1]
    short, _, day = said.partition(" ")
    try:
        return Commit(name, commit, short, date.fromisoformat(day), top)
    except ValueError:  # a program other than git wrote the commit
        raise _refusal(
            f"The commit {short} has no date that can be read.", "Use another revision."
        ) from None


def paths_at(at: Commit) -> tuple[str, ...]:
    """Every file of a revision, from the top of the repository."""
    listed = _git("ls-tree", "-r", "-z", "--name-only", "--full-tree", at.commit)
    return tuple(os.fsdecode(path) for path in listed.split(b"\0")[:-1])


@contextmanager
def files_at(at: Commit, *folders: str) -> Iterator[Path]:
    """Those folders as they were, beneath the path that is given; they are gone again at the end.

    A folder is named from the top of the repository, "." being all of it. Meanwhile Problems and origins call
    them by revision, as in `HEAD~3:profiles/fenwick/law.md`. Raises PolicygenError.
    """
    entries = _entries(at, folders)
    with tempfile.TemporaryDirectory(prefix="policygen-", ignore_cleanup_errors=True) as folder:
        root = Path(folder).resolve() / (
            at.top.name or "repository"
        )  # a profile may lie at the top
        try:
            root.mkdir()
            for entry, data in zip(entries, _contents(entries), strict=True):
                file = (root / entry.path).resolve()
                if not file.is_relative_to(
                    root
                ):  # whatever its name is: nothing is written elsewhere
                    raise PolicygenError([_unfit(at, entry.path)])
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            what = f"The files of {at.name} cannot be copied to {tempfile.gettempdir()}: {reason}."
            raise _refusal(what, "Make room there, or set TMPDIR to another folder.") from None
        with display_root(root, f"{at.name}:"):
            yield root


def _entries(at: Commit, folders: Sequence[str]) -> list[_Entry]:
    """The files of some folders, every one fit to be copied. Nothing of their contents is read yet."""
    narrowed = [] if "." in folders else ["--", *dict.fromkeys(folders)]
    listed = _git("ls-tree", "-r", "-z", "--long", "--full-tree", at.commit, *narrowed)
    entries: list[_Entry] = []
    problems: list[Problem] = []
    for line in listed.split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        mode, _, id, size = head.decode().split()
        path = os.fsdecode(name)
        if mode == "120000" and is_relevant_link(path, folders):
            what = "This is a link to another place, which is not followed at a revision."
            mend = "Use a revision that holds the files themselves."
            problems.append(Problem(what, mend, Place(f"{at.name}:{path}")))
        elif not mode.startswith("100") or not is_wanted(path, folders):
            continue
        elif leads_outside(path):
            problems.append(_unfit(at, path))
        else:
            entries.append(_Entry(id, int(size), path))
    if (total := sum(entry.size for entry in entries)) > _LIMIT:
        mend = f"A library and a profile together stay under {_LIMIT:,}: name the folder of the profile alone."
        problems.append(Problem(f"These files have {total:,} bytes.", mend, Place(at.name)))
    if problems:
        raise PolicygenError(problems)
    return entries


def _unfit(at: Commit, path: str) -> Problem:
    return Problem(
        "No file of a library can have this name.",
        "Use another revision.",
        Place(f"{at.name}:{path}"),
    )


def _contents(entries: Iterable[_Entry]) -> Iterator[bytes]:
    data, at = _git("cat-file", "--batch", given="".join(f"{e.id}\n" for e in entries).encode()), 0
    for entry in entries:
        at = data.index(b"\n", at) + 1  # past the line that repeats the id and the size
        yield data[at : at + entry.size]
        at += entry.size + 1


def _git(*words: str, given: bytes = b"") -> bytes:
    """What git answers. Raises PolicygenError when it refuses."""
    done = _run(*words, given=given)
    if not done.returncode:
        return done.stdout
    said = done.stderr.decode(errors="replace").strip().splitlines() or ["it does not say why"]
    if "not a git repository" in said[0]:
        mend = (
            "Change to the folder of the repository, or name a profile, a release or a policy.json."
        )
        raise _refusal(f"This folder is not in a git repository: {Path.cwd()}.", mend)
    if "work tree" in said[0]:
        raise _refusal(
            "This is git's own folder, or a repository without files.",
            "Change to a folder of files.",
        )
    raise _refusal(
        f"git cannot read this repository: {said[0].removeprefix('fatal: ')}.",
        "Put that right first.",
    )


def _run(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if key not in _ELSEWHERE} | _SANE
    try:
        return subprocess.run(
            ["git", "--no-pager", *words],
            input=given,
            capture_output=True,
            env=environment,
            timeout=_SECONDS,
        )
    except FileNotFoundError:
        mend = "Install it, or name a profile, a release or a policy.json."
        raise _refusal("git is not installed, so no revision can be read.", mend) from None
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise _refusal(
            f"git cannot be run: {reason}.", "Check the program that `git` leads to."
        ) from None
    except subprocess.TimeoutExpired:
        raise _refusal(
            f"git has not answered in {_SECONDS} seconds.", "Try again when it is less busy."
        ) from None


def _text(answer: bytes) -> str:
    return os.fsdecode(answer).strip("\n")


def _refusal(what: str, mend: str) -> PolicygenError:
    return PolicygenError([Problem(what, mend)])
