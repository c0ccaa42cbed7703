"""Library and Organisation -> Policy: the stack, the fold, the filling, the citations. Pure: no disk, no clock."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from policygen.compose import facts
from policygen.compose.cite import cite, cited
from policygen.compose.faults import charted, judge, linked, untold
from policygen.compose.fill import Filler, Missing
from policygen.compose.fold import Draft, Same, folded
from policygen.compose.stack import Stack, select
from policygen.compose.translate import beside, heads, translated, words_for
from policygen.model.fragment import Edit, EditKind, Layer, Library, Organisation, Passage
from policygen.model.language import in_language, localise, subtag
from policygen.model.policy import (
    Clause,
    HistoryEntry,
    Origin,
    Outline,
    Policy,
    Removed,
    Section,
    Source,
    Telling,
    Tier,
    Wording,
)
from policygen.problems import Level, Problem, errors, nearest

__all__ = ["Composed", "compose", "languages"]


@dataclass(frozen=True, slots=True)
class Composed:
    """A policy, or None when something is an error, and every Problem found on the way."""

    policy: Policy | None
    problems: tuple[Problem, ...]


def languages(
    library: Library, organisation: Organisation
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The profile's languages that the library has words for, and a warning for each that it has not.

    When it has words for none, the policy is in the source language.
    """
    stack = select(library, organisation)
    source = library.source_language
    wanted = organisation.profile.languages or (source,)
    supplied = tuple(tag for tag in wanted if words_for(stack, tag, source))
    problems = tuple(
        Problem(
            f'The library has no words in "{tag}" yet: the policy is built in {", ".join(supplied) or source}.',
            f"Add translations beside the fragments, such as law.{subtag(tag)}.md, or leave it.",
            organisation.place(("languages", number)),
            Level.WARNING,
        )
        for number, tag in enumerate(wanted)
        if tag not in supplied
    )
    return supplied or (source,), problems


def compose(library: Library, organisation: Organisation, language: str) -> Composed:
    """Fold a profile's stack into one policy in one language (BCP 47)."""
    stack = select(library, organisation)
    outline = in_language(library.outlines, language)
    work = _Work(library, organisation, stack, outline, language)
    held = {section: found for section in work.sections() if (found := work.held(section))}
    front = held.pop(outline.front.section, [])
    sections = tuple(
        work.section(section, str(number), found)
        for number, (section, found) in enumerate(held.items(), 1)
    )
    about = work.section(outline.front.section, "", front)
    for found in held.values():
        work.problems += charted([draft for draft, _ in found], outline)
    work.problems += linked(work.passages, {c.id for s in (about, *sections) for c in s.clauses})
    gaps, faults = judge(work.missing.values(), organisation)
    problems = tuple(dict.fromkeys((*work.problems, *work.untranslated(), *faults)))
    if errors(problems):
        return Composed(None, problems)
    every = [clause for section in (about, *sections) for clause in section.clauses]
    policy = Policy(
        language=language,
        profile=organisation.profile,
        stack=stack.listed(),
        outline=outline,
        front=about,
        sections=sections,
        sources=cited(every, work.sources),
        removed=tuple(work.removed),
        gaps=gaps,
        profile_digest=organisation.digest,
        library_digest=library.digest,
        logo=base64.b64encode(organisation.logo).decode(),
        history=tuple(_told(entry, language) for entry in organisation.history),
        theme=organisation.theme,
    )
    return Composed(policy, problems)


def _told(entry: HistoryEntry, language: str) -> HistoryEntry:
    """A release in the words of one language, where the profile gives them in several."""
    approver, approved_at = (
        localise(words, language) for words in (entry.approver, entry.approved_at)
    )
    return replace(entry, approver=approver, approved_at=approved_at)


def _silent(wording: Wording, tier: Tier) -> bool:
    """Whether no branch of a short form's line holds, so that there is no line; a whole clause keeps its heading."""
    return tier.form != "clauses" and not wording.text.strip()


Held: TypeAlias = tuple[Draft, tuple[tuple[str, str], ...]]


@dataclass(slots=True)
class _Work:
    """What one composition gathers as it goes through the sections."""

    library: Library
    organisation: Organisation
    stack: Stack
    outline: Outline
    language: str
    problems: list[Problem] = field(default_factory=list)
    missing: dict[tuple[str, str], Missing] = field(default_factory=dict)
    passages: list[tuple[str, Passage]] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)  # clauses that stand in the source language
    words: str = ""
    sources: Mapping[str, Source] = field(default_factory=dict)
    _shape: facts.Shape = field(default_factory=dict)
    _fillers: dict[tuple[str, str], Filler] = field(default_factory=dict)

    def __post_init__(self) -> None:
        source = self.library.source_language
        self.words = words_for(self.stack, self.language, source) or source
        self.sources = self.stack.sources()
        self._shape = facts.shape(self.library, self.stack.layers)

    def filler(self, section: str, words: str = "") -> Filler:
        """The facts that a section uses, its own posture's where it has one, as the language of the words tells them.

        Words that wait for their translation are filled in their own language: its dates, its numbers, its "and".
        """
        language = words if words and subtag(words) != subtag(self.language) else self.language
        key = (section if section in self.stack.by_section else "", language)
        if key not in self._fillers:
            given = facts.of_profile(self.organisation.profile, language)
            values = {**given, **facts.of_layers(self.stack.of(section), language)}
            labels = in_language(self.library.outlines, language).labels
            self._fillers[key] = Filler(
                language, values, self._shape, labels, self.problems, self.missing
            )
        return self._fillers[key]

    def sections(self) -> list[str]:
        """The outline's sections and, after the one that each follows or last, the organisation's own."""
        order = [*self.outline.sections, self.outline.front.section]
        own = {
            f.section: f
            for f in self.stack.own_sections(self.library.source_language)
            if f.section not in order
        }
        behind: dict[
            str, str
        ] = {}  # the last one put behind each, so that they keep the order of their files
        while ready := next((f for f in own.values() if f.after is None or f.after in order), None):
            target = behind.get(ready.after, ready.after) if ready.after else order[-1]
            order.insert(order.index(target) + 1, own.pop(ready.section).section)
            behind[ready.after or ""] = ready.section
        for fragment in own.values():
            what = f'The section "{fragment.section}" is to follow "{fragment.after}", which is not there.'
            self.problems.append(
                Problem(what, nearest(fragment.after or "", order), fragment.place)
            )
        return order

    def fold(self, section: str) -> list[Draft]:
        """The clauses of one section in order, in the wanted words or wholly in the source language's."""
        source = self.library.source_language
        layers = [
            (layer, fragment.edits) for layer, fragment in self.stack.fragments(section, source)
        ]
        drafts = self._folded(section, layers)
        self.removed += [Removed(d.id, d.title.text, d.origins) for d in drafts if d.removed]
        drafts = [draft for draft in drafts if not draft.removed]
        if self.words == source:
            return drafts
        told = {
            (layer.name, edit.id): translated(edit, beside(self.stack, section, self.words, layer))
            for layer, edits in layers
            for edit in edits
            if self.applies(section, edit)
        }
        lacking = {id for (_, id), words in told.items() if words is None}
        self.lacking += [draft.id for draft in drafts if draft.id in lacking]
        # A clause that lacks any layer's translation is folded in the source language at every layer.
        wanted = [
            (
                layer,
                [
                    edit if edit.id in lacking else told.get((layer.name, edit.id)) or edit
                    for edit in edits
                ],
            )
            for layer, edits in layers
        ]
        # An edit is stale when the source language's words have moved, in whichever language it prints.
        kept = [draft for draft in self._folded(section, wanted) if not draft.removed]
        pairs = zip(drafts, kept, strict=True)
        return [replace(new, origins=old.origins) for old, new in pairs]

    def _folded(self, section: str, layers: Iterable[tuple[Layer, Iterable[Edit]]]) -> list[Draft]:
        applied = [
            part
            for layer, edits in layers
            for part in (layer, *(e for e in edits if self.applies(section, e)))
        ]
        drafts, found = folded(Same((self.outline, *applied)))
        self.problems += [problem for problem in found if problem not in self.problems]
        return list(drafts)

    def applies(self, section: str, edit: Edit) -> bool:
        """Whether an edit's `when` holds; a clause that is added keeps its own, for whoever edits it above."""
        return (
            edit.change is EditKind.ADD
            or not edit.when
            or self.filler(section).decide(edit.when, edit.id)[0]
        )

    def held(self, section: str) -> list[Held]:
        """The clauses of one section whose `when` holds, and the facts that it looked at."""
        filler = self.filler(section)
        answers = (
            (d, *(filler.decide(d.when, d.id) if d.when else (True, ())))
            for d in self.fold(section)
        )
        return [(draft, chosen) for draft, holds, chosen in answers if holds]

    def section(self, id: str, number: str, held: Iterable[Held]) -> Section:
        """Fill one section, and number its clauses."""
        passages = dict(heads(self.stack, id, self.library.source_language, self.words))
        where = f"the section {id}"
        head = {
            key: self.filler(id, passage.language).fill((passage,), where)
            for key, passage in passages.items()
        }
        clauses = [
            self._clause(
                self.filler(id, draft.title.language),
                draft,
                f"{number}.{place}" if number else "",
                chosen,
            )
            for place, (draft, chosen) in enumerate(held, 1)
        ]
        title = head.get("title") or Wording(self.language, (id,))
        lead, decides, by = (head.get(key) for key in ("lead", "decides", "by"))
        origins = tuple(
            Origin(p.layer, p.place.path, p.place.line, key) for key, p in passages.items()
        )
        return Section(id, number, title, tuple(clauses), lead, decides, by, origins)

    def _clause(
        self, filler: Filler, draft: Draft, number: str, chosen: tuple[tuple[str, str], ...]
    ) -> Clause:
        self.passages += [
            (draft.id, passage) for told in draft.tellings.values() for passage in told
        ]
        filled = {tier: filler.fill(told, draft.id) for tier, told in draft.tellings.items()}
        tellings = {tier: wording for tier, wording in filled.items() if wording}
        silent = [
            tier for tier, wording in tellings.items() if _silent(wording, self.outline.tiers[tier])
        ]
        for tier in silent:
            chosen += tellings.pop(tier).chosen_by  # another value would have given it words
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
            chosen_by=chosen,
            origins=draft.origins,
        )

    def untranslated(self) -> Iterable[Problem]:
        """One warning for all clauses that a translation lacks."""
        if self.lacking:
            yield Problem(
                f"{len(self.lacking)} clauses have no words in {self.language} in every layer, and stand in "
                f"{self.library.source_language}: {', '.join(self.lacking)}.",
                f"Add them to the translations, such as {self.lacking[0].partition('.')[0]}.{self.words}.md.",
                self.organisation.place(("languages",)),
                Level.WARNING,
            )
