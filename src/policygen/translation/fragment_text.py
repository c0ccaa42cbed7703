"""The translated parts of one section of a layer -> the text of its fragment: law.cy.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from policygen.compose.translate import vouches_for
from policygen.model.fragment import Edit, Fragment
from policygen.model.outline.outline import Outline
from policygen.model.policy import SECTION_PARTS
from policygen.model.translation.record import TranslationRecord, words_fingerprint


@dataclass(frozen=True, slots=True)
class TranslatedPart:
    """The words of one part in another language, and how they came about."""

    text: str
    record: TranslationRecord


@dataclass(slots=True)
class TranslatedSection:
    """What a layer's translation of one section tells, by clause (or the section's id) and part.

    `asks` are the words that people use for a clause's matter. `unplaced` are the parts, as people
    call them, that have no original any more: the text that is made has no place for them.
    """

    source: Fragment
    parts: dict[str, dict[str, TranslatedPart]] = field(default_factory=dict)
    asks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)

    def put(self, id: str, part: TranslatedPart) -> None:
        """Tell a part of a clause or of the section, in place of what was told of it."""
        self.parts.setdefault(id, {})[part.record.part] = part


def read_section(source: Fragment, translation: Fragment | None) -> TranslatedSection:
    """Return what a translation tells so far.

    What does not say of which words it was made is taken for a person's, of the words of now, that
    nobody has reviewed.
    """
    section = TranslatedSection(source)
    if translation is None:
        return section
    heads = {"title": translation.title, **translation.slip}
    for key, passage in heads.items():
        original = source.title if key == "title" else source.slip.get(key)
        if passage and original:
            record = translation.translates.get(key) or _unrecorded(key, original.text)
            is_own_title = key == "title" and passage.text == original.text
            if not is_own_title:
                section.put(source.section, TranslatedPart(passage.text, record))
        elif passage and key != "title":
            section.unplaced.append(f"{source.section} ({key})")
    originals = {edit.id: edit for edit in source.edits}
    for words in translation.edits:
        if words.id in originals:
            _read_clause(section, originals[words.id], words)
        else:
            section.unplaced.append(words.id)
    return section


def _read_clause(section: TranslatedSection, original: Edit, words: Edit) -> None:
    passages = {"title": words.title, "label": words.label, **words.tellings}
    sources = {"title": original.title, "label": original.label, **original.tellings}
    section.asks[words.id] = words.asks
    for part, passage in passages.items():
        source = sources.get(part)
        if passage and not source:
            section.unplaced.append(f"{words.id} ({part})")
        elif passage and source and vouches_for(part, words.translates):
            record = words.translates.get(part) or _unrecorded(part, source.text)
            section.put(words.id, TranslatedPart(passage.text, record))


def _unrecorded(part: str, source: str) -> TranslationRecord:
    return TranslationRecord(part, words_fingerprint(source))


def fragment_text(section: TranslatedSection, outline: Outline) -> str:
    """Return the whole text of a translated fragment; its clauses stand as in the original."""
    blocks = [*_head(section, outline)]
    for edit in section.source.edits:
        if parts := section.parts.get(edit.id):
            blocks += _clause(edit, parts, section.asks.get(edit.id, ()), outline)
    return "\n\n".join(blocks) + "\n"


def _head(section: TranslatedSection, outline: Outline) -> Iterator[str]:
    """Yield the section's name and slip, where something of it is told, or it needs a name."""
    source = section.source
    parts = section.parts.get(source.section, {})
    is_known = source.section in (*outline.sections, outline.front.section)
    if not source.title or (not parts and is_known):
        return
    title = parts.get("title")
    yield f"# {title.text if title else source.title.text}"
    told = {key: parts[key] for key in SECTION_PARTS if key in parts}
    lines = [f"- {key}: {part.text}" for key, part in told.items() if key != "title"]
    lines += _records(told)
    if lines:
        yield "\n".join(lines)


def _clause(
    edit: Edit, parts: Mapping[str, TranslatedPart], asks: tuple[str, ...], outline: Outline
) -> Iterator[str]:
    title = parts.get("title")
    yield f"## {title.text if title else edit.title.text} {{#{edit.id}}}"
    lines = [f"- label: {parts['label'].text}"] if "label" in parts else []
    lines += [f"- asks: {', '.join(asks)}"] if asks else []
    in_order = [part for part in ("title", "label", *outline.tiers) if part in parts]
    yield "\n".join([*lines, *_records({part: parts[part] for part in in_order})])
    for tier in outline.tiers:
        if tier in parts:
            yield f"### {outline.tiers[tier].heading}"
            yield parts[tier].text


def _records(parts: Mapping[str, TranslatedPart]) -> list[str]:
    return [f"- translates: {part.record.line}" for part in parts.values()]
