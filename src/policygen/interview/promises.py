"""What a new profile says of commitments: each with its usual number, switched off with a #."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policygen.compose.commitments import amount_text
from policygen.model.commitment.choice import CommitmentChoice
from policygen.model.commitment.terms import CommitmentTerms
from policygen.model.language import localise
from policygen.model.outline.outline import Outline
from policygen.store.scalar import yaml_scalar

_HEAD = """\
# What you promise: within what time, for how long, or how often. The usual number holds until you
# write another: take the # away, and change the number or write off. In brackets: the reasonable.
commitments:
  # These hold, whether the # is there or not."""
_SWITCHED_OFF = "  # These do not hold. Take the # away from one that you want to promise."
_NO_BREAK = "\u00a0"


def commitment_lines(
    offered: Mapping[str, CommitmentTerms],
    chosen: Mapping[str, CommitmentChoice],
    outline: Outline,
) -> Iterator[str]:
    """Yield the block `commitments`: first those that hold by themselves, then the others.

    `offered` is whole: no commitment lacks a number or a range. Those `chosen` bear no # in front.
    """
    if not offered:
        return
    written = {name: _written(name, terms, chosen) for name, terms in offered.items()}
    column = max(map(len, written.values())) + 2
    lines = {
        name: f"{text:<{column}}# {_note(offered[name], outline)}" for name, text in written.items()
    }
    yield from _HEAD.splitlines()
    yield from (lines[name] for name, terms in offered.items() if terms.default)
    if not all(terms.default for terms in offered.values()):
        yield _SWITCHED_OFF
    yield from (lines[name] for name, terms in offered.items() if not terms.default)


def _written(name: str, terms: CommitmentTerms, chosen: Mapping[str, CommitmentChoice]) -> str:
    """The key and its number, indented; with a # where the profile leaves it as it is."""
    sign = "" if name in chosen else "#"
    return f"{sign}  {name}: {yaml_scalar(chosen.get(name, terms.usual))}"


def _note(terms: CommitmentTerms, outline: Outline) -> str:
    """What is usual, what is reasonable, what it means: "1 working day (1 to 5): How soon ..."."""
    language = outline.source_language
    assert terms.usual
    assert terms.range
    usual = amount_text(terms, terms.usual, language, outline.labels).replace(_NO_BREAK, " ")
    least, most = terms.range
    return f"{usual} ({least} to {most}): {localise(terms.says, language)}"
