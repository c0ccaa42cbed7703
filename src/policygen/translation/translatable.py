"""Which parts of a body's stack there are to translate, and how far each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policygen.compose.composer import compositions_by_place
from policygen.compose.composition import ComposeCache, Composition
from policygen.compose.extent.select import SectionSelection
from policygen.compose.fold import Draft
from policygen.compose.section_order import section_order
from policygen.compose.translate import (
    TranslatedEdit,
    edit_part,
    section_parts,
    told_section_parts,
    translations_of,
)
from policygen.model.fragment import Edit, Layer, Library, Organisation, Passage
from policygen.model.translation.record import TranslationRecord, words_fingerprint


@dataclass(frozen=True, slots=True)
class TranslatablePart:
    """One part of a clause or a section as one layer tells it, and its translation so far.

    `id` is the clause's, or the section's. `translation` is the words that there are in the other
    language, whatever they were made of; `record` says of which, where it is known.
    """

    layer: Layer
    section: str
    id: str
    part: str
    source: Passage
    translation: Passage | None = None
    record: TranslationRecord | None = None

    @property
    def of(self) -> str:
        """The fingerprint of its words."""
        return words_fingerprint(self.source.text)

    @property
    def is_current(self) -> bool:
        """Whether there is a translation of its words as they are now."""
        return self.translation is not None and (self.record is None or self.record.of == self.of)


def translatable_parts(
    library: Library, organisation: Organisation, language: str, cache: ComposeCache
) -> tuple[TranslatablePart, ...]:
    """Return the parts that a body's policy prints, section by section, lowest layer first.

    `language` is as the names of translations have it. What the body leaves out is not there, nor
    what a higher layer tells in place of it.
    """
    found: dict[tuple[str, str, str], TranslatablePart] = {}
    compositions = compositions_by_place(library, organisation, library.source_language, cache)
    for composition in compositions.values():
        outline = composition.outline
        chosen = organisation.profile.contents
        order, _ = section_order(outline, composition.stack, library.source_language, chosen)
        for section in (outline.front.section, *order):
            for part in _parts(composition, section, language):
                key = part.source.location.path, part.id, part.part
                found.setdefault(key, part)
    return tuple(found.values())


def _parts(composition: Composition, section: str, language: str) -> Iterator[TranslatablePart]:
    """Yield the parts of one section in one place."""
    selection = composition.select(section)
    if not selection.is_printed:
        return
    yield from _section_parts(composition, section, language)
    drafts = {one.draft.id: one.draft for one in selection.printed}
    for one in composition.layer_edits(section):
        translations = translations_of(composition.stack, section, language, one.layer)
        for edit in one.edits:
            if edit.id in drafts:
                told = TranslatedEdit(edit, translations)
                for part in _printed_parts(edit, drafts[edit.id], selection):
                    yield _of_clause(one.layer, section, edit, part, told)


def _printed_parts(edit: Edit, draft: Draft, selection: SectionSelection) -> Iterable[str]:
    """Yield what of an edit its clause still has, when all layers above have had their say."""
    path = edit.location.path
    if draft.title.location == edit.title.location:
        yield "title"
    if edit.label and draft.label and draft.label.location == edit.label.location:
        yield "label"
    for tier, passage in edit.tellings.items():
        told = draft.tellings.get(tier, ())
        is_told = any(one.location.path == path for one in told)
        if is_told and not passage.is_inherited and edit.id not in selection.lines:
            yield tier


def _of_clause(
    layer: Layer, section: str, edit: Edit, part: str, told: TranslatedEdit
) -> TranslatablePart:
    source = edit_part(edit, part)
    assert source is not None  # it is one of its parts
    translation, record = next(told.told(part), (None, None))
    return TranslatablePart(layer, section, edit.id, part, source, translation, record)


def _section_parts(
    composition: Composition, section: str, language: str
) -> Iterator[TranslatablePart]:
    """Yield what a section says of itself, each in the layer that has the last word on it."""
    source_language = composition.library.source_language
    last: dict[str, tuple[Layer, Passage]] = {}
    for layer, fragment in composition.stack.fragments(section, source_language):
        for key, passage in section_parts(fragment):
            last[key] = layer, passage
    for key, (layer, passage) in last.items():
        translations = translations_of(composition.stack, section, language, layer)
        translation, record = next(told_section_parts(key, translations), (None, None))
        yield TranslatablePart(layer, section, section, key, passage, translation, record)
