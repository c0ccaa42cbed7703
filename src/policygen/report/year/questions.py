"""Questions of a briefing -> text to print, CSV, and GIFT, which Moodle and others take in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from policygen.model.language import capitalise
from policygen.model.year.briefing import AskedQuestion
from policygen.write.sheet.csv_file import csv_bytes

_HEADS = ("Question", "Answer", "Right", "Why", "Clause", "It rests on")
_LETTERS = "ABCDEFGH"
_GIFT = re.compile(r"([\\~=#{}:])")


def questions_to_text(title: str, questions: Sequence[AskedQuestion]) -> bytes:
    """Return the questions, and after them the answers with their clauses, as plain text."""
    lines = [title, "", "Tick one answer to each question.", ""]
    for number, one in enumerate(questions, 1):
        lines.append(f"{number}. {one.question}")
        lines += [
            f"   [ ] {letter}  {answer}"
            for letter, (answer, _) in zip(_LETTERS, _answers(one), strict=False)
        ]
        lines.append("")
    lines += ["ANSWERS, for whoever briefs", ""]
    for number, one in enumerate(questions, 1):
        letters = [*zip(_LETTERS, _answers(one), strict=False)]
        lines += [f"{number}. {letter}  {_cited(one)}" for letter, (_, why) in letters if not why]
        lines += [f"   Not {letter}: {why}" for letter, (_, why) in letters if why]
        lines.append("")
    return "\n".join(lines).encode()


def questions_to_csv(questions: Sequence[AskedQuestion]) -> bytes:
    """Return a row for each answer."""
    rows = [
        (one.question, answer, "no" if why else "yes", why, one.clause, one.says)
        for one in questions
        for answer, why in _answers(one)
    ]
    return csv_bytes((_HEADS, *rows))


def questions_to_gift(title: str, questions: Sequence[AskedQuestion]) -> bytes:
    """Return the questions in the GIFT format, with what is said to each answer."""
    return "\n".join(_gift(title, questions)).encode()


def _gift(title: str, questions: Sequence[AskedQuestion]) -> Iterator[str]:
    yield f"// {title}"
    yield ""
    for one in questions:
        yield f"::{_escaped(one.id)}::{_escaped(one.question)} {{"
        for answer, why in _answers(one):
            yield f"  {'~' if why else '='}{_escaped(answer)}#{_escaped(why or _cited(one))}"
        yield "}"
        yield ""


def _escaped(text: str) -> str:
    """Return a text in which no sign means anything to GIFT."""
    return _GIFT.sub(r"\\\1", text)


def _answers(one: AskedQuestion) -> list[tuple[str, str]]:
    """Return each answer, and why it is wrong: "" of the right one.

    Their order is that of their checksums: the same each time, and the right one stands anywhere.
    """
    every = [(one.right, ""), *((wrong.answer, wrong.why) for wrong in one.wrong)]
    return sorted(every, key=lambda answer: hashlib.sha256(answer[0].encode()).digest())


def _cited(one: AskedQuestion) -> str:
    return f"{capitalise(one.clause)} says “{one.says}”."
