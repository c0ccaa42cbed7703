"""What was saved on the page, undone again: the last save first, and never over another's work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from policygen.load.files import display_path, read_regular
from policygen.load.own_folders import TRANSLATIONS_FOLDER
from policygen.pipeline.released.saves import (
    SavedFile,
    UndoableSave,
    digest_of,
    read_saves,
    saves_file,
)
from policygen.problems import Location, PolicygenError, Problem
from policygen.store.files import File, remove_files, write_files
from policygen.store.lock import folder_locks
from policygen.store.ready import refuse_example

_SAVED = (".yaml", ".md", ".svg", ".png")  # what the page writes into a body's own folder
_LIMIT = 2_000_000  # bytes; no file that the page writes is larger
_CODE = "PG907"


@contextmanager
def undoable(profile: Path, what: str) -> Iterator[None]:
    """Remember what is written into a body's folder within the block, so that it can be undone.

    `what` is told to whoever may undo it. A disk that has no room for the record still has what was
    saved: then only that cannot be undone.
    """
    folder = profile.parent
    with folder_locks([folder]):
        before = _files(folder)
        yield
        after = _files(folder)
        changed = [
            SavedFile(name, before.get(name), digest_of(after.get(name)))
            for name in {**before, **after}
            if before.get(name) != after.get(name)
        ]
        if changed:
            saves = [*read_saves(folder), UndoableSave(what, tuple(changed))]
            with suppress(PolicygenError):
                write_files([saves_file(saves)], folder)


def last_save(profile: Path) -> UndoableSave | None:
    """Return the save that would be undone next, or None."""
    saves = _not_undone(profile.parent)
    return saves[-1] if saves else None


def undo_save(profile: Path, key: str) -> str:
    """Bring back what each file of the last save was, and return what that save was of.

    Raises PolicygenError where another save came after the one of this key, or where somebody else
    changed one of its files since; then nothing is changed.
    """
    refuse_example(profile)
    folder = profile.parent
    with folder_locks([folder]):
        saves = _not_undone(folder)
        if not saves or saves[-1].key != key:
            what = "This is not the last thing that was saved, so nothing was undone."
            mend = "Look at what the button says now, and press it again."
            raise PolicygenError([Problem(what, mend, Location(display_path(profile)), code=_CODE)])
        last = saves[-1]
        if changed := [one.name for one in last.files if not _is_known(folder, one)]:
            raise PolicygenError(_changed_since(folder / name) for name in changed)
        back = [File(one.name, one.before) for one in last.files if one.before is not None]
        # The record comes last: whoever is killed before it can undo the rest again.
        write_files(back, folder)
        remove_files(folder / one.name for one in last.files if one.before is None)
        write_files([saves_file(saves[:-1])], folder)
    return last.what


def _not_undone(folder: Path) -> tuple[UndoableSave, ...]:
    """Return the saves but those behind which all stands as it was before them."""
    saves = read_saves(folder)
    while saves and all(_now(folder, one) == digest_of(one.before) for one in saves[-1].files):
        saves = saves[:-1]
    return saves


def _is_known(folder: Path, saved: SavedFile) -> bool:
    """Tell whether a file is as the save left it, or as it was before."""
    return _now(folder, saved) in (saved.after, digest_of(saved.before))


def _now(folder: Path, saved: SavedFile) -> str:
    return digest_of(_read(folder / saved.name))


def _files(folder: Path) -> dict[str, bytes]:
    """Return what a body's folder holds of what the page may write, by its path there."""
    translated = (folder / TRANSLATIONS_FOLDER).rglob("*.md")
    paths = sorted(path for path in (*folder.iterdir(), *translated) if path.suffix in _SAVED)
    found = {path.relative_to(folder).as_posix(): _read(path) for path in paths}
    return {name: data for name, data in found.items() if data is not None}


def _read(path: Path) -> bytes | None:
    try:
        return read_regular(path, _LIMIT)
    except OSError:
        return None


def _changed_since(path: Path) -> Problem:
    what = "Somebody else changed this file after it was saved here, so nothing was undone."
    mend = "Open the page on which you saved it, and put it right there."
    return Problem(what, mend, Location(display_path(path)), code=_CODE)
