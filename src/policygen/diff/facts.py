"""Which facts differ between two wordings, and whether a fact only names something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from policygen.diff.profile_values import ProfileValues
from policygen.model.difference import FactCause
from policygen.model.policy import Loop, Outline, Policy, Wording

_FactPairs: TypeAlias = Iterable[tuple[str, str]]  # facts, and what is printed for each
_TextsByFact: TypeAlias = Mapping[
    str, Mapping[str, str]
]  # each fact once, with its texts by what they are in small letters


class FactComparer:
    """Tells the facts in which two policies differ from those that are the same, in other words."""

    def __init__(self, first: Policy, second: Policy) -> None:
        self.outline = second.outline
        self.languages = first.language, second.language
        self.given = ProfileValues(first, second)

    def alone(self, first: Wording, second: Wording) -> tuple[FactCause, ...] | None:
        """The facts that alone tell two wordings of one skeleton apart; None where words about a fact do too."""
        before: list[tuple[str, str]] = []
        after: list[tuple[str, str]] = []
        for place in self._places(first, second):
            if place is None:
                return None
            fact, was, now = place
            if was != now and self.given.same(
                fact, (was,), (now,), (first.language, second.language)
            ):
                return None
            before.append((fact, was))
            after.append((fact, now))
        return self._causes(texts_by_fact(before), texts_by_fact(after))

    def differing(self, first: Wording, second: Wording) -> tuple[FactCause, ...]:
        """The facts that two wordings, whatever their words, both print, and that are others."""
        before, after, languages = (
            texts_by_fact(first.values),
            texts_by_fact(second.values),
            (first.language, second.language),
        )
        causes = self._causes(before, after)
        return tuple(
            c
            for c in causes
            if not self.given.same(c.fact, before[c.fact], after[c.fact], languages)
        )

    def chosen(self, first: Wording, second: Wording) -> tuple[FactCause, ...]:
        """The facts that chose between wordings and differ; both sides must have looked at them."""
        before = dict(first.chosen_by)
        return tuple(
            FactCause(fact, before[fact], value, is_name(fact, self.outline))
            for fact, value in second.chosen_by
            if fact in before and before[fact] != value
        )

    def named(self, first: _FactPairs, second: _FactPairs) -> frozenset[str]:
        """The facts that only name something, and not the same on both sides, of all that either policy prints."""
        before, after = texts_by_fact(first), texts_by_fact(second)
        found = (fact for fact in {**before, **after} if is_name(fact, self.outline))
        return frozenset(
            fact
            for fact in found
            if not (fact in before and fact in after)
            or not self.given.same(fact, before[fact], after[fact], self.languages)
        )

    def _causes(self, before: _TextsByFact, after: _TextsByFact) -> tuple[FactCause, ...]:
        """The facts that both print, with another text in each; what is set stands before what is named."""
        both = (
            (fact, _joined(before[fact]), _joined(after[fact])) for fact in after if fact in before
        )
        found = [
            FactCause(fact, a, b, is_name(fact, self.outline)) for fact, a, b in both if a != b
        ]
        return tuple(sorted(found, key=lambda cause: cause.names))

    def _places(self, first: Wording, second: Wording) -> Iterator[tuple[str, str, str] | None]:
        """Each fact in turn with what either prints for it; None for rows of the same list in other words."""
        a, b = (
            [piece for piece in wording.pieces if not isinstance(piece, str)]
            for wording in (first, second)
        )
        for one, other, (fact, before), (_, after) in zip(
            a, b, first.values, second.values, strict=False
        ):
            if (
                before != after
                and isinstance(one, Loop)
                and isinstance(other, Loop)
                and self.given.same_list(one, other, (first.language, second.language))
            ):
                rows, others = (
                    replace(first, pieces=one.pieces),
                    replace(second, pieces=other.pieces),
                )
                yield from (
                    self._places(rows, others) if rows.skeleton == others.skeleton else (None,)
                )
            else:
                yield fact, before, after


def is_name(fact: str, outline: Outline) -> bool:
    """Whether a fact only names something (the nearest word of the outline decides)."""
    parts = fact.split(".")
    for end in range(len(parts), 0, -1):
        path = ".".join(parts[:end])
        if path in outline.settings:
            return False
        if path in outline.names:
            return True
    return False


def texts_by_fact(pairs: _FactPairs) -> _TextsByFact:
    """Each fact once, with every text that is printed for it but for a capital at its start."""
    found: dict[str, dict[str, str]] = {}
    for fact, text in pairs:
        found.setdefault(fact, {}).setdefault(text.casefold(), text)
    return found


def fact_texts(pairs: _FactPairs) -> Mapping[str, str]:
    """Each fact once; one that is printed in several ways has them all."""
    return {fact: _joined(texts) for fact, texts in texts_by_fact(pairs).items()}


def _joined(texts: Mapping[str, str]) -> str:
    return ", ".join(texts.values())
