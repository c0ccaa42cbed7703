"""The example organisations, built once in a test run for all the tests that look at finished files."""

from __future__ import annotations

import fcntl
import logging
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar
from unittest.mock import patch

import pytest
from prints import kept_prints

from policygen.model.fragment import Library
from policygen.model.policy import Policy
from policygen.pipeline import build as building
from policygen.pipeline.build import build
from policygen.pipeline.compose_profile import ProfilePolicies, compose_profile
from policygen.pipeline.workspace import Workspace
from policygen.report.origins.document import provenance_sheet
from policygen.store.files import File
from policygen.write.writer import writer

T = TypeVar("T")
ROOT = Path(__file__).parents[1]
PROFILES = ROOT / "profiles"
ALL = tuple(sorted(file.parent.name for file in PROFILES.glob("*/profile.yaml")))
# Those whose finished policies stand in examples/: at the usual extent, at core and with everything.
EXAMPLES = ("fenwick", "little-marden", "rauporoa")
PRINTED_ANEW = "little-marden"
# The most different ones, whose words are kept in every edition; of the others, the short editions are.
WHOLE = (
    "fenwick",
    "glanmorfa",
    "harbour-valley",
    "little-marden",
    "ministry-of-weather",
    "rauporoa",
    "rivers-and-tides",
    "tidal-data-agency",
)
# At core a parish council tells none of what this edition is cut from, and where no vote is known there is no
# list for one, so that nothing is built.
EMPTIED = {
    ("little-marden", "principles"),
    ("ministry-of-weather", "election-start"),
    ("tidal-data-agency", "election-start"),
}
SHORT = ("overview", "snapshot", "house-rules")
HALVES = ("policy", "handbook")  # The full story holds the words of both.
FORMATS = ("docx", "html", "md", "pdf")
EVERYTHING = (
    os.environ.get("POLICYGEN_EVERYTHING") == "1"
)  # `make audit`: what `make test` has no time for


@cache
def workspace() -> Workspace:
    """One for all the tests of this process, as one run has one."""
    return Workspace()


@cache
def library() -> Library:
    return workspace().library


@cache
def tiers() -> tuple[str, ...]:
    """The editions that are built by default."""
    return library().outline.default_editions


@cache
def editions() -> tuple[str, ...]:
    return tuple(library().outline.editions)


def every() -> list[tuple[str, str]]:
    """Every edition of every organisation that tells something, as (organisation, edition)."""
    return [(o, e) for o in ALL for e in editions() if (o, e) not in EMPTIED]


def printed() -> list[tuple[str, str]]:
    """The (organisation, edition) that are printed to be looked at: in `make audit` every one.

    In `make test` those that `examples/` keeps, which are built anyway, the longest among them; and of each
    organisation one of the others: an edition by turns, so that each is printed of some. A handbook is a book, and
    printed of the one that says least.
    """
    kept = {(o, e) for o in EXAMPLES for e in tiers()}
    others = [e for e in editions() if e not in ("policy", "full-story")]
    turns = {(o, e): 1 + ALL.index(o) + others.index(e) for o, e in every() if e in others}
    by_turns = {row for row, turn in turns.items() if turn % len(others) == 0}
    shorter = {(o, "starter-card" if e == "handbook" else e) for o, e in by_turns}
    some = kept | shorter | {(PRINTED_ANEW, "handbook")}
    return [row for row in every() if EVERYTHING or row in some]


def printed_in(edition: str) -> list[str]:
    """The organisations of which this edition is printed to be looked at."""
    return [o for o, e in printed() if e == edition]


def kept() -> list[tuple[str, str]]:
    """Every (organisation, edition) whose words stand in the repository, so that a change of them is seen.

    Of those whose words are the full story's, one is kept only.
    """
    whole = [(o, e) for o, e in every() if o in WHOLE and e not in HALVES]
    short = [(o, e) for o, e in every() if o not in WHOLE and e in SHORT]
    return [*whole, *short, *((EXAMPLES[0], e) for e in HALVES)]


@cache
def policies(organisation: str) -> tuple[Policy, ...]:
    """One for each of its languages."""
    return _composed(PROFILES / organisation / "profile.yaml", workspace()).policies


class Built(NamedTuple):
    """One edition in one format: a file for each language, and what WeasyPrint had to say.

    Of each PDF that may be kept, what it was printed from and its pages: see `prints.py`.
    """

    files: tuple[File, ...]
    said: tuple[str, ...]
    sources: tuple[tuple[str, int] | None, ...] = ()


def built(organisation: str, edition: str, format: str) -> tuple[File, ...]:
    return made(organisation, edition, format).files


@cache
def made(organisation: str, edition: str, format: str) -> Built:
    return once(f"{organisation}-{edition}.{format}", lambda: _make(organisation, edition, format))


def _make(organisation: str, edition: str, format: str) -> Built:
    keep = kept_prints() if is_kept(organisation, edition) else nullcontext({})
    with heard() as said, keep as seen, patch.object(building, "compose_profile", _composed):
        found = build(PROFILES / organisation / "profile.yaml", workspace(), [edition], [format])
    files = tuple(file for file in found.files if file.edition)
    if not files:  # the program goes on without Pango, and a test must not do so silently
        reason = f"Nothing was made as {format}: {found.problems[-1].what}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return Built(files, tuple(said), tuple(seen.get(file.data) for file in files))


@cache
def _composed(profile: Path, workspace: Workspace) -> ProfilePolicies:
    """What `compose_profile` does, once for all the editions and formats of a body."""
    return compose_profile(profile, workspace)


def is_kept(organisation: str, edition: str) -> bool:
    """Whether its PDF in `examples/` spares printing it. Those of one body, but the longest, are always printed anew."""
    if EVERYTHING or (organisation == PRINTED_ANEW and edition != "full-story"):
        return False
    return organisation in EXAMPLES and edition in tiers()


def sheet(organisation: str, format: str) -> bytes:
    """The provenance sheet of an organisation, in its first language."""
    return sheet_and_said(organisation, format)[0]


@cache
def sheet_and_said(organisation: str, format: str) -> tuple[bytes, tuple[str, ...]]:
    """The sheet, and what WeasyPrint had to say."""
    return once(f"{organisation}-sheet.{format}", lambda: _make_sheet(organisation, format))


def _make_sheet(organisation: str, format: str) -> tuple[bytes, tuple[str, ...]]:
    with heard() as said:
        data = writer(format).write(provenance_sheet(policies(organisation)[0]))
    return data, tuple(said)


@contextmanager
def heard() -> Iterator[list[str]]:
    """Everything that WeasyPrint says meanwhile, which the program keeps to itself unless it is an error."""
    said: list[str] = []
    listener = logging.Handler(logging.WARNING)
    listener.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield said
    finally:
        logger.removeHandler(listener)


def once(name: str, make: Callable[[], T]) -> T:
    """What `make` gives, made by the first worker of this test run that wants it, and read by the others."""
    path = Path(os.environ["POLICYGEN_SHARED"]) / name
    with path.with_name(f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            result = make()
            path.write_bytes(pickle.dumps(result))
            return result
    found: T = pickle.loads(path.read_bytes())
    return found
