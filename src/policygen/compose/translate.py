"""The languages of a policy: which words stand beside the source language's, and where they are lacking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policygen.compose.stack import Stack, select_stack
from policygen.model.fragment import Edit, EditKind, Fragment, Layer, Library, Organisation, Passage
from policygen.model.language import subtag
from policygen.problems import Level, Problem


def supported_languages(
    library: Library, organisation: Organisation
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The profile's languages that the library has words for, and a warning for each that it has not.

    When it has words for none, the policy is in the source language.
    """
    stack = select_stack(library, organisation)
    source = library.source_language
    wanted = organisation.profile.languages or (source,)
    supplied = tuple(tag for tag in wanted if words_for(stack, tag, source))
    built = ", ".join(supplied) or source
    in_library = ", ".join(sorted({source, *_languages_of(stack)}))
    problems = tuple(
        Problem(
            f'The library has no words in "{tag}" yet: the policy is built in {built}.',
            f"It has words in {in_library}. Add translations beside the fragments, "
            f"such as law.{subtag(tag)}.md (docs/writing-words.md), or leave it.",
            organisation.place(("languages", number)),
            Level.WARNING,
            code="PG319",
            field=("languages", number),
        )
        for number, tag in enumerate(wanted)
        if tag not in supplied
    )
    return supplied or (source,), problems


def words_for(stack: Stack, language: str, source_language: str) -> str:
    """The language of the library's words nearest to a tag: itself, its first subtag, or none ("")."""
    if subtag(language) == subtag(source_language):
        return source_language
    known = _languages_of(stack)
    return next((tag for tag in (language, subtag(language)) if tag in known), "")


def _languages_of(stack: Stack) -> set[str]:
    """Return the languages of all translations in a stack."""
    fragments = (fragment for layer in stack.layers for fragment in layer.fragments)
    return {fragment.language for fragment in fragments if fragment.language}


def translated(edit: Edit, translation: Fragment | None) -> Edit | None:
    """The edit in the words of a translation, or None where those do not tell all that it tells."""
    words = next((e for e in translation.edits if e.id == edit.id), None) if translation else None
    if words is None and not edit.tellings and edit.change in (EditKind.EXTEND, EditKind.REMOVE):
        return edit  # it says nothing
    if words is None or any(tier not in words.tellings for tier in edit.tellings):
        return None
    return replace(
        edit, title=words.title, tellings={tier: words.tellings[tier] for tier in edit.tellings}
    )


def beside(stack: Stack, section: str, language: str, layer: Layer) -> Fragment | None:
    """A layer's translation of one section."""
    return next((f for at, f in stack.fragments(section, language) if at is layer), None)


def heads(stack: Stack, section: str, source: str, words: str) -> Iterator[tuple[str, Passage]]:
    """The title and the slip of a section, lowest layer first, each in the wanted words where it has them."""
    for layer, fragment in stack.fragments(section, source):
        translation = beside(stack, section, words, layer) if words != source else None
        told = translation.slip if translation else {}
        if fragment.title:
            yield "title", (translation.title if translation else None) or fragment.title
        for key, passage in fragment.slip.items():
            yield key, told.get(key, passage)
