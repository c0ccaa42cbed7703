"""Terms: each is defined once, in the glossary.

An abbreviation is spelt out the first time in each edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policygen.lint.reading import NAME, ReadTelling, edition_tellings
from policygen.markdown import prose
from policygen.model import document as doc
from policygen.model.document.walk import plain
from policygen.model.policy import Policy
from policygen.model.style import HouseStyle
from policygen.problems import Level, Place, Problem

_SHORT = re.compile(r"(?<![\w.&-])([A-Z][A-Z0-9]*[A-Z])(?:s|’s)?(?![\w-])")


def term_faults(
    policy: Policy, every: Sequence[ReadTelling], style: HouseStyle
) -> Iterator[Problem]:
    """Definitions and abbreviations."""
    yield from _defined(policy, every, style)
    seen: set[tuple[str, str]] = set()
    for edition in policy.outline.editions.values():
        spelt: set[str] = set(style.abbreviations)
        for one in edition_tellings(policy, every, edition):
            text = one.text(quoted=True)
            for found in _SHORT.finditer(text):
                short = found[1]
                explained = text[found.end() :].startswith(" (") or text[: found.start()].endswith(
                    "("
                )
                if short not in spelt and not explained and (one.id, short) not in seen:
                    seen.add((one.id, short))
                    what = f'"{one.id}" says {short} before the {edition.title.lower()} has spelt it out.'
                    yield Problem(
                        what,
                        f"Write the name in full, then ({short}).",
                        one.place,
                        Level.WARNING,
                        code="PG711",
                    )
                spelt.add(short)


def _defined(policy: Policy, every: Sequence[ReadTelling], style: HouseStyle) -> Iterator[Problem]:
    """Each term stands in the glossary's table once, and is explained nowhere else."""
    clause = policy.clause(style.glossary) if style.glossary else None
    if clause is None:
        return
    names: list[str] = []
    for telling in clause.tellings:
        for block in prose.parse_blocks(telling.wording, policy.outline.labels):
            if isinstance(block, doc.Table):
                names += [
                    name.strip()
                    for row in block.rows
                    for name in plain(row.cells[0]).lower().split(",")
                ]
    place = next((one.place for one in every if one.id == clause.id), Place(clause.id))
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(
            f'"{name}" is defined twice in the glossary.',
            "Keep one.",
            place,
            Level.WARNING,
            code="PG710",
        )
    again = re.compile(
        rf"\b(?:by |“)?({'|'.join(map(re.escape, names))})”? (?:here )?(?:means|we mean)\b", re.I
    )
    for one in every:
        if (
            one.id != clause.id
            and names
            and (found := again.search(one.text()))
            and found[1] != NAME
        ):
            what = f'"{one.id}" defines "{found[1]}" again.'
            yield Problem(
                what,
                f"The glossary ({clause.id}) says it already.",
                one.place,
                Level.WARNING,
                code="PG710",
            )
