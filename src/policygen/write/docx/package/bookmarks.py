"""Bookmarks: the names that stand for the anchors of a document, within the bounds of Word."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from policygen.write.docx.package.xml import xml_characters

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

_NAME_LENGTH = 40  # Word cuts longer bookmark names without a word
_TAG_LENGTH = 64  # and calls a file broken whose content control has a longer tag
_DIGEST_LENGTH = 8


class Bookmarks:
    """The anchors of one document and the bookmarks that stand for them, each name once."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}  # the bookmark of each anchor
        self._taken: set[str] = set()  # bookmarks in small letters
        self._placed: set[str] = set()  # anchors whose bookmark is set already
        self._staying: set[str] = set()  # anchors that deleted paragraphs leave to others
        self._unnamed: dict[Hashable, str] = {}  # anchors of what has none of its own

    def reserve(self, anchors: Iterable[str], staying: Iterable[str]) -> None:
        """Name every anchor before the body is written, so that a link can point forwards.

        A clause that has moved has its anchor twice, where it was and where it is: of the anchors
        that are `staying`, deleted paragraphs may not take the name.
        """
        for anchor in anchors:
            self.name_of(anchor)
        self._staying.update(staying)

    def known(self, anchor: str) -> bool:
        """Tell whether a link to this anchor leads anywhere."""
        return anchor in self._names

    def name_of(self, anchor: str) -> str:
        """Return the bookmark of an anchor: `law.records` is `law_records`."""
        if anchor not in self._names:
            name = bookmark(anchor)
            if name.lower() in self._taken:  # Word tells names apart without regard to case
                name = _with_digest(name, anchor)
            self._taken.add(name.lower())
            self._names[anchor] = name
        return self._names[anchor]

    def unnamed(self, thing: Hashable) -> str:
        """Return an anchor of our own for what has none, the same for equal things."""
        return self._unnamed.setdefault(thing, f"place_{len(self._unnamed) + 1}")

    def place(self, anchor: str, *, deleted: bool) -> str:
        """Return the bookmark to set here, or nothing: a name cannot stand twice in a document."""
        if not anchor or anchor in self._placed or (deleted and anchor in self._staying):
            return ""
        self._placed.add(anchor)
        return self.name_of(anchor)


def bookmark(anchor: str) -> str:
    """Return a valid bookmark name: letters, digits, underscores, a letter first, 40 at most."""
    name = re.sub("[^A-Za-z0-9_]", "_", anchor)
    if not name[:1].isalpha():
        name = f"b_{name}"  # a name that opens with an underscore is hidden
    if re.search(r"[^A-Za-z0-9_.-]", anchor):
        name = _with_digest(name, anchor)
    return _shortened(name, _NAME_LENGTH)


def control_tag(clause_id: str) -> str:
    """Return a clause's id as the tag of a content control, which holds 64 characters at most."""
    return _shortened(xml_characters(clause_id), _TAG_LENGTH)


def _with_digest(name: str, anchor: str) -> str:
    """End a name with the digest of its anchor, so that no other anchor has it."""
    return f"{name[: _NAME_LENGTH - _DIGEST_LENGTH - 1]}_{_digest(anchor)}"


def _shortened(characters: str, length: int) -> str:
    """Cut what is too long, and end it with a digest of the whole."""
    if len(characters) <= length:
        return characters
    return f"{characters[: length - _DIGEST_LENGTH - 1]}_{_digest(characters)}"


def _digest(characters: str) -> str:
    return sha256(characters.encode("utf-8", "replace")).hexdigest()[:_DIGEST_LENGTH]
