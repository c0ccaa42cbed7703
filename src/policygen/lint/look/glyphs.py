"""Characters that the documents' font has not, so that another font steps in for them."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import sha256
from typing import Any

from policygen.cache import LastingCache
from policygen.load.look.font import characters
from policygen.model.language import join_names
from policygen.model.policy import Policy
from policygen.problems import Level, Location, Problem
from policygen.write.writer import THEME

_FEW = 6  # characters that one warning names
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs"}  # spaces and signs that print nothing


class GlyphCache:
    """The characters that the last few themes' fonts have, by the fonts themselves."""

    def __init__(self, lasting: LastingCache | None = None) -> None:
        self.characters = lru_cache(maxsize=8)(self._characters)
        self._lasting = lasting

    def _characters(self, fonts: tuple[str, ...]) -> frozenset[str]:
        files = _files(fonts)
        if self._lasting is None:
            return _had(files)
        digests = " ".join(sha256(file).hexdigest() for file in files)
        return self._lasting.get(f"characters {digests}", lambda: _had(files))


def missing_glyphs(policy: Policy, cache: GlyphCache) -> Iterator[Problem]:
    """Yield a warning for each place with characters that any weight lacks, and lists them.

    A character is told once, at the first place in which it stands.
    """
    had = cache.characters(tuple(policy.theme.fonts.values()))
    first: dict[str, str] = {}
    for where, text in _texts(policy):
        for character in text:
            if character not in had and unicodedata.category(character) not in _UNSEEN:
                first.setdefault(character, where)
    font = policy.theme.family or "Public Sans"
    for where in dict.fromkeys(first.values()):
        lacking = [character for character, place in first.items() if place == where]
        stand = "stands" if len(lacking) == 1 else "stand"
        what = f"{font} has no {_listed(lacking)}, which {stand} in {where}."
        mend = (
            "Write it otherwise, or bring a font that has it (docs/add-your-own-look.md); "
            "else another steps in."
        )
        yield Problem(what, mend, Location(policy.profile.name), Level.WARNING, code="PG413")


def _listed(lacking: list[str]) -> str:
    """Return the first few characters with their numbers, and how many more there are."""
    shown = [f'"{one}" (U+{ord(one):04X})' for one in lacking[:_FEW]]
    more = len(lacking) - len(shown)
    return f"{', '.join(shown)} and {more} more" if more else join_names(shown)


def _files(fonts: tuple[str, ...]) -> list[bytes]:
    """Return all weights of the theme's font, or else of ours."""
    files = [base64.b64decode(font) for font in fonts]
    return files or [file.read_bytes() for file in sorted((THEME / "fonts").glob("*.ttf"))]


def _had(files: Iterable[bytes]) -> frozenset[str]:
    """Return the characters that all weights of a font have."""
    return frozenset.intersection(*map(characters, files))


def _texts(policy: Policy) -> Iterator[tuple[str, str]]:
    """Every text that a document may print, and where it stands."""
    for section in (policy.front, *policy.sections):
        for wording in section.parts.values():
            yield f"the section {section.id}", wording.text
        for clause in section.clauses:
            yield clause.id, clause.title.text
            yield clause.id, clause.label.text if clause.label else ""
            yield from ((clause.id, telling.wording.text) for telling in clause.tellings)
    yield from (
        (f"the source {source.id}", f"{source.title}{source.publisher}")
        for source in policy.sources
    )
    yield from ((f"the summary of {entry.version}", entry.summary) for entry in policy.history)
    for issue in policy.handbook_issues:
        yield f"the summary of {issue.name}", f"{issue.summary}{issue.changed_by}"
    yield from (("labels.yaml", label) for label in policy.outline.labels.values())
    yield from (("the profile", text) for text in _strings(policy.profile.model_dump()))


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _strings(value)
