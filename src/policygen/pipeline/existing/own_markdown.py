"""Passages of an existing policy as the Markdown of a fragment, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from policygen.markdown.rewrite.write_line import line_markdown
from policygen.model.document import Text
from policygen.model.existing.policy import ExistingPassage
from policygen.model.policy import Clause
from policygen.pipeline.existing.sought import plain_words

_ESCAPE = re.compile(r"\\(?=\W)")
_WORD = re.compile(r"\w+")


def own_markdown(passages: Iterable[ExistingPassage]) -> str:
    """Return passages as paragraphs and lists; every character prints as it stands there."""
    return "\n\n".join(_markdown(passage.text) for passage in passages)


def _markdown(text: str) -> str:
    first, *others = text.split("\n")
    if not others:
        return _line(first)
    is_introduced = first.endswith(":")
    items = others if is_introduced else [first, *others]
    made = "\n".join("- " + _line(item).replace("\n", "\n  ") for item in items)
    return f"{_line(first)}\n\n{made}" if is_introduced else made


def _line(text: str) -> str:
    return line_markdown((Text(" ".join(text.split())),))


def says_the_same(clause: Clause, tier: str, passages: Sequence[ExistingPassage]) -> bool:
    """Tell whether a clause tells just the words of some passages."""
    texts = [one.wording.text for one in clause.tellings if one.tier == tier]
    theirs = " ".join(passage.text for passage in passages)
    ours = plain_words(_ESCAPE.sub("", texts[0])) if texts else ""
    return _WORD.findall(ours) == _WORD.findall(theirs)
