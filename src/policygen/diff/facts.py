"""Which facts differ between two wordings, and whether a fact only names something."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias, cast

from policygen.diff.profile_values import Languages, ProfileValues
from policygen.facts.examples import EXAMPLES
from policygen.facts.values import fact_text, profile_fact_text
from policygen.model.comparison.difference import FactCause
from policygen.model.outline.outline import Outline
from policygen.model.policy import Policy
from policygen.model.wording import Loop, Printed, Wording

_FactPairs: TypeAlias = Iterable[tuple[str, str]]  # facts, and what is printed for each
# Each fact once, with its texts, by those texts in small letters.
_TextsByFact: TypeAlias = Mapping[str, Mapping[str, str]]
_LONG = 120  # characters
_SERVICES = "organisation.services"  # which give examples their words


@dataclass(frozen=True, slots=True)
class _PrintedPair:
    """A fact that stands at the same place of two wordings, and what each prints for it."""

    fact: str
    before: str
    after: str


class FactComparer:
    """Tells the facts in which two policies differ from those that are the same, in other words."""

    def __init__(self, first: Policy, second: Policy) -> None:
        self._outline = second.outline
        self._languages = first.language, second.language
        self._profiles = ProfileValues(first, second)
        self._commitment_names = names_of_commitments(first) | names_of_commitments(second)
        self._services = _services_of(first), _services_of(second)

    def only_facts(self, first: Wording, second: Wording) -> tuple[FactCause, ...] | None:
        """Return the facts that alone tell two wordings of one skeleton apart.

        It is None where the words around a fact differ too.
        """
        languages = first.language, second.language
        pairs: list[_PrintedPair] = []
        for pair in self._printed_pairs(first, second):
            if pair is None or self._only_words_differ(pair, languages):
                return None
            pairs.append(pair)
        before = texts_by_fact((pair.fact, pair.before) for pair in pairs)
        after = texts_by_fact((pair.fact, pair.after) for pair in pairs)
        causes = self._causes(before, after, _loops(first, second))
        return (*causes, *self._services_behind(causes))

    def _services_behind(self, causes: Iterable[FactCause]) -> Iterator[FactCause]:
        """Yield the services of two bodies, where the words of an example differ by them."""
        first, second = self._services
        if first != second and any(cause.fact.startswith(EXAMPLES) for cause in causes):
            yield FactCause(_SERVICES, first, second, names=True, is_list=True)

    def differing(self, first: Wording, second: Wording) -> tuple[FactCause, ...]:
        """Return the facts that both wordings print, whatever their words, with other values."""
        before, after = texts_by_fact(first.values), texts_by_fact(second.values)
        languages = first.language, second.language
        causes = self._causes(before, after, _loops(first, second))
        return tuple(
            cause
            for cause in causes
            if not self._profiles.same(cause.fact, before[cause.fact], after[cause.fact], languages)
        )

    def deciding(self, first: Wording, second: Wording) -> tuple[FactCause, ...]:
        """Return the facts that chose between wordings and differ.

        Both sides must have looked at them.
        """
        before = dict(first.chosen_by)
        return tuple(
            self.deciding_cause(fact, before[fact], value)
            for fact, value in second.chosen_by
            if chooses_otherwise(fact, before.get(fact, value), value)
        )

    def differing_names(self, first: _FactPairs, second: _FactPairs) -> frozenset[str]:
        """Return the facts that only name something and are not the same on both sides."""
        before, after = texts_by_fact(first), texts_by_fact(second)
        facts = before.keys() | after.keys()
        return frozenset(
            fact
            for fact in facts
            if is_name(fact, self._outline) and not self._same(fact, before, after)
        )

    def deciding_cause(self, fact: str, first: str, second: str) -> FactCause:
        """Return a fact that chose between wordings as a cause.

        Whether an example is told is chosen by the body's services. A policy does not hold the
        library's own facts, so one of those with a long value is taken for a list.
        """
        if fact.startswith(EXAMPLES):
            return FactCause(_SERVICES, *self._services, False, True)
        is_list = self._profiles.is_list(fact)
        if is_list is None:
            is_list = max(len(first), len(second)) > _LONG
        names = is_name(fact, self._outline)
        called = self._commitment_names.get(fact, "")
        if called:
            first, second = _on_or_off(first), _on_or_off(second)
        return FactCause(fact, first, second, names, is_list, called)

    def _same(self, fact: str, before: _TextsByFact, after: _TextsByFact) -> bool:
        """Tell whether both policies print a fact, and it is the same in both."""
        if fact not in before or fact not in after:
            return False
        return self._profiles.same(fact, before[fact], after[fact], self._languages)

    def _only_words_differ(self, pair: _PrintedPair, languages: Languages) -> bool:
        """Tell whether a fact is the same on both sides, and is printed in other words."""
        if pair.before == pair.after:
            return False
        return self._profiles.same(pair.fact, (pair.before,), (pair.after,), languages)

    def _causes(
        self, before: _TextsByFact, after: _TextsByFact, loops: Collection[str]
    ) -> tuple[FactCause, ...]:
        """Return the facts that both print with another text in each.

        What is set stands before what is named.
        """
        causes: list[FactCause] = []
        for fact in after:
            if fact in before:
                texts = _joined(before[fact]), _joined(after[fact])
                names = is_name(fact, self._outline)
                called = self._commitment_names.get(fact, "")
                causes.append(FactCause(fact, *texts, names, fact in loops, called))
        differing = (cause for cause in causes if cause.first != cause.second)
        return tuple(sorted(differing, key=lambda cause: cause.names))

    def _printed_pairs(self, first: Wording, second: Wording) -> Iterator[_PrintedPair | None]:
        """Yield each fact in turn; None for a loop over one list whose rows have other words."""
        places = zip(_facts(first), _facts(second), first.values, second.values, strict=False)
        languages = first.language, second.language
        for one, other, (fact, before), (_, after) in places:
            if before != after and self._same_list(one, other, languages):
                rows = replace(first, pieces=cast(Loop, one).pieces)
                others = replace(second, pieces=cast(Loop, other).pieces)
                yield from self._printed_rows(rows, others)
            else:
                yield _PrintedPair(fact, before, after)

    def _same_list(self, one: Printed | Loop, other: Printed | Loop, languages: Languages) -> bool:
        """Tell whether both are loops over the same list."""
        if not isinstance(one, Loop) or not isinstance(other, Loop):
            return False
        return self._profiles.same_list(one, other, languages)

    def _printed_rows(self, rows: Wording, others: Wording) -> Iterator[_PrintedPair | None]:
        if rows.skeleton == others.skeleton:
            yield from self._printed_pairs(rows, others)
        else:
            yield None


def _services_of(policy: Policy) -> str:
    return profile_fact_text(policy.profile, policy.language, _SERVICES)


def chooses_otherwise(fact: str, before: str, after: str) -> bool:
    """Tell whether two values of a fact choose differently; of an example only whether it is there.

    Two bodies with other words for one example are told alike.
    """
    if fact.startswith(EXAMPLES):
        nothing = fact_text(None)
        return (before == nothing) != (after == nothing)
    return before != after


def _facts(wording: Wording) -> list[Printed | Loop]:
    return [piece for piece in wording.pieces if not isinstance(piece, str)]


def _loops(*wordings: Wording) -> frozenset[str]:
    """Return the paths of the lists that wordings go through."""
    pieces = (piece for wording in wordings for piece in wording.pieces)
    return frozenset(piece.over for piece in pieces if isinstance(piece, Loop))


def is_name(fact: str, outline: Outline) -> bool:
    """Tell whether a fact only names something: the nearest entry of the outline decides."""
    parts = fact.split(".")
    for end in range(len(parts), 0, -1):
        path = ".".join(parts[:end])
        if path in outline.settings:
            return False
        if path in outline.names:
            return True
    return False


def texts_by_fact(pairs: _FactPairs) -> _TextsByFact:
    """Return each fact once, with every text that is printed for it, whatever its capitals."""
    found: dict[str, dict[str, str]] = {}
    for fact, text in pairs:
        found.setdefault(fact, {}).setdefault(text.casefold(), text)
    return found


def fact_texts(pairs: _FactPairs) -> Mapping[str, str]:
    """Return each fact once; one that is printed in several ways has them all."""
    return {fact: _joined(texts) for fact, texts in texts_by_fact(pairs).items()}


def _joined(texts: Mapping[str, str]) -> str:
    return ", ".join(texts.values())


def _on_or_off(commitment: str) -> str:
    """Return what a body promises as its profile says it: one that is false is off."""
    return "off" if commitment == fact_text(False) else commitment


def names_of_commitments(policy: Policy) -> dict[str, str]:
    """Return what people call each commitment, by the path of its fact."""
    return {f"commitments.{promised.name}": promised.says for promised in policy.commitments}
