"""Library and Organisation -> Policy: the stack, the fold, the filling, the citations. Pure: no disk, no clock."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from policygen.cache import BoundedCache
from policygen.compose.cite import cite, cited
from policygen.compose.faults import charted, judge, linked, untold
from policygen.compose.fill import Decision, FillCache, Filler, Findings
from policygen.compose.fold import Draft
from policygen.compose.fold_section import FoldedSection, LayerEdits, SectionCache
from policygen.compose.section_order import section_order
from policygen.compose.stack import Stack, select_stack
from policygen.compose.translate import beside, heads, words_for
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
    """What composing one policy leaves for the next. Each result stands under all that it depends on.

    One serves all the policies of a run. Words and facts of single organisations pass through it
    and are
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
    drafts = {id: kept for id in order if (kept := composer.keep_drafts(id))}
    front = composer.section(outline.front.section, "", drafts.pop(outline.front.section, []))
    sections = tuple(
        composer.section(id, str(number), kept)
        for number, (id, kept) in enumerate(drafts.items(), 1)
    )
    for kept in drafts.values():
        composer.problems += charted([one.draft for one in kept], outline)
    clauses = [clause for section in (front, *sections) for clause in section.clauses]
    ids = {clause.id for clause in clauses}
    composer.problems += linked(composer.passages, ids)
    gaps, faults = judge(composer.findings.missing.values(), organisation)
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
        sources=cited(clauses, composer.sources),
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
        self.words = words_for(stack, language, source) or source
        self.sources = stack.sources()
        shared = cache.shapes.get(library, lambda: library_shape(library))
        self.shape = shape_with(shared, stack.layers)
        self.problems: list[Problem] = []
        self.findings = Findings()
        self.passages: list[tuple[str, Passage]] = []  # with the clauses that tell them
        self.removed: list[Removed] = []
        self.lacking: list[str] = []  # clauses that stand in the source language
        self._fillers: dict[tuple[str, str], Filler] = {}

    # --- folding --------------------------------------------------------------------------------------

    def keep_drafts(self, section: str) -> list[_KeptDraft]:
        """The clauses of one section whose `when` holds, in order, not filled yet."""
        folded = self._fold(section)
        self.problems += folded.problems
        self.removed += folded.removed
        self.lacking += folded.untranslated
        filler = self.filler(section)
        decided = (
            _KeptDraft(draft, filler.decide(draft.when, draft.id)) for draft in folded.drafts
        )
        return [one for one in decided if one.decision.holds]

    def _fold(self, section: str) -> FoldedSection:
        source = self.library.source_language
        translate = self.words != source
        layers = []
        for layer, fragment in self.stack.fragments(section, source):
            edits = tuple(edit for edit in fragment.edits if self._applies(section, edit))
            translation = beside(self.stack, section, self.words, layer) if translate else None
            layers.append(LayerEdits(layer, edits, translation))
        return self.cache.sections.fold(self.outline, layers, translate=translate)

    def _applies(self, section: str, edit: Edit) -> bool:
        """Whether an edit's `when` holds; a clause that is added keeps its own, for whoever edits it above."""
        if edit.change is EditKind.ADD:
            return True
        return self.filler(section).decide(edit.when, edit.id).holds

    # --- filling --------------------------------------------------------------------------------------

    def filler(self, section: str, words: str = "") -> Filler:
        """The facts that a section uses, its own posture's where it has one, as the language of the words tells them.

        Words that wait for their translation are filled in their own language: its dates, its
        numbers, its "and".
        """
        key = (section if section in self.stack.by_section else "", words)
        if key not in self._fillers:
            waits = words and subtag(words) != subtag(self.language)
            self._fillers[key] = self._new_filler(section, words if waits else self.language)
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
        passages = dict(heads(self.stack, id, self.library.source_language, self.words))
        head = {
            key: self.filler(id, passage.language).fill((passage,), f"the section {id}")
            for key, passage in passages.items()
        }
        clauses = [
            self._clause(id, one, f"{number}.{place}" if number else "")
            for place, one in enumerate(drafts, 1)
        ]
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
        told = chain.from_iterable(draft.tellings.values())
        self.passages += [(draft.id, passage) for passage in told]
        filled = {tier: filler.fill(words, draft.id) for tier, words in draft.tellings.items()}
        tellings = {tier: wording for tier, wording in filled.items() if wording}
        tiers = self.outline.tiers
        silent = [tier for tier, wording in tellings.items() if _is_silent(wording, tiers[tier])]
        for tier in silent:
            chosen_by += tellings.pop(tier).chosen_by  # another value would have given it words
        self.problems += untold(draft, self.outline, silent)
        return Clause(
            id=draft.id,
            number=number,
            title=filler.fill((draft.title,), draft.id) or Wording(self.language, (draft.id,)),
            tellings=tuple(Telling(tier, wording) for tier, wording in tellings.items()),
            citations=cite(draft.sources, self.sources, self.problems),
            audience=draft.audience,
            binding=draft.binding,
            rule=draft.rule,
            yes=draft.yes,
            no=draft.no,
            when=draft.when.text if draft.when else "",
            chosen_by=chosen_by,
            origins=draft.origins,
        )

    def untranslated(self) -> Iterable[Problem]:
        """One warning for all clauses that a translation lacks."""
        if self.lacking:
            source, section = self.library.source_language, self.lacking[0].partition(".")[0]
            what = (
                f"{len(self.lacking)} clauses have no words in {self.language} in every layer, and stand in "
                f"{source}: {', '.join(self.lacking)}."
            )
            mend = f"Add them to the translations, such as {section}.{self.words}.md."
            place = self.organisation.place(("languages",))
            yield Problem(what, mend, place, Level.WARNING, code="PG320", field=("languages",))


def _assumptions(stack: Stack, organisation: Organisation) -> Iterable[Problem]:
    """What the words of a body's layers take for granted of it, for the body to say whether it is so."""
    for layer in stack.layers:
        if layer.assumes:
            what = f"The words of {layer.name} take for granted that {layer.assumes}."
            mend = layer.otherwise or "If that is not so, choose another kind."
            place = organisation.place(("kind",))
            yield Problem(what, mend, place, Level.ADVICE, code="PG325", field=("kind",))


def _history_entry(entry: HistoryEntry, language: str) -> HistoryEntry:
    """A release in the words of one language, where the profile gives them in several."""
    approver = localise(entry.approver, language)
    return replace(entry, approver=approver, approved_at=localise(entry.approved_at, language))


def _is_silent(wording: Wording, tier: Tier) -> bool:
    """Whether no branch of a short form's line holds, so that there is no line; a whole clause keeps its heading."""
    return tier.form != "clauses" and not wording.text.strip()
