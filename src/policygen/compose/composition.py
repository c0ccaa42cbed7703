"""One policy while it is composed: its sections are folded, selected and filled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from policygen.cache import LastingCache
from policygen.compose.cite import citations
from policygen.compose.commitments import CommitmentValues, commitment_values
from policygen.compose.extent.choice import ExtentChoice
from policygen.compose.extent.leading_line import leading_line
from policygen.compose.extent.select import GradedDraft, SectionSelection, select_clauses
from policygen.compose.faults import chart_faults, link_faults, telling_faults
from policygen.compose.fill import Decision, FillCache, Filler, Findings
from policygen.compose.fold import Draft
from policygen.compose.fold_section import FoldedSection, LayerEdits, SectionCache
from policygen.compose.places.order import merged_order
from policygen.compose.stack import Stack
from policygen.compose.translate import library_language, section_heads, translations_of
from policygen.facts.examples import example_words, service_faults
from policygen.facts.names import ShapeCache, fact_names
from policygen.facts.values import layer_facts, profile_facts
from policygen.model.extent import Omission, UnfilledTelling
from policygen.model.fragment import (
    Edit,
    EditKind,
    Fragment,
    Layer,
    Library,
    Organisation,
    Passage,
)
from policygen.model.language import in_language, subtag
from policygen.model.outline.outline import Outline, Tier
from policygen.model.policy import Clause, LeftOut, Origin, Removed, Section, Source, Telling
from policygen.model.wording import Wording
from policygen.problems import Problem

_NAME = ("title", "label")  # what a section is called, of all that it says of itself


class ComposeCache:
    """What composing one policy leaves for the next. Each result's key is all that it depends on.

    One serves all the policies of a run. It is bounded: words and facts of single organisations are
    forgotten, so that it does not grow with their number; `most` is how many wordings it holds.
    `lasting` keeps for runs to come what the library's words alone decide.
    """

    def __init__(self, most: int = 16384, lasting: LastingCache | None = None) -> None:
        self.sections = SectionCache()
        self.filling = FillCache(most, lasting)
        self.shapes = ShapeCache()


@dataclass(slots=True)
class WholeBody:
    """What is one for a body, in however many places it is.

    `layers` are those of all its stacks; `untranslated` are the tiers of clauses that lack a
    translation in some place, and so stand in the source language in all.
    """

    layers: tuple[Layer, ...]
    sources: Mapping[str, Source]
    findings: Findings = field(default_factory=Findings)
    untranslated: frozenset[tuple[str, str]] = frozenset()


def whole_body(stacks: Sequence[Stack]) -> WholeBody:
    """Return what stacks have together; where two have a source of one id, the first's stands."""
    by_identity = {id(layer): layer for stack in stacks for layer in stack.layers}
    order = merged_order([[id(layer) for layer in stack.layers] for stack in stacks])
    sources: dict[str, Source] = {}
    for stack in reversed(stacks):
        sources |= stack.sources()
    return WholeBody(tuple(by_identity[one] for one in order), sources)


class Composition:
    """Goes through the sections of one place's policy, and gathers what it finds."""

    def __init__(
        self,
        library: Library,
        organisation: Organisation,
        stack: Stack,
        language: str,
        cache: ComposeCache,
        body: WholeBody,
    ) -> None:
        source = library.source_language
        self.library = library
        self.organisation = organisation
        self.stack = stack
        self.language = language
        self.cache = cache
        self.outline: Outline = in_language(library.outlines, language)
        self.words_language = library_language(stack, language, source) or source
        self.body = body
        for layer in stack.every_layer():
            for words in {source, self.words_language}:
                cache.filling.templates.add_layer(layer, words)
        self.names = fact_names(stack.every_layer(), library, cache.shapes)
        self.problems: list[Problem] = [*service_faults(body.layers, organisation)]
        self.findings = self.body.findings
        self.passages: list[tuple[str, Passage]] = []  # with the clauses that tell them
        self.removed: list[Removed] = []
        self.lacking: list[str] = []  # clauses that stand in the source language, whole
        self.stale: list[str] = []  # clauses translated from words that have changed
        self.unreviewed: list[str] = []  # clauses told in a translation that nobody has reviewed
        self.extent = ExtentChoice(organisation, self.outline, language)
        self.is_in: dict[str, bool] = {}  # what has('id') tells, once every section is selected
        self._promised: dict[str, CommitmentValues] = {}  # by language
        self._fillers: dict[tuple[str, str], Filler] = {}

    # --- Folding ------------------------------------------------------------------------------

    def select(self, section: str) -> SectionSelection:
        """Return the clauses of one section, not filled yet: first by `when`, then by extent."""
        folded = self.fold(section)
        self.problems += folded.problems
        self.removed += folded.removed
        filler = self.filler(section)
        decided = [(draft, filler.decide(draft.when, draft.id)) for draft in folded.drafts]
        graded = self._graded(section, [pair for pair in decided if pair[1].holds])
        found = select_clauses(section, graded, self.extent)
        taken = [one.draft for one in found.taken]
        untranslated = set(folded.untranslated)
        self.lacking += [draft.id for draft in taken if _lacks_all(draft, untranslated)]
        self.stale += [draft.id for draft in taken if draft.id in folded.stale]
        self.unreviewed += [draft.id for draft in taken if draft.is_unreviewed]
        for draft in folded.drafts:
            self.is_in[draft.id] = False
        self.is_in.update((one.draft.id, True) for one in found.taken)
        return found

    def _graded(
        self, section: str, decided: Iterable[tuple[Draft, Decision]]
    ) -> Iterator[GradedDraft]:
        fragments = self.stack.fragments(section, self.library.source_language)
        section_grade = ""
        for _, fragment in fragments:
            section_grade = fragment.grade or section_grade
        for draft, decision in decided:
            yield GradedDraft(draft, decision, self.extent.grade(draft, section_grade))

    @property
    def clauses_met(self) -> tuple[str, ...]:
        """Every clause of the sections that were selected, also one left out or removed."""
        return (*self.is_in, *(one.id for one in self.removed))

    @property
    def translates(self) -> bool:
        """Whether it tells its clauses in another language than the source's, where it can."""
        return self.words_language != self.library.source_language

    def untranslated(self, section: str) -> tuple[tuple[str, str], ...]:
        """Return the tiers of a section's clauses that stand in the source language."""
        folded = self.fold(section)
        if self.translates:
            return folded.untranslated
        return tuple((draft.id, tier) for draft in folded.drafts for tier in draft.tellings)

    def fold(self, section: str) -> FoldedSection:
        """Fold the layers of one section, those edits whose `when` holds.

        A telling that lacks its translation in another place of the body stands in the source
        language here too, for the places are told together.
        """
        layers = list(self.layer_edits(section))
        elsewhere = self.body.untranslated if self.translates else frozenset()
        return self.cache.sections.fold(
            self.outline, layers, translate=self.translates, also_untranslated=elsewhere
        )

    def layer_edits(self, section: str) -> Iterator[LayerEdits]:
        """Yield what each layer does to a section, lowest first, with its translation if wanted."""
        told = self.stack.fragments(section, self.library.source_language)
        by_layer = {id(layer): fragment.edits for layer, fragment in told}
        for layer in self.stack.of(section):
            grades = layer.grades_in(section)
            if id(layer) not in by_layer and not grades:
                continue
            written = by_layer.get(id(layer), ())
            edits = tuple(edit for edit in written if self._applies(section, edit))
            translations: tuple[Fragment, ...] = ()
            if self.translates:
                translations = translations_of(self.stack, section, self.words_language, layer)
            yield LayerEdits(layer, edits, translations, grades)

    def _applies(self, section: str, edit: Edit) -> bool:
        """Tell whether an edit's `when` holds.

        An added clause keeps its condition, which is decided last: layers above may edit it.
        """
        if edit.change is EditKind.ADD:
            return True
        return self.filler(section).decide(edit.when, edit.id).holds

    def check_ways(self, selected: Iterable[SectionSelection], ids: Collection[str]) -> None:
        """Report links and ways of the chart that lead to no clause of this policy.

        `ids` are its clauses, in whichever place.
        """
        for found in selected:
            self.problems += chart_faults([one.draft for one in found.taken], self.outline)
        self.problems += link_faults(self.passages, ids)

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
            "has": self.is_in,
            "commitments": self.commitments(language).by_name,
            "examples": example_words(
                self.body.layers, self.organisation.profile.services, language
            ),
        }
        labels = in_language(self.library.outlines, language).labels
        filling = self.cache.filling
        context = filling.context(language, labels)
        return Filler(facts, self.names, context, self.findings, filling)

    def commitments(self, language: str) -> CommitmentValues:
        """Return what the body promises; a section's own posture changes none of it."""
        if language not in self._promised:
            labels = in_language(self.library.outlines, language).labels
            layers = self.body.layers
            values = commitment_values(layers, self.organisation, language, labels)
            self.problems += values.problems
            self._promised[language] = values
        return self._promised[language]

    def clauses(self, section: str, selection: SectionSelection) -> tuple[Clause, ...]:
        """Fill the clauses of one section; they have no numbers yet."""
        clauses: list[Clause] = []
        for one in selection.printed:
            line = selection.lines.get(one.draft.id)
            if line:
                clauses.append(self._line(section, one, line))
            else:
                clauses.append(self._clause(section, one))
        return tuple(clauses)

    def section(
        self,
        id: str,
        selection: SectionSelection,
        clauses: tuple[Clause, ...],
        promised: Collection[str],
    ) -> Section:
        """Join a section's clauses and what it says of itself; it has no number yet.

        `promised` are the commitments that the rules of the whole policy print.
        """
        passages = dict(
            section_heads(self.stack, id, self.library.source_language, self.words_language)
        )
        told = _NAME if selection.line else tuple(passages)  # a single line is no more than a name
        head = self._head(id, {key: one for key, one in passages.items() if key in told}, promised)
        origins = tuple(
            Origin(passage.layer, passage.location.path, passage.location.line, key)
            for key, passage in passages.items()
        )
        title, label = head.get("title") or Wording(self.language, (id,)), head.get("label")
        if line := selection.line:
            title = leading_line(label or title, line, self.outline.labels)
            return Section(id, "", title, clauses, origins=origins, omission=line)
        return Section(
            id=id,
            number="",
            title=title,
            clauses=clauses,
            label=label,
            lead=head.get("lead"),
            stake=head.get("stake"),
            manager=head.get("manager"),
            decides=head.get("decides"),
            by=head.get("by"),
            measure=head.get("measure"),
            origins=origins,
        )

    def _head(
        self, section: str, passages: Mapping[str, Passage], promised: Collection[str]
    ) -> dict[str, Wording]:
        """Fill what a section says of itself.

        A commitment that no rule prints is off here, so that nobody reads a duty without a rule.
        """
        head: dict[str, Wording] = {}
        for key, passage in passages.items():
            filler = self.filler(section, passage.language).with_commitments(promised)
            filled = filler.fill((passage,), section)
            if filled and filled.text.strip():  # else no condition in it holds
                head[key] = filled
        return head

    def _line(self, section: str, one: GradedDraft, line: Omission) -> Clause:
        """Return a clause that is left out and leads to the body's own document, as one line."""
        draft = one.draft
        passage = draft.label or draft.title
        named = self.filler(section, passage.language).fill((passage,), draft.id)
        named = named or Wording(self.language, (draft.id,))
        return Clause(
            id=draft.id,
            number="",
            title=leading_line(named, line, self.outline.labels),
            tellings=(),
            grade=one.grade,
            binding=draft.binding,
            origins=draft.origins,
            omission=line,
        )

    def left_out(self, section: str, selection: SectionSelection) -> Iterator[LeftOut]:
        """Yield the clauses of a section that are left out. What they lack is nobody's fault."""
        for one, omission in selection.omitted:
            draft = one.draft
            filler = self.filler(section, draft.title.language).unheard()
            label = filler.fill((draft.label,), draft.id) if draft.label else None
            title = filler.fill((draft.title,), draft.id)
            filled = {tier: filler.fill(words, draft.id) for tier, words in draft.tellings.items()}
            yield LeftOut(
                id=draft.id,
                section=section,
                title=title.skeleton if title else draft.id,
                label=label.skeleton if label else "",
                grade=one.grade,
                binding=draft.binding,
                omission=omission,
                tellings=tuple(
                    UnfilledTelling(tier, wording.language, wording.skeleton)
                    for tier, wording in filled.items()
                    if wording
                ),
                origins=draft.origins,
            )

    def _clause(self, section: str, one: GradedDraft) -> Clause:
        draft, chosen_by = one.draft, one.decision.chosen_by
        label = draft.label
        label_filler = self.filler(section, label.language) if label else None
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
            number="",
            title=filler.fill((draft.title,), draft.id) or Wording(self.language, (draft.id,)),
            tellings=tuple(Telling(tier, wording) for tier, wording in tellings.items()),
            label=label_filler.fill((label,), draft.id) if label_filler and label else None,
            grade=one.grade,
            citations=citations(draft.sources, self.body.sources, self.problems),
            audience=draft.audience,
            binding=draft.binding,
            under=draft.under,
            yes=draft.yes,
            no=draft.no,
            when=draft.when.text if draft.when else "",
            chosen_by=chosen_by,
            origins=draft.origins,
        )


def _lacks_all(draft: Draft, untranslated: Collection[tuple[str, str]]) -> bool:
    """Tell whether no telling of a clause has its translation."""
    return bool(draft.tellings) and all((draft.id, tier) in untranslated for tier in draft.tellings)


def _is_silent(wording: Wording, tier: Tier) -> bool:
    """Tell whether a telling in a short form has no words, because no condition in it holds.

    In the tiers of whole clauses, the heading is printed all the same.
    """
    return tier.form != "clauses" and not wording.text.strip()
