"""Which rules of blocks markdown-it asks about a line.

Most lines of a policy are running text. markdown-it asks every rule about every line; this asks
only those whose blocks can begin with the line's first character.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock


class FirstCharacterRuler(Ruler[RuleFuncBlockType]):
    """A ruler of block rules. `starts` has, by the name of a rule, what its blocks begin with.

    A rule that is not in it is asked about every line.
    """

    def __init__(self, other: Ruler[RuleFuncBlockType], starts: Mapping[str, str]) -> None:
        super().__init__()
        self.__rules__ = other.__rules__
        self._starts = starts

    def __compile__(self) -> None:
        """Make one rule of each chain; it asks the rules of the chain."""
        super().__compile__()
        chains = self.__cache__ or {}
        starts = {
            rule.fn: self._starts[rule.name] for rule in self.__rules__ if rule.name in self._starts
        }
        self.__cache__ = {name: [_one_rule(rules, starts)] for name, rules in chains.items()}


def _one_rule(
    rules: Sequence[RuleFuncBlockType], starts: Mapping[RuleFuncBlockType, str]
) -> RuleFuncBlockType:
    """Return a rule that asks some rules in their order, by the first character of the line."""
    characters = {character for rule in rules for character in starts.get(rule, "")}
    anywhere = [rule for rule in rules if rule not in starts]
    by_character = {
        character: [rule for rule in rules if character in starts.get(rule, character)]
        for character in characters
    }

    def ask(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        first = state.bMarks[start_line] + state.tShift[start_line]
        for rule in by_character.get(state.src[first : first + 1], anywhere):
            if rule(state, start_line, end_line, silent):
                return True
        return False

    return ask
