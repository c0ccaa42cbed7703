"""The languages of a policy: which translations the library has, and what they lack."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from policygen.compose.fold import Draft, extension_fault, extension_parts, misplaced
from policygen.compose.places.split import by_place
from policygen.compose.stack import Stack, select_stack
from policygen.model.fragment import Edit, EditKind, Fragment, Layer, Library, Organisation, Passage
from policygen.model.language import subtag
from policygen.model.outline.outline import Tier
from policygen.model.translation.record import TranslationRecord, words_fingerprint
from policygen.problems import Level, Location, Message, Problem

_SHOWN = 10  # ids of clauses that one message names
_Verbs: TypeAlias = tuple[str, str]


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
    found: set[str] = set()
    for layer in stack.layers:
        for fragment in (*layer.fragments, *stack.translations.get(layer.name, ())):
            found.add(fragment.language)
    return found - {""}


class TranslatedEdit:
    """An edit, and the parts of it that one of its layer's translations tells.

    A part that was translated from words that have since changed is not told; `is_stale` says so.
    """

    def __init__(self, edit: Edit, translations: Iterable[Fragment]) -> None:
        self.edit = edit
        self.is_stale = False
        every = (words for one in translations for words in one.edits if words.id == edit.id)
        self._words = tuple(every)
        self.title = self._current("title", edit)
        self.label = self._current("label", edit)
        tellings = ((tier, self._current(tier, edit)) for tier in edit.tellings)
        self.tellings = {tier: passage for tier, passage in tellings if passage}
        self.asks = next((words.asks for words in self._words if words.asks), edit.asks)

    def _current(self, part: str, edit: Edit) -> Passage | None:
        """Return a part in the first translation that tells it, of the words as they are now."""
        source = edit_part(edit, part)
        for passage, record in self.told(part):
            if source and (record is None or record.of == words_fingerprint(source.text)):
                return passage
            self.is_stale = True
        return None

    def told(self, part: str) -> Iterator[tuple[Passage, TranslationRecord | None]]:
        """Yield each translation of a part, with what it was made of, if it says that.

        The body's own comes first. One may have been made of other words than there are now.
        """
        for words in self._words:
            passage = edit_part(words, part)
            if passage and vouches_for(part, words.translates):
                yield passage, words.translates.get(part)


def edit_part(edit: Edit, part: str) -> Passage | None:
    """Return the title, the label or a telling of an edit."""
    match part:
        case "title":
            return edit.title
        case "label":
            return edit.label
    return edit.tellings.get(part)


def vouches_for(part: str, records: Mapping[str, TranslationRecord]) -> bool:
    """Tell whether a translation vouches for a part: it does for each that it tells.

    Only a title stands in it anyway, where others are recorded and it waits for its translation.
    """
    return not records or part in records or part != "title"


class SectionTranslation:
    """Puts the clauses of a folded section into another language, telling by telling.

    A tier that carries over, such as a practice, is printed beneath its rule, and stands in the
    source language where that does. `also_untranslated` are (clause, tier) that stand in the source
    language all the same.
    """

    def __init__(
        self,
        tiers: Mapping[str, Tier],
        edits: Iterable[TranslatedEdit],
        also_untranslated: Collection[tuple[str, str]] = (),
    ) -> None:
        self._tiers = tiers
        self.problems: list[Problem] = []
        self.untranslated: list[tuple[str, str]] = []  # (clause, tier)
        self.stale: list[str] = []
        self._also_untranslated = also_untranslated
        self._passages: dict[tuple[str, int], Passage] = {}  # by where the source stands
        self._asks: dict[str, list[str]] = {}
        for one in edits:
            self._note(one)

    def _note(self, one: TranslatedEdit) -> None:
        """Note each part of an edit that is translated, under the place of its source."""
        edit = one.edit
        if one.is_stale:
            self.stale.append(edit.id)
        self._asks.setdefault(edit.id, []).extend(one.asks)
        self._put(edit.title, one.title)
        self._put(edit.label, one.label)
        for tier, passage in one.tellings.items():
            source = edit.tellings[tier]
            if edit.change is EditKind.EXTEND and source.inherited:
                self._put_extension(edit.id, tier, source, passage)
            else:
                self._put(source, passage)

    def _put(self, source: Passage | None, passage: Passage | None) -> None:
        if source and passage:
            self._passages[source.location.path, source.location.line] = passage

    def _put_extension(self, id: str, tier: str, source: Passage, passage: Passage) -> None:
        """Note the words before and after `{{ inherited }}`, which stand apart in a telling."""
        fault = extension_fault(passage)
        if not fault and not extension_fault(source):
            pairs = list(zip(extension_parts(source), extension_parts(passage), strict=True))
            if all(bool(one.text) == bool(other.text) for one, other in pairs):
                for one, other in pairs:
                    self._put(one, other)
                return
            fault = "{{ inherited }} stands elsewhere than in the source language"
        if fault:
            self.problems.append(misplaced(id, passage, f"{fault} at {tier}."))

    def draft(self, draft: Draft) -> Draft:
        """Return a clause in the other language, as far as it is told in it.

        Its title and label follow as soon as one of its tellings does.
        """
        tellings = {
            tier: self._telling(draft.id, tier, told) for tier, told in draft.tellings.items()
        }
        lacking = [tier for tier in tellings if self._lacks(tier, tellings)]
        self.untranslated += [(draft.id, tier) for tier in lacking]
        if lacking and len(lacking) == len(tellings):
            return draft
        label = draft.label and (self._found(draft.label) or draft.label)
        return replace(
            draft,
            title=self._found(draft.title) or draft.title,
            label=label,
            tellings={
                tier: draft.tellings[tier] if told is None or tier in lacking else told
                for tier, told in tellings.items()
            },
            asks=tuple(dict.fromkeys(self._asks.get(draft.id, draft.asks))),
        )

    def _lacks(self, tier: str, tellings: Mapping[str, tuple[Passage, ...] | None]) -> bool:
        """Tell whether a telling stands in the source language: a practice does with its rule."""
        if tellings[tier] is None:
            return True
        return self._tiers[tier].carries_over and any(
            told is None
            and not self._tiers[other].carries_over
            and self._tiers[other].form == self._tiers[tier].form
            for other, told in tellings.items()
        )

    def _telling(
        self, id: str, tier: str, source: tuple[Passage, ...]
    ) -> tuple[Passage, ...] | None:
        """Return a telling, or None where any layer's words in it wait for their translation."""
        if (id, tier) in self._also_untranslated:
            return None
        found = tuple(passage for one in source if (passage := self._found(one)))
        return found if len(found) == len(source) else None

    def _found(self, source: Passage) -> Passage | None:
        return self._passages.get((source.location.path, source.location.line))


def untranslated_problem(
    ids: Sequence[str], language: str, words_language: str, source: str, place: Location
) -> Problem:
    """Return one warning for all clauses that a translation lacks."""
    section = ids[0].partition(".")[0]
    many, have, stand = _counted(ids, ("has", "stands"), ("have", "stand"))
    what = (
        f"{many} {have} no words in {language} in every layer, "
        f"and {stand} in {source}: {_first(ids)}."
    )
    mend = f"Add them to the translations, such as {section}.{words_language}.md."
    return Problem(what, mend, place, Level.WARNING, code="PG320", field=("languages",))


def stale_problem(ids: Sequence[str], language: str, source: str, place: Location) -> Problem:
    """Return one warning for all clauses whose translation is of words that have changed."""
    many, were, stand = _counted(ids, ("was", "stands"), ("were", "stand"))
    what = (
        f"{many} {were} translated into {language} from words that have since changed, "
        f"and {stand} in {source} there: {_first(ids)}."
    )
    mend = Message(
        f"`policygen translate PROFILE --to {language} --out pack.xliff` gives out just these.",
        on_page="Have them translated again: a new pack of the page Translation holds just these.",
    )
    return Problem(what, mend, place, Level.WARNING, code="PG732", field=("languages",))


def unreviewed_problem(ids: Sequence[str], language: str, place: Location) -> Problem:
    """Return one warning for all clauses that print as a draft, for want of a reviewer."""
    many, are, prints = _counted(ids, ("is", "prints"), ("are", "print"))
    what = (
        f"{many} {are} told in {language} in words that nobody has reviewed, "
        f"and {prints} as a draft: {_first(ids)}."
    )
    mend = Message(
        f"Have them read: `policygen translate PROFILE --to {language} --which unreviewed "
        "--out pack.xliff`, then `--in pack.xliff --reviewed-by NAME`.",
        on_page="Have them read by somebody who speaks the language well, and give their pack to "
        "the page Translation.",
    )
    return Problem(what, mend, place, Level.WARNING, code="PG738", field=("languages",))


def _counted(ids: Sequence[str], one: _Verbs, several: _Verbs) -> tuple[str, str, str]:
    """Return how many clauses there are, and two verbs that go with one or with several."""
    if len(ids) == 1:
        return ("1 clause", *one)
    return (f"{len(ids)} clauses", *several)


def _first(ids: Sequence[str]) -> str:
    """Return the first few of some ids, and how many more there are."""
    shown = ", ".join(ids[:_SHOWN])
    return shown if len(ids) <= _SHOWN else f"{shown} and {len(ids) - _SHOWN} more"


def translations_of(
    stack: Stack, section: str, language: str, layer: Layer
) -> tuple[Fragment, ...]:
    """Return a layer's translations of one section: first the body's own, then the library's."""
    every = (*stack.translations.get(layer.name, ()), *layer.fragments)
    return tuple(one for one in every if one.section == section and one.language == language)


def section_heads(
    stack: Stack, section: str, source: str, words: str
) -> Iterator[tuple[str, Passage]]:
    """Yield the title and the slip lines of a section by key, lowest layer first.

    Each is in the language `words` where its layer has a translation of it as it stands now.
    """
    for layer, fragment in stack.fragments(section, source):
        translations = translations_of(stack, section, words, layer) if words != source else ()
        for key, passage in section_parts(fragment):
            yield key, _section_part(key, passage, translations) or passage


def section_parts(fragment: Fragment) -> Iterator[tuple[str, Passage]]:
    """Yield the title and the slip lines of a fragment's section by key."""
    if fragment.title:
        yield "title", fragment.title
    yield from fragment.slip.items()


def _section_part(key: str, source: Passage, translations: Iterable[Fragment]) -> Passage | None:
    """Return one part of a section in the first translation that tells it as it is now."""
    for passage, record in told_section_parts(key, translations):
        if record is None or record.of == words_fingerprint(source.text):
            return passage
    return None


def told_section_parts(
    key: str, translations: Iterable[Fragment]
) -> Iterator[tuple[Passage, TranslationRecord | None]]:
    """Yield each translation of one part of a section, with what it was made of."""
    for one in translations:
        passage = dict(section_parts(one)).get(key)
        is_recorded = any(edit.translates for edit in one.edits) or bool(one.translates)
        if passage and (key != "title" or not is_recorded or key in one.translates):
            yield passage, one.translates.get(key)
