"""What is not wrong but deserves a look: how the words read, what backs them, how long an edition is.

`errors` belong to `compose`. What stands here is a warning, which `--strict` makes fail, or advice.
"""

from __future__ import annotations

from policygen.lint.brand import pale_colour
from policygen.lint.budget import budgets
from policygen.lint.glyphs import missing_glyphs
from policygen.lint.provenance import provenance
from policygen.lint.reading import Told, told
from policygen.lint.sentences import sentences
from policygen.lint.terms import terms
from policygen.lint.words import words
from policygen.model.language import subtag
from policygen.model.policy import Policy
from policygen.model.style import HouseStyle
from policygen.problems import Problem

__all__ = ["lint"]


def lint(policy: Policy, style: HouseStyle) -> tuple[Problem, ...]:
    """Look at one composed policy. The house style is that of the source language."""
    found = [*provenance(policy)]
    if subtag(policy.language) == subtag(policy.outline.source_language):
        every: tuple[Told, ...] = tuple(told(policy))
        found += [
            *sentences(policy, every, style),
            *words(policy, every, style),
            *terms(policy, every, style),
        ]
    return (*found, *budgets(policy), *pale_colour(policy), *missing_glyphs(policy))
