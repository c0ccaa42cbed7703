"""The bookmarks that the writer set for the parts of a document, and what each stands for."""

from __future__ import annotations

from collections.abc import Iterable

from policygen.model.returned.copy import PartKind
from policygen.model.returned.known import KnownPart
from policygen.model.word.names import bookmark, bookmark_with_digest


def anchors_by_bookmark(anchors: Iterable[str]) -> dict[str, str]:
    """Return anchors by their bookmarks, in small letters: `law_records`."""
    return _by_name({anchor: anchor for anchor in anchors if anchor})


def anchors_by_number(parts: Iterable[KnownPart]) -> dict[str, str]:
    """Return the anchors of parts by the bookmarks of their numbers, in small letters."""
    return _by_name({f"number..{part.id}": part.id for part in parts if part.id})


def _by_name(anchors: dict[str, str]) -> dict[str, str]:
    """Two anchors may share a name, of which the later has the digest of its own in place."""
    names: dict[str, str] = {}
    for anchor, id in anchors.items():
        name = bookmark(anchor)
        names.setdefault(name.lower(), id)
        names.setdefault(bookmark_with_digest(name, anchor).lower(), id)
    return names


def parts_by_id(parts: Iterable[KnownPart]) -> dict[str, KnownPart]:
    """Return parts by their ids; what is both a clause and a section is the clause."""
    found: dict[str, KnownPart] = {}
    for part in parts:
        if part.id and (part.id not in found or part.kind is PartKind.CLAUSE):
            found[part.id] = part
    return found
