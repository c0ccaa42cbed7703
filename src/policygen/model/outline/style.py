"""House style: what `templates/style.yaml` asks of the wording.

Nothing is asked where nothing is given.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from policygen.model.text import Line


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """`avoid` and `facts` go from what not to type to what to write.

    A star at the end is any ending.
    """

    average_sentence: int | None = None  # words, over an edition
    glossary: str = ""  # the clause whose table defines the terms
    reasons: tuple[Line, ...] = ()  # words that give a "must" its reason
    abbreviations: tuple[Line, ...] = ()  # those that everybody knows
    duties: tuple[Line, ...] = ()  # words that lay down a duty, which no practice does
    recurring: tuple[Line, ...] = ()  # words that promise something again and again
    pointers: tuple[Line, ...] = ()  # sentences that only point to a clause: [] a link, * any words
    departments: tuple[Line, ...] = ()  # last words of a role that names a department or a firm
    avoid: dict[str, Line] = field(default_factory=dict)
    facts: dict[str, Line] = field(default_factory=dict)
