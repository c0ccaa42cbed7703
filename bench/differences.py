"""Two policies: what tells them apart, and tracked changes in Word."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bodies import TWO, policy, tiers
from measure import Measure, Taken, alone, in_turn, warm

from policygen.diff import differences
from policygen.diff.blocks import Redline
from policygen.markdown.prose import ProseCache
from policygen.model.document import Blocks, Paragraph, Text
from policygen.present.edition import present
from policygen.report.changes.redline import redline
from policygen.write.writer import writer

PYTHON_REDLINES = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
from measure import in_turn, warm
from python_redlines import DocxodusEngine
first, second = (Path(path).read_bytes() for path in sys.argv[2:])
engine = DocxodusEngine()
(taken,) = in_turn([warm(lambda: engine.run_redline("bench", first, second))], 3)
print(taken.least, taken.usual, taken.clock)
"""


def diff() -> Iterator[Measure]:
    first, second = (policy(name) for name in TWO)
    both = f"diff {' and '.join(TWO)}, in full"
    yield alone(both, warm(lambda: differences(first, second)), "10 ms")
    found, made, prose = differences(first, second), writer("docx"), ProseCache()
    for tier in tiers():
        work = warm(lambda tier=tier: made.write(redline(found, tier, prose=prose)))
        (ours,) = in_turn([work], runs=7)
        files = (made.write(present(one, tier, prose)) for one in (first, second))
        yield _beside_python_redlines(f"{tier} with changes, DOCX, warm", ours, *files)


def _beside_python_redlines(work: str, ours: Taken, first: bytes, second: bytes) -> Measure:
    """REDLINES names a Python that has python-redlines; without it only ours is measured."""
    python = os.environ.get("REDLINES")
    if not python:
        return Measure(work, ours, reach="60 ms")
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, "first.docx"), Path(folder, "second.docx")]
        for path, data in zip(paths, (first, second), strict=True):
            path.write_bytes(data)
        run = [python, "-c", PYTHON_REDLINES, Path(__file__).parent, *paths]
        done = subprocess.run(run, check=True, capture_output=True, text=True)
    other = Taken(*map(float, done.stdout.split()))
    lacks = "no numbers, no reasons: it compares two finished files"
    ratio = ours.least / other.least
    return Measure(work, ours, "python-redlines", other, ratio, "60 ms", lacks)


def paragraphs_alike() -> Iterator[Measure]:
    """Were words weighed against all words, twice as many paragraphs would take four times as long."""
    texts = [_alike(count) for count in (150, 300, 600)]
    works = [warm(lambda text=text: Redline().blocks(*text)) for text in texts]
    half, *rest = in_turn(works, runs=3)
    for text, ours in zip(texts[1:], rest, strict=True):
        work = f"{len(text[0])} paragraphs all alike, redlined"
        yield Measure(work, ours, "half as many", half, ours.least / half.least, "2 x")
        half = ours


def _alike(count: int) -> tuple[Blocks, Blocks]:
    """Paragraphs of twenty words, of which each differs a little from the next and from its other version."""
    words = " ".join(f"word{number}" for number in range(20))
    first = [f"{words} {number}." for number in range(count)]
    second = [f"{words} {number + 1}, changed." for number in range(count)]
    return _blocks(first), _blocks(second)


def _blocks(texts: list[str]) -> Blocks:
    return tuple(Paragraph((Text(text),)) for text in texts)
