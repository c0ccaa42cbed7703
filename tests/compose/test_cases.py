"""The corpus of layering cases in `tests/cases`: files in, clauses or Problems out.

A case is a `##` title and fenced blocks. Blocks before the first `##` of a file belong to each of its cases.

- A block named after a file (`base/law.md`, `organisation/layer.yaml`) is that file.
- `profile` holds lines of profile.yaml; a key given here takes the place of the same key beneath.
- `prints` is the policy: sections, then clauses as `number title (id) rule, binding, for audience [sources]`,
  then each telling with ` / ` for a new line and ` // ` for a new paragraph. `prints cy` is another language.
- `explains` is the origin of each clause.
- `problems` are all Problems of loading and composing; without the block, there are none.
- `check` are those of `policygen check`, advice too.

Expected blocks are renewed by hand: read what changed, then write it down.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from corpus import Case, cases, lines, profile
from small import Small, said, short

from policygen.model.policy import Clause, Policy, Section
from policygen.model.wording import Wording

CASES = cases()
OUTCOMES = ("prints", "explains", "problems", "check")


def test_there_is_a_corpus() -> None:
    assert len(CASES) > 60
    assert all(any(name.startswith(OUTCOMES) for name in case.blocks) for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, small: Small) -> None:
    files = {
        name: text for name, text in case.blocks.items() if "/" in name or name.endswith(".yaml")
    }
    small.write({"organisation/profile.yaml": profile(case.blocks.get("profile", "")), **files})
    assert lines(map(said, small.found())) == case.blocks.get("problems", "")
    for name, expected in case.blocks.items():
        what, _, language = name.partition(" ")
        if what == "prints":
            assert lines(_policy(small.policy(language))) == expected
        elif what == "explains":
            assert lines(_origins(small.policy(language))) == expected
        elif what == "check":
            assert lines(map(said, small.problems())) == expected


def _policy(policy: Policy) -> Iterator[str]:
    for section in (policy.front, *policy.sections):
        if section.clauses:
            yield from _section(section, policy.language)


def _section(section: Section, language: str) -> Iterator[str]:
    yield f"{section.number} {section.title.text} ({section.id})".strip()
    for key, wording in section.parts.items():
        if key not in ("title", "label"):
            yield f"  {key}: {_flat(wording)}"
    for clause in section.clauses:
        yield f"{clause.number} {clause.title.text} ({clause.id}){_slip(clause)}".strip()
        for telling in clause.tellings:
            tag = "" if telling.wording.language == language else f" in {telling.wording.language}"
            yield f"  {telling.tier}{tag}: {_flat(telling.wording)}"


def _slip(clause: Clause) -> str:
    audience = f"for {' and '.join(clause.audience)}" if clause.audience else ""
    leads = " ".join(f"{word}: {to}" for word, to in (("yes", clause.yes), ("no", clause.no)) if to)
    sources = ", ".join(f"{c.source} {c.locator}".strip() for c in clause.citations)
    said = ", ".join(
        filter(None, [clause.under, "binding" if clause.binding else "", audience, leads])
    )
    return f" {said}" * bool(said) + f" [{sources}]" * bool(sources)


def _flat(wording: Wording) -> str:
    return wording.text.strip().replace("\n\n", " // ").replace("\n", " / ").replace("\u00a0", " ")


def _origins(policy: Policy) -> Iterator[str]:
    for clause in policy.clauses():
        yield clause.id
        for origin in clause.origins:
            more = [
                f"because {origin.because}" * bool(origin.because),
                f"when {origin.when}" * bool(origin.when),
            ]
            more += [f"was {origin.was}, now {origin.beneath}" * origin.stale]
            place = f"{short(origin.path)}:{origin.line}"
            yield f"  {origin.edit} {place} {', '.join(origin.tiers)}; {'; '.join(filter(None, more))}".rstrip(
                "; "
            )
