"""What caused a difference.

A fact, an edit that one side's stack has, or words that a layer has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from policygen.diff.facts import FactComparer, chooses_otherwise
from policygen.diff.match import WordsCache, near_copy
from policygen.facts.commitments import COMMITMENTS, printed_commitments
from policygen.facts.values import fact_text, profile_fact_text
from policygen.model.comparison.difference import Cause, ClausePair, FactCause, LayerCause, Side
from policygen.model.extent import Omission
from policygen.model.policy import Clause, Origin, Policy, Section
from policygen.model.wording import Wording

_PLACES = "organisation.jurisdiction"
Origins = Sequence[Origin]  # the edits that made something what it is, the lowest layer's first


class CauseFinder:
    """Knows both policies, and finds the causes of each difference between them."""

    def __init__(
        self, first: Policy, second: Policy, facts: FactComparer, words: WordsCache
    ) -> None:
        self._policies = {Side.FIRST: first, Side.SECOND: second}
        self._facts = facts
        self._words = words
        self._one_body = first.profile.name == second.profile.name
        layers = (*first.stack, *second.stack)
        self._titles = {layer.name: layer.title for layer in layers}
        self._deciding_facts: dict[Side, dict[str, str]] = {}

    def reworded(
        self, first: Wording, second: Wording, before: Origins, after: Origins, tier: str
    ) -> tuple[Cause, ...]:
        """Return why words differ.

        The edits of one side, the facts that chose, what is set otherwise within.
        """
        deciding = self._facts.deciding(first, second)
        within = [cause for cause in self._facts.differing(first, second) if not cause.names]
        facts = {cause.fact: cause for cause in (*deciding, *within)}
        layers = tuple(self.edits(before, after, tier))
        places = () if layers else self._places(first, second)
        if not layers and not places:
            layers = tuple(self._changed_layer(before, after, tier, sure=not deciding))
        return (*layers, *places, *facts.values())

    def _places(self, first: Wording, second: Wording) -> tuple[FactCause, ...]:
        """Return the places of both bodies, where what is told in some places only differs."""
        parted = [[part.places for part in wording.place_parts] for wording in (first, second)]
        if parted[0] == parted[1]:
            return ()
        texts = [
            profile_fact_text(policy.profile, policy.language, _PLACES)
            for policy in self._policies.values()
        ]
        if texts[0] == texts[1]:
            return ()
        return (self._facts.deciding_cause(_PLACES, *texts),)

    def in_one_tier(
        self, wording: Wording, side: Side, before: Origins, after: Origins, tier: str
    ) -> tuple[Cause, ...]:
        """Return why one side alone tells a tier: edits, else facts that chose, else the slip."""
        layers = tuple(self.edits(before, after, tier))
        if layers:
            return layers
        return tuple(self._deciding(wording.chosen_by, side)) or self.slip(before, after)

    def edits(self, before: Origins, after: Origins, tier: str = "") -> Iterator[LayerCause]:
        """Yield the edits that only one side has; with a tier, those that tell it."""
        for side, own, others in ((Side.FIRST, before, after), (Side.SECOND, after, before)):
            shared = {(origin.layer, origin.edit) for origin in others if self._shared(origin)}
            for origin in own:
                in_tier = not tier or tier in origin.tiers
                if in_tier and (origin.layer, origin.edit) not in shared:
                    yield self._cause(side, origin)

    def slip(self, before: Origins, after: Origins) -> tuple[Cause, ...]:
        """Return why the slip of a clause differs.

        Where both have the same edits, only a single one is sure.
        """
        edits = tuple(self.edits(before, after))
        if edits or len(after) != 1:
            return edits
        return (self._cause(Side.BOTH, after[0]),)

    def in_one_policy(self, pair: ClausePair) -> tuple[Cause, ...]:
        """Return why one policy alone has a clause, and which clause of the other it repeats."""
        side = Side.SECOND if pair.second else Side.FIRST
        causes: list[Cause] = [*self._presence(pair.clause, side)]
        copy = near_copy(pair.clause, self._policies[side.mirrored], self._words)
        if copy is not None:
            causes.append(copy)
        return tuple(causes)

    def omission(
        self, side: Side, omission: Omission, grades: tuple[str, str] = ("", "")
    ) -> LayerCause:
        """Return that a body leaves something out: by its extent, or for a reason of its own.

        `grades` are those of the clause where it is left out and where it is taken: of two policies
        with one extent, they are the reason.
        """
        policy = self._policies[side]
        edit = "leave-out-by-extent" if omission.extent else "leave-out"
        name = policy.profile.name
        because = omission.because
        left_out, taken = grades
        same_extent = omission.extent == self._policies[side.mirrored].extent
        if omission.extent and same_extent and left_out != taken:
            because = f"Its grade is {left_out} there, and {taken} in the other"
        return LayerCause(side, "extent", name, edit, "", because, omission.cleared_by)

    def section(self, section: Section, side: Side) -> tuple[Cause, ...]:
        """Return why only one of the two policies has a section: the layers that title it."""
        titling = (origin for origin in section.origins if origin.edit == "title")
        return tuple(self._cause(side, origin) for origin in titling)

    def head(
        self, first: Wording | None, second: Wording | None, before: Origins, after: Origins
    ) -> tuple[Cause, ...]:
        """Return why the title or another line of a section's head differs, or only one has it."""
        if first and second:
            facts = tuple(self._facts.deciding(first, second))
        elif one := first or second:
            side = Side.FIRST if first else Side.SECOND
            off = _commitments_off(self._policies[side.mirrored])
            facts = tuple(self._deciding(one.chosen_by, side, off))
        else:
            facts = ()
        causes: tuple[Cause, ...] = (*self.edits(before, after), *facts)
        if causes or not after:
            return causes
        return (self._cause(Side.BOTH, after[-1]),)

    def _presence(self, clause: Clause, side: Side) -> tuple[Cause, ...]:
        """Return who took a clause out of the other policy, what keeps it out, or who added it."""
        other = self._policies[side.mirrored]
        for removed in other.removed:
            if removed.id == clause.id and removed.origins:
                return (self._cause(side.mirrored, removed.origins[-1]),)
        if not clause.origins:
            return ()
        added = clause.origins[0]
        other_layers = {layer.name for layer in other.stack}
        if added.layer in other_layers and self._shared(added):
            conditions = tuple(self._deciding(clause.chosen_by, side))
            if conditions:
                return conditions
        return (self._cause(side, added),)

    def _changed_layer(
        self, before: Origins, after: Origins, tier: str, sure: bool
    ) -> Iterator[LayerCause]:
        """Yield the lowest of the edits that both have whose words have changed.

        `sure` says that some have. Each edit keeps a fingerprint of what stands beneath it: the
        first that differs points one layer lower. An edit of another tier counts for nothing: one
        side alone may have it.
        """
        in_tier = (
            [origin for origin in origins if not tier or tier in origin.tiers]
            for origins in (before, after)
        )
        pairs = list(zip(*in_tier, strict=False))
        for (_, origin), (first_above, second_above) in pairwise(pairs):
            if first_above.beneath != second_above.beneath:
                yield self._cause(Side.BOTH, origin)
                return
        if pairs and sure:
            yield self._cause(Side.BOTH, pairs[-1][1])

    def _deciding(
        self, chosen_by: Sequence[tuple[str, str]], side: Side, off: Collection[str] = ()
    ) -> Iterator[FactCause]:
        """Yield the facts for which words stand on one side only; some are off on the other."""
        if not chosen_by:
            return
        other = self._policies[side.mirrored]
        looked_at = self._deciding_facts_of(side.mirrored)
        for fact, value in chosen_by:
            if fact in off:
                other_value = fact_text(False)
            else:
                other_value = looked_at.get(fact) or _value_in(other, fact)
            if not chooses_otherwise(fact, other_value, value):
                continue
            values = (value, other_value) if side is Side.FIRST else (other_value, value)
            yield self._facts.deciding_cause(fact, *values)

    def _deciding_facts_of(self, side: Side) -> dict[str, str]:
        """Return every fact that chose something in a policy, with its value."""
        if side not in self._deciding_facts:
            self._deciding_facts[side] = _all_deciding_facts(self._policies[side])
        return self._deciding_facts[side]

    def _shared(self, origin: Origin) -> bool:
        """Tell whether a layer of both stacks is one and the same.

        Each body's own is called `organisation`.
        """
        return self._one_body or origin.layer != "organisation"

    def _cause(self, side: Side, origin: Origin) -> LayerCause:
        policy = self._policies[Side.FIRST if side is Side.FIRST else Side.SECOND]
        title = self._titles.get(origin.layer, origin.layer)
        if origin.layer == "organisation":
            title = policy.profile.name
        place = f"{origin.path}:{origin.line}" if origin.line else origin.path
        return LayerCause(
            side, origin.layer, title, origin.edit, place, origin.because, origin.cleared_by
        )


def _commitments_off(policy: Policy) -> set[str]:
    """Return the commitments of which no section's head speaks, since no rule prints them."""
    printed = printed_commitments(policy.clauses(), policy.outline)
    names = {commitment.name for commitment in policy.commitments}
    return {f"{COMMITMENTS}{name}" for name in names - printed}


def _value_in(policy: Policy, fact: str) -> str:
    """Return the value of a fact in a policy in which no wording was chosen by it.

    It has the form of the values in `chosen_by`, so that the two can be compared.
    """
    for commitment in policy.commitments:
        if fact == f"{COMMITMENTS}{commitment.name}":
            return commitment.text or fact_text(False)
    return profile_fact_text(policy.profile, policy.language, fact)


def _all_deciding_facts(policy: Policy) -> dict[str, str]:
    facts: dict[str, str] = {}
    for clause in policy.clauses():
        facts.update(clause.chosen_by)
        for telling in clause.tellings:
            facts.update(telling.wording.chosen_by)
    return facts
