"""The languages of a policy: which translations the library has, and what they lack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from policygen.compose.places.split import by_place
from policygen.compose.stack import Stack, select_stack
from policygen.model.fragment import Edit, EditKind, Fragment, Layer, Library, Organisation, Passage
from policygen.model.language import subtag
from policygen.problems import Level, Location, Problem


def supported_languages(
    library: Library, organisation: Organisation
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the profile's languages that the library has words for, and a warning for each other.

    When it has words for none, the policy is in the source language.
    """
    stacks = [select_stack(library, one) for one in by_place(organisation).values()]
    source = library.source_language
    wanted = organisation.profile.languages or (source,)
    supplied = tuple(
        tag for tag in wanted if any(library_language(stack, tag, source) for stack in stacks)
    )
    built = ", ".join(supplied) or source
    known = set().union(*map(_languages_of, stacks))
    in_library = ", ".join(sorted({source, *known}))
    problems = tuple(
        Problem(
            f'The library has no words in "{tag}" yet: the policy is built in {built}.',
            f"It has words in {in_library}. Add translations beside the fragments, "
            f"such as law.{subtag(tag)}.md (docs/writing-words.md), or leave it.",
            organisation.location(("languages", number)),
            Level.WARNING,
            code="PG319",
            field=("languages", number),
        )
        for number, tag in enumerate(wanted)
        if tag not in supplied
    )
    return supplied or (source,), problems


def library_language(stack: Stack, language: str, source_language: str) -> str:
    """Return the library's language nearest to a tag: itself, its first subtag, or none ("")."""
    if subtag(language) == subtag(source_language):
        return source_language
    known = _languages_of(stack)
    if language in known:
        return language
    return subtag(language) if subtag(language) in known else ""


def _languages_of(stack: Stack) -> set[str]:
    """Return the languages of all translations in a stack."""
    fragments = (fragment for layer in stack.layers for fragment in layer.fragments)
    return {fragment.language for fragment in fragments if fragment.language}


def in_translation(edit: Edit, translation: Fragment | None) -> Edit | None:
    """Return an edit in the words of a translation; None where that does not tell all it tells."""
    edits = translation.edits if translation else ()
    words = next((each for each in edits if each.id == edit.id), None)
    if words is None:
        says_nothing = not edit.tellings and edit.change in (EditKind.EXTEND, EditKind.REMOVE)
        return edit if says_nothing else None
    if any(tier not in words.tellings for tier in edit.tellings):
        return None
    tellings = {tier: words.tellings[tier] for tier in edit.tellings}
    label = words.label or edit.label
    asks = words.asks or edit.asks
    return replace(edit, title=words.title, label=label, tellings=tellings, asks=asks)


def untranslated_problem(
    ids: Sequence[str], language: str, words_language: str, source: str, place: Location
) -> Problem:
    """Return one warning for all clauses that a translation lacks."""
    section = ids[0].partition(".")[0]
    what = (
        f"{len(ids)} clauses have no words in {language} in every layer, "
        f"and stand in {source}: {', '.join(ids)}."
    )
    mend = f"Add them to the translations, such as {section}.{words_language}.md."
    return Problem(what, mend, place, Level.WARNING, code="PG320", field=("languages",))


def translation_of(stack: Stack, section: str, language: str, layer: Layer) -> Fragment | None:
    """Return a layer's translation of one section, if it has one."""
    for each, fragment in stack.fragments(section, language):
        if each is layer:
            return fragment
    return None


def section_heads(
    stack: Stack, section: str, source: str, words: str
) -> Iterator[tuple[str, Passage]]:
    """Yield the title and the slip lines of a section by key, lowest layer first.

    Each is in the language `words` where its layer has a translation.
    """
    for layer, fragment in stack.fragments(section, source):
        translation = translation_of(stack, section, words, layer) if words != source else None
        slip: Mapping[str, Passage] = translation.slip if translation else {}
        title = translation.title if translation else None
        if fragment.title:
            yield "title", title or fragment.title
        for key, passage in fragment.slip.items():
            yield key, slip.get(key, passage)
