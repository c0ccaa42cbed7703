"""Library and Organisation -> Policy: the stack, the fold, the filling, the citations.

Pure: no disk, no clock.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from policygen.cache import BoundedCache
from policygen.compose.cite import citations, cited_sources
from policygen.compose.faults import chart_faults, judge_missing, link_faults, telling_faults
from policygen.compose.fill import Decision, FillCache, Filler, Findings
from policygen.compose.fold import Draft
from policygen.compose.fold_section import FoldedSection, LayerEdits, SectionCache
from policygen.compose.section_order import section_order
from policygen.compose.stack import Stack, select_stack
from policygen.compose.translate import library_language, section_heads, translation_of
from policygen.facts.shape import FactShape, library_shape, shape_with
from policygen.facts.values import layer_facts, profile_facts
from policygen.model.fragment import Edit, EditKind, Library, Organisation, Passage
from policygen.model.language import in_language, localise, subtag
from policygen.model.policy import (
    Clause,
    HistoryEntry,
    Origin,
    Outline,
    Policy,
    Removed,
    Section,
    Telling,
    Tier,
    Wording,
)
from policygen.problems import Level, Problem, errors


@dataclass(frozen=True, slots=True)
class Composed:
    """A policy, or None when something is an error, and every Problem found on the way."""

    policy: Policy | None
    problems: tuple[Problem, ...]


class ComposeCache:
    """What composing one policy leaves for the next. Each result's key is all that it depends on.

    One serves all the policies of a run. It is bounded: words and facts of single organisations are
    forgotten, so that it does not grow with their number.
    """

    def __init__(self) -> None:
        self.sections = SectionCache()
        self.filling = FillCache()
        self.shapes: BoundedCache[Library, FactShape] = BoundedCache(8)


def compose(
    library: Library, organisation: Organisation, language: str, cache: ComposeCache
) -> Composed:
    """Fold a profile's stack into one policy in one language (BCP 47), and fill it."""
    stack = select_stack(library, organisation)
    composer = _Composer(library, organisation, stack, language, cache)
    outline = composer.outline
    order, problems = section_order(outline, stack, library.source_language)
    composer.problems += problems
    drafts: dict[str, list[_KeptDraft]] = {}
    for id in order:
        if kept := composer.keep_drafts(id):
            drafts[id] = kept
    front_drafts = drafts.pop(outline.front.section, [])
    sections = tuple(
        composer.section(id, str(number), kept)
        for number, (id, kept) in enumerate(drafts.items(), 1)
    )
    front = composer.section(outline.front.section, "", front_drafts)  # its gaps are listed last
    for kept in drafts.values():
        composer.problems += chart_faults([one.draft for one in kept], outline)
    clauses = [clause for section in (front, *sections) for clause in section.clauses]
    ids = {clause.id for clause in clauses}
    composer.problems += link_faults(composer.passages, ids)
    gaps, faults = judge_missing(composer.findings.missing.values(), organisation)
    problems = [
        *composer.problems,
        *composer.findings.problems,
        *composer.untranslated(),
        *faults,
        *_assumptions(stack, organisation),
    ]
    found = tuple(dict.fromkeys(problems))
    if errors(found):
        return Composed(None, found)
    policy = Policy(
        language=language,
        profile=organisation.profile,
        stack=stack.listed(),
        outline=outline,
        front=front,
        sections=sections,
        sources=cited_sources(clauses, composer.sources),
        removed=tuple(composer.removed),
        gaps=gaps,
        profile_digest=organisation.digest,
        library_digest=library.digest,
        logo=base64.b64encode(organisation.logo).decode(),
        history=tuple(_history_entry(entry, language) for entry in organisation.history),
        theme=organisation.theme,
    )
    return Composed(policy, found)


@dataclass(frozen=True, slots=True)
class _KeptDraft:
    """A clause whose `when` holds, and that decision."""

    draft: Draft
    decision: Decision


class _Composer:
    """Goes through the sections of one policy, and gathers what it finds."""

    def __init__(
        self,
        library: Library,
        organisation: Organisation,
        stack: Stack,
        language: str,
        cache: ComposeCache,
    ) -> None:
        source = library.source_language
        self.library = library
        self.organisation = organisation
        self.stack = stack
        self.language = language
        self.cache = cache
        self.outline: Outline = in_language(library.outlines, language)
        self.words_language = library_language(stack, language, source) or source
        self.sources = stack.sources()
        shared = cache.shapes.get(library, lambda: library_shape(library))
        self.shape = shape_with(shared, stack.layers)
        self.problems: list[Problem] = []
        self.findings = Findings()
        self.passages: list[tuple[str, Passage]] = []  # with the clauses that tell them
        self.removed: list[Removed] = []
        self.lacking: list[str] = []  # clauses that stand in the source language
        self._fillers: dict[tuple[str, str], Filler] = {}

    # --- Folding ------------------------------------------------------------------------------

    def keep_drafts(self, section: str) -> list[_KeptDraft]:
        """Return the clauses of one section whose `when` holds, in order, not filled yet."""
        folded = self._fold(section)
        self.problems += folded.problems
        self.removed += folded.removed
        self.lacking += folded.untranslated
        filler = self.filler(section)
        kept: list[_KeptDraft] = []
        for draft in folded.drafts:
            decision = filler.decide(draft.when, draft.id)
            if decision.holds:
                kept.append(_KeptDraft(draft, decision))
        return kept

    def _fold(self, section: str) -> FoldedSection:
        source = self.library.source_language
        translate = self.words_language != source
        layers = []
        for layer, fragment in self.stack.fragments(section, source):
            edits = tuple(edit for edit in fragment.edits if self._applies(section, edit))
            translation = (
                translation_of(self.stack, section, self.words_language, layer)
                if translate
                else None
            )
            layers.append(LayerEdits(layer, edits, translation))
        return self.cache.sections.fold(self.outline, layers, translate=translate)

    def _applies(self, section: str, edit: Edit) -> bool:
        """Tell whether an edit's `when` holds.

        An added clause keeps its condition, which is decided last: layers above may edit it.
        """
        if edit.change is EditKind.ADD:
            return True
        return self.filler(section).decide(edit.when, edit.id).holds

    # --- Filling ------------------------------------------------------------------------------

    def filler(self, section: str, words: str = "") -> Filler:
        """Return what fills a section's wording: its facts, in the language of the words.

        A section with a posture of its own has the facts of that. `words` is the language of the
        wording; one without a translation is filled with its own language's dates and numbers.
        """
        key = (section if section in self.stack.by_section else "", words)
        if key not in self._fillers:
            untranslated = words and subtag(words) != subtag(self.language)
            language = words if untranslated else self.language
            self._fillers[key] = self._new_filler(section, language)
        return self._fillers[key]

    def _new_filler(self, section: str, language: str) -> Filler:
        facts = {
            **profile_facts(self.organisation.profile, language),
            **layer_facts(self.stack.of(section), language),
        }
        labels = in_language(self.library.outlines, language).labels
        filling = self.cache.filling
        context = filling.context(language, labels)
        return Filler(facts, self.shape, context, self.findings, filling)

    def section(self, id: str, number: str, drafts: Sequence[_KeptDraft]) -> Section:
        """Fill one section, and number its clauses."""
        passages = dict(
            section_heads(self.stack, id, self.library.source_language, self.words_language)
        )
        head = {
            key: self.filler(id, passage.language).fill((passage,), f"the section {id}")
            for key, passage in passages.items()
        }
        clauses: list[Clause] = []
        for position, kept in enumerate(drafts, 1):
            clause_number = f"{number}.{position}" if number else ""
            clauses.append(self._clause(id, kept, clause_number))
        origins = (
            Origin(passage.layer, passage.place.path, passage.place.line, key)
            for key, passage in passages.items()
        )
        return Section(
            id,
            number,
            head.get("title") or Wording(self.language, (id,)),
            tuple(clauses),
            head.get("lead"),
            head.get("decides"),
            head.get("by"),
            tuple(origins),
        )

    def _clause(self, section: str, kept: _KeptDraft, number: str) -> Clause:
        draft, chosen_by = kept.draft, kept.decision.chosen_by
        filler = self.filler(section, draft.title.language)
        for passages in draft.tellings.values():
            self.passages += [(draft.id, passage) for passage in passages]
        filled = {tier: filler.fill(words, draft.id) for tier, words in draft.tellings.items()}
        tellings = {tier: wording for tier, wording in filled.items() if wording}
        tiers = self.outline.tiers
        silent = [tier for tier, wording in tellings.items() if _is_silent(wording, tiers[tier])]
        for tier in silent:
            chosen_by += tellings.pop(tier).chosen_by  # another value would have given it words
        self.problems += telling_faults(draft, self.outline, silent)
        return Clause(
            id=draft.id,
            number=number,
            title=filler.fill((draft.title,), draft.id) or Wording(self.language, (draft.id,)),
            tellings=tuple(Telling(tier, wording) for tier, wording in tellings.items()),
            citations=citations(draft.sources, self.sources, self.problems),
            audience=draft.audience,
            binding=draft.binding,
            under=draft.under,
            yes=draft.yes,
            no=draft.no,
            when=draft.when.text if draft.when else "",
            chosen_by=chosen_by,
            origins=draft.origins,
        )

    def untranslated(self) -> Iterable[Problem]:
        """Yield one warning for all clauses that a translation lacks."""
        if self.lacking:
            section = self.lacking[0].partition(".")[0]
            what = (
                f"{len(self.lacking)} clauses have no words in {self.language} in every layer, "
                f"and stand in {self.library.source_language}: {', '.join(self.lacking)}."
            )
            mend = f"Add them to the translations, such as {section}.{self.words_language}.md."
            place = self.organisation.place(("languages",))
            yield Problem(what, mend, place, Level.WARNING, code="PG320", field=("languages",))


def _assumptions(stack: Stack, organisation: Organisation) -> Iterable[Problem]:
    """Advise of what a layer's words take for granted of a body, so that it can say otherwise."""
    for layer in stack.layers:
        if layer.assumes:
            what = f"The words of {layer.name} take for granted that {layer.assumes}."
            mend = layer.otherwise or "If that is not so, choose another kind."
            place = organisation.place(("kind",))
            yield Problem(what, mend, place, Level.ADVICE, code="PG325", field=("kind",))


def _history_entry(entry: HistoryEntry, language: str) -> HistoryEntry:
    """Return a release in one language, where the profile gives its texts in several."""
    approver = localise(entry.approver, language)
    return replace(entry, approver=approver, approved_at=localise(entry.approved_at, language))


def _is_silent(wording: Wording, tier: Tier) -> bool:
    """Tell whether a telling in a short form has no words, because no condition in it holds.

    In the tiers of whole clauses, the heading is printed all the same.
    """
    return tier.form != "clauses" and not wording.text.strip()
