"""A profile's folder on disk -> Organisation."""

from __future__ import annotations

import errno
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from policygen.load.files import (
    display_path,
    name_fault,
    normalise_text,
    read_regular,
    real_path,
)
from policygen.load.library.layer import load_layer
from policygen.load.library.library import load_library
from policygen.load.library.on_disk import read_files
from policygen.load.look.picture import picture_fault
from policygen.load.look.theme import load_theme
from policygen.load.own_folders import links_out, translation_files
from policygen.load.profile.choices import several_choices, unknown_choices
from policygen.load.profile.translations import load_translations
from policygen.load.profile.unread import unread_warnings
from policygen.load.records import read_every_record
from policygen.load.yaml.comments import lost_values
from policygen.load.yaml.reader import Marked, parse_yaml, read_yaml, without_empty
from policygen.load.yaml.validate import validate_as
from policygen.model.address import url_host
from policygen.model.fragment import Library, Organisation
from policygen.model.profile import LOGO_TYPES, Profile
from policygen.model.release.history import HandbookIssue, HistoryEntry
from policygen.model.theme import PLAIN, Theme
from policygen.problems import Level, Location, PolicygenError, Problem

_Value = TypeVar("_Value")
_LOGO_LIMIT = 2_000_000  # bytes
_PUBLIC_ADDRESSES = ("website", "complaints")  # facts that anybody in the world follows


def load_organisation(file: Path, library: Library, text: str | None = None) -> Organisation:
    """Read a profile, the organisation's own words and the records of its releases.

    `text` is read as if it stood in the profile's file. Raises PolicygenError with every Problem at
    once; what does not stop it is in the organisation's `warnings`.
    """
    folder, path = file.parent, display_path(file)
    if fault := name_fault(folder):
        raise PolicygenError([fault])
    if outside := tuple(links_out(folder)):
        raise PolicygenError(outside)  # nothing of what they lead to is read, or quoted
    written = read_yaml(file) if text is None else parse_yaml(normalise_text(text), path)
    warnings = tuple(lost_values(written))
    filled = Marked(without_empty(written.data), written.marks, written.text)
    marked, problems_of_several = several_choices(filled, library)
    problems = [*problems_of_several, *unknown_choices(marked, library)]
    profile = _attempt(problems, lambda: validate_as(Profile, marked))
    logo = _attempt(problems, lambda: _logo(folder, profile, marked)) if profile else None
    layer = _attempt(
        problems, lambda: load_layer(folder, "organisation", library.outline, own=True)
    )
    records = _attempt(problems, lambda: read_every_record(folder))
    theme = _attempt(problems, lambda: load_theme(folder))
    translations = _attempt(problems, lambda: load_translations(folder, library)) or {}
    if problems or profile is None or layer is None or records is None or theme is None:
        raise PolicygenError((*problems, *warnings))
    logo = logo or b""
    organisation = Organisation(
        folder.resolve().name,
        path,
        profile,
        MappingProxyType(dict(marked.marks)),
        layer,
        logo,
        _digest(folder, profile, logo, theme),
        theme=theme,
        warnings=(*warnings, *_private_addresses(profile, marked), *unread_warnings(folder)),
        translations=translations,
    )
    for record in records:
        if record.handbook:
            organisation = with_handbook_issue(organisation, record.handbook)
        else:
            organisation = with_release(organisation, record.entry)
    return organisation


def with_release(organisation: Organisation, entry: HistoryEntry) -> Organisation:
    """Return the organisation with one more release, which its documents print."""
    digest = hashlib.sha256(f"{organisation.digest}\0{entry!r}".encode()).hexdigest()
    return replace(organisation, history=(*organisation.history, entry), digest=digest)


def with_handbook_issue(organisation: Organisation, issue: HandbookIssue) -> Organisation:
    """Return the organisation with one more issue of its handbook, which its documents print."""
    digest = hashlib.sha256(f"{organisation.digest}\0{issue!r}".encode()).hexdigest()
    issues = (*organisation.handbook_issues, issue)
    return replace(organisation, handbook_issues=issues, digest=digest)


def profile_schema() -> dict[str, object]:
    """Return the JSON Schema of a profile, with the names that the shipped library knows."""
    schema: dict[str, Any] = Profile.model_json_schema()
    library = load_library()
    for key in ("kind", "posture"):
        schema["properties"][key]["enum"] = list(library.names(key))
    # A key without a value is a fact that nobody has given yet.
    schema["properties"]["extent"]["enum"] = [*library.outline.grades.extents, None]
    one, several = schema["properties"]["jurisdiction"]["anyOf"]
    one["enum"] = list(library.names("jurisdiction"))
    several |= {"items": dict(one), "minItems": 1, "uniqueItems": True}
    services = {name for layer in chain(*library.layers.values()) for name in layer.examples}
    # An organisation may have one of its own.
    schema["properties"]["services"]["items"] = {
        "anyOf": [{"enum": sorted(services)}, {"type": "string"}]
    }
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _attempt(problems: list[Problem], read: Callable[[], _Value]) -> _Value | None:
    """Return what `read` returns, or None with its Problems added to the list."""
    try:
        return read()
    except PolicygenError as error:
        problems.extend(error.problems)
        return None


def _digest(folder: Path, profile: Profile, logo: bytes, theme: Theme) -> str:
    """Return the sha256 of all that the organisation brings.

    The profile counts by its facts, however they are typed.
    """
    facts = profile.model_dump_json(exclude_defaults=True)
    digest = hashlib.sha256(facts.encode() + logo)
    if theme != PLAIN:
        digest.update(repr(theme).encode())
    for file in read_files(folder):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    for file in translation_files(folder):
        name = file.relative_to(folder).as_posix()
        digest.update(name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _private_addresses(profile: Profile, marked: Marked) -> Iterator[Problem]:
    """Yield a warning for each address for the public that only a network of its own can find."""
    for key in _PUBLIC_ADDRESSES:
        host = url_host(getattr(profile, key) or "").rstrip(".")
        if host and "." not in host and ":" not in host:
            what = f'{key}: only your own network knows a site called "{host}".'
            mend = "Give the address that the public can open, like https://www.fenwick.example."
            location = marked.marks[(key,)]
            yield Problem(what, mend, location, Level.WARNING, code="PG112", field=(key,))


def _logo(folder: Path, profile: Profile, marked: Marked) -> bytes:
    """Return the logo's bytes; empty without a logo. Raises PolicygenError.

    It must lie in the profile's own folder, links resolved: a profile may come from a stranger.
    """
    if not profile.brand.logo:
        return b""
    location = marked.marks[("brand", "logo")]
    file = real_path(folder / profile.brand.logo)
    if not file.is_relative_to(real_path(folder)):
        raise _no_logo(
            "The logo lies outside the profile's folder.", "Copy it beside profile.yaml.", location
        )
    return read_logo(file, f'"{profile.brand.logo}" beside the profile', location)


def read_logo(file: Path, name: str, location: Location) -> bytes:
    """Return the bytes of a picture that every format can print; raises PolicygenError.

    `name` says in quotes which file it is, and where.
    """
    media_type = LOGO_TYPES.get(file.suffix.lower())
    if media_type is None:
        raise _logo_fault(
            "The logo is neither an SVG nor a PNG.", "Save it as one of the two.", location
        )
    try:
        data = read_regular(file, _LOGO_LIMIT)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise _logo_fault(
                "The logo is larger than 2 MB.", "Save a smaller one.", location
            ) from None
        raise _no_logo(f"There is no file {name}.", "Check its name.", location) from None
    if fault := picture_fault(data, media_type):
        raise _logo_fault(*fault, location)
    return data


def _logo_fault(what: str, mend: str, location: Location) -> PolicygenError:
    """Return the error of a logo that cannot be printed."""
    return PolicygenError([Problem(what, mend, location, code="PG411", field=("brand", "logo"))])


def _no_logo(what: str, mend: str, location: Location) -> PolicygenError:
    """Return the error of a logo that is not where the profile says."""
    return PolicygenError([Problem(what, mend, location, code="PG410", field=("brand", "logo"))])
