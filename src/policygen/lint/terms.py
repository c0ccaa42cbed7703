"""Terms: each is defined once, in the glossary.

An abbreviation is spelt out the first time in each edition.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from policygen.lint.reading import NAME, ReadTelling, edition_tellings
from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.document.walk import plain
from policygen.model.outline.style import HouseStyle
from policygen.model.policy import Clause, Policy
from policygen.problems import Level, Place, Problem

_ABBREVIATION = re.compile(r"(?<![\w.&-])([A-Z][A-Z0-9]*[A-Z])(?:s|’s)?(?![\w-])")


def term_faults(
    policy: Policy, every: Sequence[ReadTelling], style: HouseStyle
) -> Iterator[Problem]:
    """Report terms that are defined twice, and abbreviations that are not spelt out first."""
    yield from _defined(policy, every, style)
    seen: set[tuple[str, str]] = set()
    for edition in policy.outline.editions.values():
        spelt: set[str] = set(style.abbreviations)
        for one in edition_tellings(policy, every, edition):
            text = one.text(quoted=True)
            for match in _ABBREVIATION.finditer(text):
                short = match[1]
                before, after = match.start(), match.end()
                explained = text.startswith(" (", after) or text.endswith("(", 0, before)
                if short not in spelt and not explained and (one.id, short) not in seen:
                    seen.add((one.id, short))
                    title = edition.title.lower()
                    what = f'"{one.id}" says {short} before the {title} has spelt it out.'
                    mend = f"Write the name in full, then ({short})."
                    yield Problem(what, mend, one.place, Level.WARNING, code="PG711")
                spelt.add(short)


def _defined(policy: Policy, every: Sequence[ReadTelling], style: HouseStyle) -> Iterator[Problem]:
    """Report a term that stands in the glossary's table twice, or is explained elsewhere too."""
    clause = policy.clause(style.glossary) if style.glossary else None
    if clause is None:
        return
    names = list(_glossary_names(clause, policy))
    place = next((one.place for one in every if one.id == clause.id), Place(clause.id))
    for name, times in sorted(Counter(names).items()):
        if times > 1:
            what = f'"{name}" is defined twice in the glossary.'
            yield Problem(what, "Keep one.", place, Level.WARNING, code="PG710")
    if not names:
        return
    any_name = "|".join(map(re.escape, names))
    definition = re.compile(rf"\b(?:by |“)?({any_name})”? (?:here )?(?:means|we mean)\b", re.I)
    for one in every:
        match = definition.search(one.text()) if one.id != clause.id else None
        if match and match[1] != NAME:
            what = f'"{one.id}" defines "{match[1]}" again.'
            mend = f"The glossary ({clause.id}) says it already."
            yield Problem(what, mend, one.place, Level.WARNING, code="PG710")


def _glossary_names(clause: Clause, policy: Policy) -> Iterator[str]:
    """Yield each name in the first column of the glossary's tables; commas part several."""
    for telling in clause.tellings:
        for block in prose.parse_blocks(telling.wording, policy.outline.labels):
            if isinstance(block, doc.Table):
                for row in block.rows:
                    for name in plain(row.cells[0]).lower().split(","):
                        yield name.strip()
