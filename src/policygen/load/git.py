"""The one door to git: what the repository around the working folder held at a revision.

A revision that somebody typed is resolved once; from then on git is asked for commits and files by
their ids. Files are copied out of the object database as they are: no filter, hook or attribute of
the repository runs. git is told never to ask, to page or to lock.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policygen.load.files import display_root, excerpt, reason
from policygen.load.git_names import is_relevant_link, is_wanted, leads_outside
from policygen.problems import Location, PolicygenError, Problem

_LIMIT = 20_000_000  # bytes that are read from one revision; a library has about 1,000,000
_SECONDS = 30
_DEEPEN = (
    "This copy of the repository lacks its older revisions: "
    "fetch them with `git fetch --unshallow --tags`."
)
# The id of one commit; for `^HEAD` git answers with the id of what is left out, after a ^.
_ID = re.compile("[0-9a-f]{40,64}")
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
    "GIT_ALLOW_PROTOCOL": "none",  # an older git would fetch, by a program of the repository
    "GIT_NO_REPLACE_OBJECTS": "1",  # an id is what it says
    "LC_ALL": "C",
}
# Settings of a stranger's repository that name programs to run.
_HARMLESS = (
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "protocol.allow=never"),
)
_LINK, _PLAIN = "120000", "100"  # modes of a tree's entries, the second as they begin


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit: as it was typed, its full and its short id, its day, its repository's folder."""

    name: str
    commit: str
    short: str
    day: date
    top: Path

    def path(self, path: Path) -> str | None:
        """Return where a path on disk lies in the repository, with /; None if it lies outside."""
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
    commit = _commit_id(name)
    if not _ID.fullmatch(commit):
        shallow = _text(_git("rev-parse", "--is-shallow-repository")) == "true"
        mend = "`git log --oneline` lists them. Write a tag, a branch, an id or HEAD~1."
        what = f'There is no git revision "{name}".'
        raise PolicygenError([Problem(what, _DEEPEN if shallow else mend, code="PG650")])
    answer = _text(_git("rev-list", "--max-count=1", "--format=%h %cs", commit))
    short, _, day = answer.splitlines()[-1].partition(" ")
    try:
        return Commit(name, commit, short, date.fromisoformat(day), top)
    except ValueError:  # a program other than git wrote the commit
        what = f"The commit {short} has no date that can be read."
        raise PolicygenError([Problem(what, "Use another revision.", code="PG652")]) from None


def _commit_id(name: str) -> str:
    """Return the id of a commit; another text where there is none."""
    if not name:
        return ""
    done = _run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return "" if done.returncode else _text(done.stdout)


def paths_at(at: Commit) -> tuple[str, ...]:
    """Return every file of a revision, from the top of the repository."""
    listed = _git("ls-tree", "-r", "-z", "--name-only", "--full-tree", at.commit)
    return tuple(os.fsdecode(path) for path in listed.split(b"\0")[:-1])


def contents_at(at: Commit) -> dict[str, str]:
    """Return the id of the contents of every file of a revision, by path from the top."""
    listed = _git("ls-tree", "-r", "-z", "--full-tree", at.commit)
    found: dict[str, str] = {}
    for line in listed.split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        found[os.fsdecode(name)] = head.split()[2].decode()
    return found


@contextmanager
def files_at(at: Commit, *folders: str) -> Iterator[Path]:
    """Copy some folders as they were to a temporary folder, yield that, and remove it.

    A folder is named from the top of the repository, "." being all of it. Meanwhile Problems and
    origins call them by revision, as in `HEAD~3:profiles/fenwick/law.md`. Raises PolicygenError.
    """
    entries = _entries(at, folders)
    with tempfile.TemporaryDirectory(prefix="policygen-", ignore_cleanup_errors=True) as folder:
        # A profile may lie at the top, and is called by the name of its folder.
        root = Path(folder).resolve() / (at.top.name or "repository")
        try:
            root.mkdir()
            _write_entries(at, entries, root)
        except OSError as error:
            folder = tempfile.gettempdir()
            what = f"The files of {at.name} cannot be copied to {folder}: {reason(error)}."
            mend = "Make room there, or set TMPDIR to another folder."
            raise PolicygenError([Problem(what, mend, code="PG653")]) from None
        with display_root(root, f"{at.name}:"):
            yield root


def _write_entries(at: Commit, entries: Sequence[_Entry], root: Path) -> None:
    """Write the files of a revision beneath a folder. Raises PolicygenError, and OSError."""
    for entry, data in zip(entries, _contents(at, entries), strict=True):
        file = (root / entry.path).resolve()
        if not file.is_relative_to(root):  # whatever its name is: nothing is written elsewhere
            raise PolicygenError([_unfit(at, entry.path)])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


def _entries(at: Commit, folders: Sequence[str]) -> list[_Entry]:
    """List the files of some folders, every one fit to be copied.

    Nothing of their contents is read yet.
    """
    narrowed = [] if "." in folders else ["--", *dict.fromkeys(folders)]
    listed = _git("ls-tree", "-r", "-z", "--long", "--full-tree", at.commit, *narrowed)
    entries: list[_Entry] = []
    problems: list[Problem] = []
    for line in listed.split(b"\0")[:-1]:
        head, _, name = line.partition(b"\t")
        mode, _, id, size = head.decode().split()
        path = os.fsdecode(name)
        if mode == _LINK and is_relevant_link(path, folders):
            problems.append(_link(at, path))
        elif not mode.startswith(_PLAIN) or not is_wanted(path, folders):
            continue  # a submodule, or a file that nobody reads
        elif leads_outside(path):
            problems.append(_unfit(at, path))
        elif not size.isdecimal():  # git says BAD
            problems.append(_missing(at, path))
        else:
            entries.append(_Entry(id, int(size), path))
    total = sum(entry.size for entry in entries)
    if total > _LIMIT:
        mend = (
            f"A library and a profile together stay under {_LIMIT:,}: "
            "name the folder of the profile alone."
        )
        what = f"These files have {total:,} bytes."
        problems.append(Problem(what, mend, Location(at.name), code="PG654"))
    if problems:
        raise PolicygenError(problems)
    return entries


def _link(at: Commit, path: str) -> Problem:
    what = "This is a link to another place, which is not followed at a revision."
    mend = "Use a revision that holds the files themselves."
    return Problem(what, mend, Location(f"{at.name}:{path}"), code="PG655")


def _unfit(at: Commit, path: str) -> Problem:
    what = "No file of a library can have this name."
    location = Location(f"{at.name}:{path}")
    return Problem(what, "Use another revision.", location, code="PG655")


def _missing(at: Commit, path: str) -> Problem:
    what = "This copy of the repository lacks the file, or holds it damaged."
    mend = "Fetch the repository anew, or use another revision."
    return Problem(what, mend, Location(f"{at.name}:{path}"), code="PG652")


def _contents(at: Commit, entries: Sequence[_Entry]) -> Iterator[bytes]:
    """Yield the bytes of some files, all read in one go."""
    ids = "".join(f"{entry.id}\n" for entry in entries)
    data = _git("cat-file", "--batch", stdin=ids.encode())
    start = 0
    for entry in entries:
        header = f"{entry.id} blob {entry.size}\n".encode()
        if not data.startswith(header, start):
            raise PolicygenError([_missing(at, entry.path)])
        start += len(header)
        yield data[start : start + entry.size]
        start += entry.size + 1


def is_kept_by_git(file: Path) -> bool:
    """Tell whether a file is, or would be, in version control: in a work tree, and not ignored.

    Where git is not there, nothing is.
    """
    folder = next(one for one in file.absolute().parents if one.is_dir())
    try:
        words = ("-C", str(folder), "check-ignore", "--quiet", "--", str(file.absolute()))
        done = _run(*words, literal=False)  # this one of git's commands refuses the setting
    except PolicygenError:
        return False
    return done.returncode == 1  # 0 is ignored, 128 is no work tree


def lines_changed_on(file: Path, first: int, last: int) -> date | None:
    """Return the day of the last commit that changed some lines of a file, counted from 1.

    None where nobody can say: outside of a repository, without git, or for a file never committed.
    """
    if not file.is_file():
        return None
    lines = f"-L{first},{last}:{file.name}"
    try:
        done = _run("-C", str(file.parent), "log", "-1", "--no-patch", "--format=%cs", lines)
        return date.fromisoformat(done.stdout.decode().strip())
    except (PolicygenError, ValueError):
        return None


def _git(*words: str, stdin: bytes = b"") -> bytes:
    """Return what git answers. Raises PolicygenError when it refuses."""
    done = _run(*words, stdin=stdin)
    if not done.returncode:
        return done.stdout
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    complaint = lines[0] if lines else "it does not say why"
    if "not a git repository" in complaint:
        what = f"This folder is not in a git repository: {Path.cwd()}."
        mend = (
            "Change to the folder of the repository. "
            "To compare policies, name a profile, a release or a policy.json: that needs no git."
        )
        raise PolicygenError([Problem(what, mend, code="PG651")])
    if "work tree" in complaint:
        what = "This is git's own folder, or a repository without files."
        raise PolicygenError([Problem(what, "Change to a folder of files.", code="PG651")])
    what = f"git cannot read this repository: {excerpt(complaint.removeprefix('fatal: '))}."
    raise PolicygenError([Problem(what, "Put that right first.", code="PG652")])


def _run(
    *words: str, stdin: bytes = b"", literal: bool = True
) -> subprocess.CompletedProcess[bytes]:
    """Run git. Raises PolicygenError where it is not there, or does not answer in time."""
    environment = {key: value for key, value in os.environ.items() if key not in _ELSEWHERE}
    environment |= {**_SANE, "GIT_LITERAL_PATHSPECS": str(int(literal))}
    command = ["git", "--no-pager", *_HARMLESS, *words]
    try:
        return subprocess.run(
            command, input=stdin, capture_output=True, env=environment, timeout=_SECONDS
        )
    except FileNotFoundError:
        what = "git is not installed, so no revision can be read."
        mend = "Install it, or name a profile, a release or a policy.json."
    except OSError as error:
        what = f"git cannot be run: {reason(error)}."
        mend = "Check the program that `git` leads to."
    except ValueError:
        what, mend = "No revision can have this name.", "Write a tag, a branch, an id or HEAD~1."
    except subprocess.TimeoutExpired:
        what = f"git has not answered in {_SECONDS} seconds."
        mend = "Try again when it is less busy."
    raise PolicygenError([Problem(what, mend, code="PG656")])


def _text(answer: bytes) -> str:
    return os.fsdecode(answer).strip("\n")
