"""From files to policies: reading, composing, comparing many."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from time import process_time

from bodies import alike, examples, named_policies, policy_of, tiers
from measure import Measure, against, alone, warm

from policygen.diff.gather import Collected, Collector
from policygen.diff.matrix import matrix
from policygen.load.library.library import load_library
from policygen.model.fragment import Organisation
from policygen.pipeline.fleet.compare_all import matrix_page
from policygen.present.edition import present
from policygen.write.writer import writer


def compose() -> Iterator[Measure]:
    yield alone("load the library", warm(load_library))
    for body in examples():
        work = warm(lambda body=body: policy_of(body))
        yield alone(f"compose {body.name}, warm", work, "10 ms", 21)


def many() -> Iterator[Measure]:
    """Every body's three depths as Markdown, on one core."""
    bodies, made = alike(200), writer("md")
    words, start = 0, process_time()
    for body in bodies:
        policy = policy_of(body)
        for edition in tiers():
            words += len(made.write(present(policy, edition)).split())
    speed = words / (process_time() - start)
    work = f"compose and Markdown, {len(bodies)} organisations"
    yield Measure(work, f"{speed:,.0f} words a second", reach="100,000 words a second")


def collected(bodies: list[Organisation]) -> Collected:
    collector = Collector()
    for name, label, policy in named_policies(bodies):
        collector.add(name, label, policy)
    return collector.kept


def compare() -> Iterator[Measure]:
    for count in (100, 400):
        bodies = alike(count)
        yield against(
            f"compare {count} organisations",
            warm(lambda bodies=bodies: matrix(collected(bodies))),
            "composing them alone",
            warm(lambda bodies=bodies: deque(named_policies(bodies), 0)),
            "5 s for 400",
            runs=1,
        )
    found = matrix(collected(alike(400)))
    yield alone("the same as HTML, warm", warm(lambda: matrix_page(found)), runs=1)
