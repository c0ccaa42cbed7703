"""What is not wrong but deserves a look: how words read, what backs them, how long an edition is.

`errors` belong to `compose`. What stands here is a warning, which `--strict` makes fail, or advice.
"""

from __future__ import annotations

from policygen.cache import LastingCache
from policygen.lint.budget import LengthCache
from policygen.lint.facts import FactUseCache
from policygen.lint.look.glyphs import GlyphCache
from policygen.lint.pointers import PointerCache
from policygen.lint.reading import ReadingCache


class LintCache:
    """What looking at one policy leaves for the next; one serves all the policies of a run.

    `lasting` keeps for runs to come what does not depend on a policy.
    """

    def __init__(self, lasting: LastingCache | None = None) -> None:
        self.reading = ReadingCache()
        self.glyphs = GlyphCache(lasting)
        self.lengths = LengthCache()
        self.facts = FactUseCache()
        self.pointers = PointerCache()
