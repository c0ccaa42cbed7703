"""What the shipped words want to know of a body before it may call its policy approved."""

from __future__ import annotations

from typing import Any

from organisations import PROFILES, library

from policygen.compose.composer import compose
from policygen.compose.composition import ComposeCache
from policygen.load.profile.profile import load_organisation
from policygen.problems import errors

CACHE = ComposeCache()
FILE = PROFILES / "fenwick/profile.yaml"


def lacking(old: str, new: str = "") -> list[Any]:
    """The fields for want of which an approved policy is an error, after a change of its profile."""
    text = FILE.read_text()
    assert old in text
    organisation = load_organisation(FILE, library(), text.replace(old, new))
    found = compose(library(), organisation, "en-GB", CACHE)
    return [problem.field for problem in errors(found.problems)]


def test_where_and_when_it_was_approved() -> None:
    assert lacking("  approved_at:", "  # approved_at:") == [("policy", "approved_at")]


def test_the_numbers_that_its_rules_tell_people_to_ring() -> None:
    one = 'email: it.security@fenwick.example, phone: "01632 960 015"'
    assert lacking(one, "email: it.security@fenwick.example") == [("contacts", "security", "phone")]


def test_when_its_accounts_answer() -> None:
    text = FILE.read_text()
    channels = text[text.index("\nchannels:") : text.index("\napproval:")]
    assert lacking(channels) == [("channels",)]
