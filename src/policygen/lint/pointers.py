"""Sentences that only point to another clause: where a body leaves that out, they lead nowhere.

A clause that every body needs is never left out without a document of the body's own, to which the
link then leads.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain

from policygen.markdown.braces import braces_of, mask
from policygen.model.fragment import ClauseLink, EditKind, Fragment, Layer, Library, Passage
from policygen.problems import Level, Location, Problem

_LINK, _MARK = "[]", "\0"  # any link to a clause in a sentence, and the one that is looked at
_CLAUSE_LINK = re.compile(r"\[[^\]]*\]\(#[\w.-]+\)")
# Of a cell, too, and before a list that a colon announces: a reading of sentences keeps these.
_SENTENCE_END = re.compile(r"\||(?<=[.!?:])\s+")
_AROUND = " \t-*_.!?:;"


class PointerCache:
    """What a library's own sentences point to, by the library."""

    def __init__(self) -> None:
        self.faults_in = lru_cache(maxsize=4)(_faults_in)


def pointer_faults(
    library: Library, own: Layer, left_out: Collection[str], cache: PointerCache
) -> Iterator[Problem]:
    """Yield a warning for each sentence that only points to a clause, and may stand without it.

    In the checked layers of the library that is any clause that some body may leave out; in an
    organisation's own words it is what this one has `left_out`.
    """
    yield from cache.faults_in(library)
    pattern = _pattern(library.style.pointers)
    yield from _in_layer(own, library.source_language, pattern, frozenset(left_out))


def _faults_in(library: Library) -> tuple[Problem, ...]:
    if not library.checked:
        return ()
    pattern = _pattern(library.style.pointers)
    optional = _optional_clauses(library, tuple(chain.from_iterable(library.layers.values())))
    language = library.source_language
    found = (_in_layer(layer, language, pattern, optional) for layer in library.checked)
    return tuple(chain.from_iterable(found))


def _pattern(pointers: Sequence[str]) -> re.Pattern[str] | None:
    """Return the pattern of a sentence that only points to a clause; None without `pointers`.

    In a pointer of the house style, such as "for * see []", the star stands for any words and the
    empty link for one link or several.
    """
    if not pointers:
        return None
    link = re.escape(_LINK)
    links = rf"{link}(?:(?:,| and| or)+ {link})*"
    any_words = re.escape("*")
    forms = [
        re.escape(pointer).replace(link, links).replace(any_words, ".*") for pointer in pointers
    ]
    return re.compile("|".join(forms), re.I)


def _optional_clauses(library: Library, layers: Sequence[Layer]) -> frozenset[str]:
    """Return the ids of all clauses that some body may leave out without more ado."""
    of_section = {
        fragment.section: fragment.grade
        for layer in layers
        for fragment in layer.fragments
        if fragment.grade
    }
    grades: dict[str, set[str]] = {}
    for layer in layers:
        for fragment in layer.fragments:
            for edit in fragment.edits:
                grades.setdefault(edit.id, set())
                grade = edit.grade or ""
                if edit.binding:
                    grade = library.outline.grades.binding
                elif edit.change is EditKind.ADD:
                    below = of_section.get(fragment.section)
                    grade = grade or below or library.outline.grades.default
                grades[edit.id].add(grade)
    needed = {library.outline.grades.binding, ""}
    return frozenset(id for id, found in grades.items() if not found <= needed)


def _in_layer(
    layer: Layer, language: str, pattern: re.Pattern[str] | None, optional: Collection[str]
) -> Iterator[Problem]:
    if pattern is None:
        return
    for fragment in layer.fragments:
        if fragment.language == language:
            yield from _in_fragment(fragment, pattern, optional)


def _in_fragment(
    fragment: Fragment, pattern: re.Pattern[str], optional: Collection[str]
) -> Iterator[Problem]:
    for edit in fragment.edits:
        for passage in edit.tellings.values():
            for link in passage.links:
                if link.id in optional and _only_points(passage, link, pattern):
                    what = f'"{edit.id}" has a sentence that only points to "{link.id}".'
                    mend = f"Put it between {{% if has('{link.id}') %}} and {{% endif %}}."
                    location = Location(
                        link.location.path, link.location.line, link.location.column
                    )
                    yield Problem(what, mend, location, Level.WARNING, code="PG718")


def _only_points(passage: Passage, link: ClauseLink, pattern: re.Pattern[str]) -> bool:
    """Tell whether a link's sentence says nothing else, and is printed without the clause too."""
    lines = passage.text.split("\n")
    number = next((n for n in range(len(lines)) if passage.line(n) == link.location.line), 0)
    at = link.location.column - 1  # within the link: where its address stands

    def masked(found: re.Match[str]) -> str:
        return _MARK if found.start() <= at < found.end() else _LINK

    sentences = _SENTENCE_END.split(_CLAUSE_LINK.sub(masked, lines[number]))
    mine = next((one for one in sentences if _MARK in one), "")
    said = " ".join("".join(mask([mine]).lines).replace(_MARK, _LINK).strip(_AROUND).split())
    if not pattern.fullmatch(said):
        return False
    return not _is_guarded(passage.text, (number, at), link.id)


def _is_guarded(text: str, at: tuple[int, int], id: str) -> bool:
    """Tell whether what stands at a line and column is printed only if the policy has a clause."""
    has = re.compile(rf"(?<!not )has\(\s*['\"]{re.escape(id)}['\"]\s*\)")
    branches: list[str] = []
    for brace in braces_of(text):
        if (brace.line, brace.column) >= at:
            break
        if brace.keyword in ("elif", "else", "endif") and branches:
            branches.pop()
        if brace.keyword in ("if", "elif", "else"):
            branches.append(brace.text)
    return any(has.search(one) and " or " not in one for one in branches)
