"""What caused a difference: a fact, an edit that one side's stack has, or words that a layer has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from policygen.diff.facts import FactComparer, is_name
from policygen.diff.match import near_copy
from policygen.facts.values import profile_fact_text
from policygen.model.difference import Cause, ClausePair, FactCause, LayerCause, Side
from policygen.model.policy import Origin, Policy, Section, Wording

Origins = Sequence[Origin]  # the edits that made something what it is, the lowest layer's first


class CauseFinder:
    """Knows both policies, and answers for each difference between them."""

    def __init__(self, first: Policy, second: Policy, facts: FactComparer) -> None:
        self.facts = facts
        self.first = first
        self.second = second
        self.outline = second.outline
        self._one_body = first.profile.name == second.profile.name
        self._titles = {
            layer.name: layer.title for policy in (first, second) for layer in policy.stack
        }
        self._stacks = {
            Side.FIRST: {layer.name for layer in first.stack},
            Side.SECOND: {s.name for s in second.stack},
        }
        self._known = {
            Side.FIRST: cache(lambda: _known(first)),
            Side.SECOND: cache(lambda: _known(second)),
        }

    def reworded(
        self, first: Wording, second: Wording, before: Origins, after: Origins, tier: str
    ) -> tuple[Cause, ...]:
        """Why the words differ: the edits of one side, the facts that chose, and what is set otherwise within them."""
        facts = {
            cause.fact: cause for cause in self.facts.differing(first, second) if not cause.names
        }
        picked = {cause.fact: cause for cause in self.facts.chosen(first, second)}
        layers = tuple(self.edits(before, after, tier)) or tuple(
            self._changed(before, after, tier, sure=not picked)
        )
        return (*layers, *{**picked, **facts}.values())

    def told(
        self, one: Wording, side: Side, before: Origins, after: Origins, tier: str
    ) -> tuple[Cause, ...]:
        """Why only one side tells a clause in a tier: the edits of one side, the facts for which it does, the slip."""
        layers = tuple(self.edits(before, after, tier))
        return layers or tuple(self._when(one.chosen_by, side)) or self.slip(before, after)

    def edits(self, before: Origins, after: Origins, tier: str = "") -> Iterator[LayerCause]:
        """The edits that only one side has; with a tier, those that tell it."""
        for side, mine, others in ((Side.FIRST, before, after), (Side.SECOND, after, before)):
            there = {(origin.layer, origin.edit) for origin in others if self._shared(origin.layer)}
            for origin in mine:
                if (origin.layer, origin.edit) not in there and (not tier or tier in origin.tiers):
                    yield self._cause(side, origin)

    def slip(self, before: Origins, after: Origins) -> tuple[Cause, ...]:
        """Why the slip of a clause differs. Where both have the same edits, only a single one is sure to be it."""
        found = tuple(self.edits(before, after))
        return found or tuple(self._cause(Side.BOTH, origin) for origin in after if len(after) == 1)

    def present(self, pair: ClausePair) -> tuple[Cause, ...]:
        """Why only one of the two policies has a clause."""
        clause, side = pair.clause, Side.SECOND if pair.second else Side.FIRST
        lacking = self.first if side is Side.SECOND else self.second
        removed = next(
            (one.origins[-1] for one in lacking.removed if one.id == clause.id and one.origins),
            None,
        )
        added = clause.origins[0] if clause.origins else None
        causes: list[Cause] = [self._cause(side.mirrored, removed)] if removed else []
        if (
            added
            and not removed
            and added.layer in self._stacks[side.mirrored]
            and self._shared(added.layer)
        ):
            causes += self._when(clause.chosen_by, side)
        if added and not causes:
            causes.append(self._cause(side, added))
        like = near_copy(clause, lacking)
        return (*causes, *((like,) if like else ()))

    def section(self, section: Section, side: Side) -> tuple[Cause, ...]:
        """Why only one of the two policies has a section: the layers that title it."""
        return tuple(
            self._cause(side, origin) for origin in section.origins if origin.edit == "title"
        )

    def head(
        self, first: Wording | None, second: Wording | None, before: Origins, after: Origins
    ) -> tuple[Cause, ...]:
        """Why the title or another line of a section's head differs."""
        facts = self.facts.chosen(first, second) if first and second else ()
        found = tuple(self.edits(before, after))
        same = (
            () if facts or found else tuple(self._cause(Side.BOTH, origin) for origin in after[-1:])
        )
        return (*found, *facts, *same)

    def _changed(
        self, before: Origins, after: Origins, tier: str, sure: bool
    ) -> Iterator[LayerCause]:
        """Both have the same edits: the lowest whose words have changed. `sure` says that some have."""
        told = [(a, b) for a, b in zip(before, after, strict=False) if not tier or tier in b.tiers]
        for (_, origin), (above, now) in pairwise(told):
            if above.beneath != now.beneath:
                yield self._cause(Side.BOTH, origin)
                return
        if told and sure:
            yield self._cause(Side.BOTH, told[-1][1])

    def _when(self, chosen_by: Sequence[tuple[str, str]], side: Side) -> Iterator[FactCause]:
        """The facts for which a clause, or one telling of it, stands in the policy on one side and not in the other."""
        lacking = self.first if side is Side.SECOND else self.second
        known = self._known[side.mirrored]() if chosen_by else {}
        for fact, value in chosen_by:
            other = known.get(fact) or profile_fact_text(lacking.profile, lacking.language, fact)
            if other != value:
                first, second = (value, other) if side is Side.FIRST else (other, value)
                yield FactCause(fact, first, second, is_name(fact, self.outline))

    def _shared(self, layer: str) -> bool:
        """Whether a layer of both stacks is one and the same: each body's own is called `organisation`."""
        return self._one_body or layer != "organisation"

    def _cause(self, side: Side, origin: Origin) -> LayerCause:
        whose = self.first if side is Side.FIRST else self.second
        own = origin.layer == "organisation"
        title = whose.profile.name if own else self._titles.get(origin.layer, origin.layer)
        return LayerCause(
            side, origin.layer, title, origin.edit, f"{origin.path}:{origin.line}", origin.because
        )


def _known(policy: Policy) -> dict[str, str]:
    """Every fact that chose something in a policy."""
    return dict(
        fact
        for clause in policy.clauses()
        for looked in (
            clause.chosen_by,
            *(telling.wording.chosen_by for telling in clause.tellings),
        )
        for fact in looked
    )
