"""A part of a clause or a section -> the unit that a translator is given."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from policygen.model.policy import SECTION_PARTS, Policy
from policygen.model.translation.pack import Segment, TranslationUnit, UnitState
from policygen.model.wording import Printed, printed_facts
from policygen.translation.codes import TOKEN
from policygen.translation.lines import CutPassage, PassagePiece, cut_passage
from policygen.translation.translatable import TranslatablePart

_SHORT_FORMS = ("rules", "essentials")  # of tiers whose page is short
_ROOM = 1.5  # times the characters of the original; Welsh and te reo Māori want about 1.2
_LEAST_ROOM = 40  # characters
_FACT = re.compile(r"\{\{\s*([\w.]+)")
_BLOCK = re.compile(r"\{%[-+]?\s*(.*?)\s*[-+]?%\}")


class UnitMaker:
    """Makes units for one body: a code says what the body's own policy prints for it."""

    def __init__(self, policy: Policy) -> None:
        self._outline = policy.outline
        every = _every_fact(policy)
        self._printed = {fact.fact: fact.text.replace("\u00a0", " ") for fact in every}
        self._names = {clause.id: clause.title.text for clause in policy.clauses()}
        sections = (policy.front, *policy.sections)
        self._names |= {section.id: section.title.text for section in sections}

    def unit(self, part: TranslatablePart) -> TranslationUnit:
        """Return a part as a unit, with its translation so far in it."""
        cut = self.cut(part)
        segments = cut.segments
        state = _state(part)
        if part.translation:
            segments = _with_targets(segments, cut_passage(part.translation.text, self._shown))
        return TranslationUnit(
            clause=part.id,
            part=part.part,
            of=part.of,
            segments=segments,
            where=self._where(part),
            state=state,
            most=self._most(part, segments),
        )

    def cut(self, part: TranslatablePart) -> CutPassage:
        """Return the words of a part, cut into segments."""
        return CutPassage(cut_passage(part.source.text, self._shown))

    def _shown(self, source: str) -> str:
        """Return what a code stands for: what the fact prints, or what its condition asks."""
        if fact := _FACT.match(source):
            return self._printed.get(fact[1], fact[1])
        block = _BLOCK.match(source)
        return block[1] if block else source

    def _where(self, part: TranslatablePart) -> str:
        """Return what a unit is, to a translator: Snapshot: Keep a record of what we publish."""
        tier = self._outline.tiers.get(part.part)
        name = tier.heading if tier else part.part.capitalize()
        kind = "" if "." in part.id else " of the section"
        return f"{name}{kind}: {self._names.get(part.id, part.id)}"

    def _most(self, part: TranslatablePart, segments: tuple[Segment, ...]) -> int | None:
        """Return how many characters of text a unit may have where the page is short."""
        tier = self._outline.tiers.get(part.part)
        is_short = tier.form in _SHORT_FORMS if tier else part.part in (*SECTION_PARTS, "label")
        if not is_short:
            return None
        length = sum(text_length(segment.source) for segment in segments)
        return max(_LEAST_ROOM, math.ceil(length * _ROOM))


def text_length(text: str) -> int:
    """Return how many characters of a text are a translator's own, its codes left out."""
    return len(TOKEN.sub("", text))


def _every_fact(policy: Policy) -> list[Printed]:
    wordings = [telling.wording for clause in policy.clauses() for telling in clause.tellings]
    wordings += [words for section in policy.sections for words in section.parts.values()]
    return [fact for wording in wordings for fact in printed_facts(wording.pieces)]


def _state(part: TranslatablePart) -> UnitState:
    if part.translation is None:
        return UnitState.WAITING
    if not part.is_current:
        return UnitState.STALE
    return UnitState.UNREVIEWED if part.translation.unreviewed else UnitState.REVIEWED


def _with_targets(
    segments: tuple[Segment, ...], translation: tuple[PassagePiece, ...]
) -> tuple[Segment, ...]:
    """Return segments with the texts of a translation that was cut alike.

    One of other words may have more segments or fewer, or other codes: then it has no place here.
    """
    told = CutPassage(translation).segments
    if len(told) != len(segments):
        return segments
    pairs = zip(segments, told, strict=True)
    return tuple(replace(segment, target=_target(segment, other)) for segment, other in pairs)


def _target(segment: Segment, translated: Segment) -> str:
    """Return a translated text with its codes numbered as in the original, or "" for others."""
    left = list(segment.codes)
    numbers: dict[str, int] = {}
    for code in translated.codes:
        same = next((one for one in left if (one.source, one.end) == (code.source, code.end)), None)
        if same is None:
            return ""
        left.remove(same)
        numbers[str(code.number)] = same.number
    if left:
        return ""
    return TOKEN.sub(lambda found: f"{{{found[1]}{numbers[found[2]]}}}", translated.source)
