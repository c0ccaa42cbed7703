"""A profile's folder on disk -> Organisation, and where to look for it by name."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import reduce
from pathlib import Path
from types import MappingProxyType
from typing import Any

from policygen.load.files import display_path, normalise_text
from policygen.load.library import load_layer, load_library, read_files, shipped
from policygen.load.records import read_records
from policygen.load.theme import load_theme
from policygen.load.validate import validate_as
from policygen.load.yaml import Marked, parse_yaml, read_yaml
from policygen.model.fragment import Library, Organisation
from policygen.model.policy import HistoryEntry
from policygen.model.profile import LOGO_TYPES, Profile
from policygen.model.theme import PLAIN
from policygen.problems import Place, PolicygenError, Problem, nearest

FILE = "profile.yaml"
_LOGO_LIMIT = 2_000_000  # bytes


def find_profile(name: str) -> Path:
    """The profile's file for a folder, a file or a bare name. Raises PolicygenError with the known names."""
    given = Path(name)
    beside, packaged = Path("profiles"), shipped("profiles")
    candidates = [given, given / FILE]
    if given.name == name:
        candidates += [beside / name / FILE, packaged / name / FILE]
    for candidate in candidates:
        try:
            if candidate.is_file():
                return candidate
        except OSError:
            continue
    known = [p.parent.name for root in (beside, packaged) for p in root.glob(f"*/{FILE}")]
    raise PolicygenError([Problem(f'There is no profile "{name}".', nearest(name, known))])


def on_disk(name: str) -> bool:
    """Whether anything here or in ./profiles bears the name; a name too long for the disk is on no disk."""
    try:
        return Path(name).exists() or (Path("profiles") / name).exists()
    except (OSError, ValueError):
        return False


def known_profiles() -> dict[str, Path]:
    """Every profile in ./profiles and among the shipped examples; those beside come first."""
    found: dict[str, Path] = {}
    for root in (Path("profiles"), shipped("profiles")):
        for file in sorted(root.glob(f"*/{FILE}")):
            found.setdefault(file.parent.name, file)
    return found


def load_organisation(file: Path, library: Library, text: str | None = None) -> Organisation:
    """Read a profile, the organisation's own words and the records of its releases.

    `text` is read as if it stood in the profile's file. Raises PolicygenError with every Problem at once.
    """
    problems: list[Problem] = []
    folder = file.parent
    path = display_path(file)
    marked = read_yaml(file) if text is None else parse_yaml(normalise_text(text), path)
    history: tuple[HistoryEntry, ...] = ()
    marks = {at: Place(path, place.line, place.column) for at, place in marked.marks.items()}
    profile, layer, logo, theme = None, None, b"", PLAIN
    data = without_empty(marked.data)
    problems += _unknown_names(data, library, marks)
    try:
        profile = validate_as(Profile, Marked(data, marks, marked.text))
        logo = _logo(folder, profile, marks)
    except PolicygenError as error:
        problems += error.problems
    try:
        layer = load_layer(folder, "organisation", library.outline, own=True)
    except PolicygenError as error:
        problems += error.problems
    try:
        history = tuple(record.entry for record in read_records(folder))
    except PolicygenError as error:
        problems += error.problems
    try:
        theme = load_theme(folder)
    except PolicygenError as error:
        problems += error.problems
    if problems or profile is None or layer is None:
        raise PolicygenError(problems)
    digest = hashlib.sha256(
        marked.text.encode() + logo + (repr(theme).encode() if theme != PLAIN else b"")
    )
    for own in read_files(folder):
        digest.update(own.name.encode() + b"\0" + own.read_bytes())
    name = folder.resolve().name
    read_in = Organisation(
        name, path, profile, MappingProxyType(marks), layer, logo, digest.hexdigest(), theme=theme
    )
    return reduce(with_release, history, read_in)


def with_release(organisation: Organisation, entry: HistoryEntry) -> Organisation:
    """The organisation with one more release: its documents print it, so its digest tells of it."""
    digest = hashlib.sha256(f"{organisation.digest}\0{entry!r}".encode()).hexdigest()
    return replace(organisation, history=(*organisation.history, entry), digest=digest)


def profile_schema() -> dict[str, object]:
    """The JSON Schema of a profile, with the names that the shipped library knows."""
    schema: dict[str, Any] = Profile.model_json_schema()
    library = load_library()
    for key in ("kind", "jurisdiction", "posture"):
        schema["properties"][key]["enum"] = list(library.names(key))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def without_empty(data: Any) -> Any:
    """Leave out keys without a value: an empty line means that nobody has said it yet."""
    if isinstance(data, dict):
        return {key: without_empty(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [without_empty(value) for value in data]
    return data


def _unknown_names(data: Any, library: Library, marks: dict[Any, Place]) -> list[Problem]:
    """Kinds, jurisdictions and postures are folders of the library, so that adding one touches no code."""
    postures = data.get("postures")
    postures = postures if isinstance(postures, dict) else {}
    chosen: list[tuple[tuple[str, ...], Any, str]] = [
        *(((rung,), data.get(rung), rung) for rung in ("kind", "jurisdiction", "posture")),
        *((("postures", section), name, "posture") for section, name in postures.items()),
    ]
    problems = [
        Problem(f'There is no {rung} "{name}".', nearest(name, library.names(rung)), marks[at])
        for at, name, rung in chosen
        if isinstance(name, str) and name not in library.names(rung)
    ]
    kind, jurisdiction = data.get("kind"), data.get("jurisdiction")
    named = isinstance(kind, str) and isinstance(jurisdiction, str) and not problems
    if named and not library.exists(kind, jurisdiction):
        problems.append(replace(no_such_body(library, kind, jurisdiction), place=marks[("kind",)]))
    sections = library.outline.sections
    problems += [
        Problem(
            f'There is no section "{section}".',
            nearest(section, sections),
            marks[("postures", section, "")],
        )
        for section in postures
        if section not in sections
    ]
    return problems


def no_such_body(library: Library, kind: str, jurisdiction: str) -> Problem:
    """Nobody could publish a policy for a kind of body that the place does not have."""
    there = [name for name in library.names("kind") if library.exists(name, jurisdiction)]
    what = f'A body of the kind "{kind}" does not exist in the jurisdiction "{jurisdiction}".'
    mend = f"It does in {', '.join(library.only(kind))}. Choose one of these, or another kind: {', '.join(there)}."
    return Problem(what, mend)


def _logo(folder: Path, profile: Profile, marks: dict[Any, Place]) -> bytes:
    """The logo's bytes, from the profile's own folder only: a profile may come from a stranger."""
    if not profile.brand.logo:
        return b""
    place = marks[("brand", "logo")]
    file = (folder / profile.brand.logo).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise _refused(
            "The logo lies outside the profile's folder.", "Copy it beside profile.yaml.", place
        )
    return read_logo(file, f'"{profile.brand.logo}" beside the profile', place)


def read_logo(file: Path, name: str, place: Place) -> bytes:
    """The bytes of a picture that can be a logo; `name` says in quotes which and where. Raises PolicygenError."""
    if file.suffix.lower() not in LOGO_TYPES:
        raise _refused("The logo is neither an SVG nor a PNG.", "Save it as one of the two.", place)
    try:
        if file.stat().st_size > _LOGO_LIMIT:
            raise _refused("The logo is larger than 2 MB.", "Save a smaller one.", place)
        return file.read_bytes()
    except OSError:
        raise _refused(f"There is no file {name}.", "Check its name.", place) from None


def _refused(what: str, mend: str, place: Place) -> PolicygenError:
    return PolicygenError([Problem(what, mend, place)])
