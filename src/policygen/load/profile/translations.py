"""A body's own translations of words that the library brings: `translations/<layer>/law.cy.md`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from policygen.load.files import display_path
from policygen.load.library.fragment import read_fragment
from policygen.load.own_folders import TRANSLATIONS_FOLDER, translation_files
from policygen.model.fragment import Fragment, Library
from policygen.problems import Location, PolicygenError, Problem, nearest

_MOST = 2_000  # files; a whole stack in ten languages has about half as many


def load_translations(folder: Path, library: Library) -> Mapping[str, tuple[Fragment, ...]]:
    """Read them, by the layer whose words they tell. Raises PolicygenError with every Problem."""
    files = translation_files(folder)
    if len(files) > _MOST:
        what = f"This folder holds {len(files):,} files, and at most {_MOST:,} are read."
        location = Location(display_path(folder / TRANSLATIONS_FOLDER))
        raise PolicygenError([Problem(what, "Take some out.", location, code="PG731")])
    problems: list[Problem] = []
    found: dict[str, tuple[Fragment, ...]] = {}
    for file in files:
        layer = file.parent.relative_to(folder / TRANSLATIONS_FOLDER).as_posix()
        faults = list(_place_faults(file, layer, library))
        problems += faults
        if faults:
            continue
        try:
            fragment = read_fragment(file, display_path(file), layer, library.outline)
        except PolicygenError as error:
            problems.extend(error.problems)
        else:
            found[layer] = (*found.get(layer, ()), fragment)
    if problems:
        raise PolicygenError(problems)
    return found


def _place_faults(file: Path, layer: str, library: Library) -> Iterable[Problem]:
    """Report a file that lies in no layer, or whose name holds no language but the source's."""
    location = Location(display_path(file), 1, 1)
    if layer not in library.layers:
        what = f'There is no layer "{layer}" that this could translate.'
        mend = nearest(layer, library.layers)
        yield Problem(what, mend, location, code="PG731")
    language = file.name.removesuffix(".md").partition(".")[2]
    if language in ("", library.source_language):
        what = "This is no translation: its name holds no other language."
        mend = "Name it like law.cy.md. Words of your own lie beside profile.yaml."
        yield Problem(what, mend, location, code="PG731")
