"""What is not wrong but deserves a look: how words read, what backs them, how long an edition is.

`errors` belong to `compose`. What stands here is a warning, which `--strict` makes fail, or advice.
"""

from __future__ import annotations

from policygen.cache import LastingCache
from policygen.lint.budget import budget_faults
from policygen.lint.facts import FactUseCache
from policygen.lint.look.brand import pale_colour
from policygen.lint.look.glyphs import GlyphCache, missing_glyphs
from policygen.lint.look.word_template import word_template_faults
from policygen.lint.pointers import PointerCache
from policygen.lint.practice import duty_faults
from policygen.lint.provenance import provenance_faults
from policygen.lint.published import long_address, no_address
from policygen.lint.reading import ReadingCache, ReadTelling, read_tellings
from policygen.lint.rule import rule_faults
from policygen.lint.sentences import sentence_faults
from policygen.lint.terms import term_faults
from policygen.lint.words import word_faults
from policygen.markdown.prose import ProseCache
from policygen.model.language import subtag
from policygen.model.outline.style import HouseStyle
from policygen.model.policy import Policy
from policygen.problems import Problem

__all__ = ["LintCache", "lint"]


class LintCache:
    """What looking at one policy leaves for the next; one serves all the policies of a run.

    `lasting` keeps for runs to come what does not depend on a policy.
    """

    def __init__(self, lasting: LastingCache | None = None) -> None:
        self.reading = ReadingCache()
        self.glyphs = GlyphCache(lasting)
        self.facts = FactUseCache()
        self.pointers = PointerCache()


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
        *budget_faults(policy, prose),
        *pale_colour(policy),
        *no_address(policy),
        *long_address(policy),
        *missing_glyphs(policy, cache.glyphs),
        *word_template_faults(policy),
    )
