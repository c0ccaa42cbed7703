"""Terms: each is defined once, in the glossary.

An abbreviation is spelt out the first time in each edition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from policygen.lint.reading import NAME, ReadTelling, edition_tellings
from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.document.walk import plain
from policygen.model.outline.outline import Edition
from policygen.model.outline.style import HouseStyle
from policygen.model.policy import Clause, Policy
from policygen.problems import Level, Location, Problem

_ABBREVIATION = re.compile(r"(?<![\w.&-])([A-Z][A-Z0-9]*[A-Z])(?:s|’s)?(?![\w-])")

_MEANS = re.compile(r"\b(?:means|we mean)\b", re.I)  # a definition has it


def term_faults(
    policy: Policy, every: Sequence[ReadTelling], style: HouseStyle
) -> Iterator[Problem]:
    """Report terms that are defined twice, and abbreviations that are not spelt out first."""
    glossary = policy.clause(style.glossary) if style.glossary else None
    if glossary:
        yield from _definitions(glossary, policy, every)
    reported: set[tuple[str, str]] = set()  # of each clause and abbreviation, once for all editions
    for edition in policy.outline.editions.values():
        known = set(style.abbreviations)
        for one in edition_tellings(policy, every, edition):
            for short in _not_spelt_out(one.read.whole_text, known):
                if (one.id, short) not in reported:
                    reported.add((one.id, short))
                    yield _abbreviation_fault(one, short, edition)


def _not_spelt_out(text: str, known: set[str]) -> Iterator[str]:
    """Yield each abbreviation of a text that nobody has explained so far; `known` takes them in."""
    for match in _ABBREVIATION.finditer(text):
        short = match[1]
        names_it_before = text.endswith("(", 0, match.start())  # National Health Service (NHS)
        names_it_after = text.startswith(" (", match.end())  # NHS (National Health Service)
        if short not in known and not names_it_before and not names_it_after:
            yield short
        known.add(short)


def _abbreviation_fault(one: ReadTelling, short: str, edition: Edition) -> Problem:
    what = f'"{one.id}" says {short} before the {edition.title.lower()} has spelt it out.'
    mend = f"Write the name in full, then ({short})."
    return Problem(what, mend, one.location, Level.WARNING, code="PG711")


def _definitions(
    glossary: Clause, policy: Policy, every: Sequence[ReadTelling]
) -> Iterator[Problem]:
    """Report a term that stands in the glossary's table twice, or is explained elsewhere too."""
    names = list(_glossary_names(glossary, policy))
    if names:
        yield from _defined_twice(glossary, names, every)
        yield from _defined_elsewhere(glossary, names, every)


def _defined_twice(
    glossary: Clause, names: Iterable[str], every: Iterable[ReadTelling]
) -> Iterator[Problem]:
    locations = (one.location for one in every if one.id == glossary.id)
    location = next(locations, Location(glossary.id))
    for name, times in sorted(Counter(names).items()):
        if times > 1:
            what = f'"{name}" is defined twice in the glossary.'
            yield Problem(what, "Keep one.", location, Level.WARNING, code="PG710")


def _defined_elsewhere(
    glossary: Clause, names: Iterable[str], every: Iterable[ReadTelling]
) -> Iterator[Problem]:
    any_name = "|".join(map(re.escape, names))
    definition = re.compile(rf"\b(?:by |“)?({any_name})”? (?:here )?(?:means|we mean)\b", re.I)
    for one in every:
        if one.id == glossary.id or not one.find(_MEANS):
            continue
        match = definition.search(one.read.text)
        if match and match[1] != NAME:
            what = f'"{one.id}" defines "{match[1]}" again.'
            mend = f"The glossary ({glossary.id}) says it already."
            yield Problem(what, mend, one.location, Level.WARNING, code="PG710")


def _glossary_names(clause: Clause, policy: Policy) -> Iterator[str]:
    """Yield each name in the first column of the glossary's tables; commas part several."""
    for telling in clause.tellings:
        for block in prose.parse_blocks(telling.wording, policy.outline.labels):
            if isinstance(block, doc.Table):
                for row in block.rows:
                    for name in plain(row.cells[0]).lower().split(","):
                        yield name.strip()
