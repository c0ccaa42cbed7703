"""Everything that deserves a look in one composed policy."""

from __future__ import annotations

from policygen.lint import LintCache
from policygen.lint.budget import budget_faults
from policygen.lint.look.brand import pale_colour
from policygen.lint.look.glyphs import missing_glyphs
from policygen.lint.look.word_template import word_template_faults
from policygen.lint.practice import duty_faults
from policygen.lint.provenance import provenance_faults
from policygen.lint.published import long_address, no_address
from policygen.lint.reading import ReadTelling, read_tellings
from policygen.lint.rule import rule_faults
from policygen.lint.sentences import sentence_faults
from policygen.lint.terms import term_faults
from policygen.lint.words import word_faults
from policygen.markdown.prose import ProseCache
from policygen.model.language import subtag
from policygen.model.outline.style import HouseStyle
from policygen.model.policy import Policy
from policygen.problems import Problem


def lint(
    policy: Policy, style: HouseStyle, cache: LintCache, prose: ProseCache
) -> tuple[Problem, ...]:
    """Look at one composed policy. The house style is that of the source language."""
    found = [*provenance_faults(policy)]
    if subtag(policy.language) == subtag(policy.outline.source_language):
        every: tuple[ReadTelling, ...] = tuple(read_tellings(policy, cache.reading, prose))
        found += [
            *sentence_faults(policy, every, style),
            *word_faults(policy, every, style),
            *term_faults(policy, every, style),
            *duty_faults(policy, every, style),
            *rule_faults(policy, every),
        ]
    return (
        *found,
        *budget_faults(policy, cache.lengths, prose),
        *pale_colour(policy),
        *no_address(policy),
        *long_address(policy),
        *missing_glyphs(policy, cache.glyphs),
        *word_template_faults(policy),
    )
