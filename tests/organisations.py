"""The example organisations, built once for all the tests that look at finished files."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from policygen import pipeline
from policygen.model.fragment import Library
from policygen.present.origins import origins
from policygen.write.disk import File
from policygen.write.writer import writer

ROOT = Path(__file__).parents[1]
PROFILES = ROOT / "profiles"
ALL = tuple(sorted(file.parent.name for file in PROFILES.glob("*/profile.yaml")))
EXAMPLES = ("fenwick", "rauporoa")  # those whose finished policies stand in examples/
# The most different ones, looked at in every edition; of the others, the short editions are.
WHOLE = (
    "fenwick", "glanmorfa", "harbour-valley", "little-marden", "ministry-of-weather", "rauporoa", "rivers-and-tides",
    "tidal-data-agency",
)  # fmt: skip
SHORT = ("overview", "snapshot", "house-rules")
FORMATS = ("docx", "html", "md", "pdf")


@cache
def library() -> Library:
    return pipeline.library()


@cache
def tiers() -> tuple[str, ...]:
    return pipeline.whole(library().outline)


@cache
def editions() -> tuple[str, ...]:
    return tuple(library().outline.editions)


def looked_at() -> list[tuple[str, str]]:
    """Every (organisation, edition) whose words are kept and whose pages are examined."""
    return [(o, e) for o in ALL for e in editions() if o in WHOLE or e in SHORT]


@cache
def built(organisation: str, edition: str, format: str) -> tuple[File, ...]:
    """One edition in one format: one file for each language."""
    made = pipeline.generate(PROFILES / organisation / "profile.yaml", library(), [edition], [format])
    files = tuple(file for file in made.files if file.edition)
    if not files:  # the program goes on without Pango, and a test must not do so silently
        reason = f"Nothing was made as {format}: {made.problems[-1].what}"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return files


@cache
def sheet(organisation: str, format: str) -> bytes:
    """The provenance sheet of an organisation, in its first language."""
    _, policies, _ = pipeline.policies_of(PROFILES / organisation / "profile.yaml", library())
    return writer(format).write(origins(policies[0]))
