"""Does twice the work take twice the time? The same body with a library of 1, 2, 5 and 10 times the clauses."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bodies import TWO
from measure import Measure, Work, in_turn, warm

from policygen.compose.composer import compose
from policygen.compose.composition import ComposeCache
from policygen.diff import differences
from policygen.load.library import fragment
from policygen.load.library.library import read_library, shipped
from policygen.load.profile.profile import load_organisation
from policygen.model.policy import Policy
from policygen.present.edition import present
from policygen.report.changes.redline import redline
from policygen.write.writer import writer

TIMES = (1, 2, 5, 10)
EDITION = "full-story"
# A base layer's fragment: what stands before its first clause, then its clauses.
CLAUSES = re.compile(r"^## .*?(?=^## |\Z)", re.M | re.S)
NAME = re.compile(r"^(## .*?) \{#([\w.-]+)\}", re.M)


def growth() -> Iterator[Measure]:
    """What twice the clauses take, in times of what they take once."""
    fragment.FRAGMENT_LIMIT *= max(TIMES)  # bytes; the copies of a clause stand in its own file
    with tempfile.TemporaryDirectory() as name:
        roots = {times: multiplied(Path(name) / str(times), times) for times in TIMES}
        both = [[policy_of(root, body) for body in TWO] for root in roots.values()]
        counts = [sum(1 for _ in policy.clauses()) for policy, _ in both]
        for work, of in _works(list(roots.values()), both).items():
            taken = in_turn(of, runs=3)
            once = taken[0]
            for count, each in zip(counts, taken, strict=True):
                reach = f"{count / counts[0]:.2f} x"
                ratio = each.least / once.least
                yield Measure(f"{work}: {count} clauses", each, "", "", ratio, reach)


def _works(roots: list[Path], both: list[list[Policy]]) -> dict[str, list[Work]]:
    """Each work, with ever more clauses."""
    works = {"read the library": [warm(lambda root=root: read_library([root])) for root in roots]}
    for format in ("md", "html", "docx"):  # a PDF may have 250 pages, which this goes beyond
        works[f"{EDITION} as {format}"] = [_written(policy, format) for policy, _ in both]
    works["two policies, tracked changes"] = [warm(lambda two=two: _redlined(*two)) for two in both]
    return works


def _written(policy: Policy, format: str) -> Work:
    return warm(lambda: writer(format).write(present(policy, EDITION)))


def _redlined(first: Policy, second: Policy) -> None:
    writer("docx").write(redline(differences(first, second), EDITION))


def multiplied(root: Path, times: int) -> Path:
    """A copy of the library whose base layer has every clause so many times, under names of their own."""
    shutil.copytree(shipped("templates"), root)
    for file in root.joinpath("base").glob("*.md"):
        text = file.read_text("utf-8")
        if "." in file.stem:  # a translation
            continue
        again = "".join(CLAUSES.findall(text))
        copies = [
            NAME.sub(rf"\1 {number} {{#\2-{number}}}", again) for number in range(2, times + 1)
        ]
        file.write_text("\n\n".join([text.rstrip(), *copies]) + "\n", "utf-8")
    return root


def policy_of(root: Path, name: str) -> Policy:
    library = read_library([root])
    body = load_organisation(shipped("profiles") / name / "profile.yaml", library)
    composed = compose(library, body, body.profile.languages[0], ComposeCache())
    assert composed.policy, composed.problems
    return composed.policy
