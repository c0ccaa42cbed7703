"""The file that `init` writes: it reads back as just what was given, and names every fact that a profile has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from organisations import library
from pydantic import BaseModel
from ruamel.yaml import YAML
from small import ROOT

from policygen.characters import bad_characters
from policygen.compose.commitments import offered_commitments
from policygen.compose.stack import select_stack
from policygen.interview.page import SOME_ID, block_of, entry_of, profile_page
from policygen.interview.promises import commitment_lines
from policygen.load.profile.profile import load_organisation, without_empty
from policygen.load.yaml.reader import Marked, parse_yaml
from policygen.load.yaml.validate import validate_as
from policygen.model.profile import ContentClass, Profile, fields_of
from policygen.model.text import checked_line
from policygen.problems import Location

FIVE = {
    "name": "A",
    "short_name": "a",
    "kind": "council",
    "jurisdiction": "england",
    "posture": "balanced",
}
HOSTILE = (
    "NO",
    "yes",
    "Null",
    "~",
    "on",
    "1.10",
    "007",
    "0x1F",
    "1e3",
    "12:30",
    "2026-12-07",
    "- a",
    "a: b",
    "a:",
    "a #b",
    "#a",
    "#1d4f91",
    "@thornby",
    "`a`",
    "'a'",
    '"a"',
    'say "a\\n"',
    "\\",
    "{a}",
    "[a, b]",
    "a, b",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "%a",
    "? a",
    "...",
    "---",
    "=",
    "<<",
    "O'Neill & Sons",
    "Raupōroa",
    "👩‍👩‍👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "\ufeffa",
    "a\u200eb",
    "مجلس",
    "a\u0301",
)


def read(text: str) -> Profile:
    """As the loader reads it."""
    data = without_empty(parse_yaml(text, "profile.yaml").data)
    return validate_as(Profile, Marked(data, {(): Location("profile.yaml")}, text))


def printable_line(text: str) -> bool:
    return bool(text.split()) and not any(bad_characters(text))


PRINTABLE = st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn"])
TEXTS = st.one_of(
    st.sampled_from(HOSTILE), st.text(PRINTABLE, min_size=1, max_size=30).filter(printable_line)
).map(checked_line)
WORDS = st.one_of(TEXTS, st.fixed_dictionaries({"en": TEXTS, "cy": TEXTS}))
CONTACTS = st.fixed_dictionaries(
    {"role": WORDS}, optional={"phone": TEXTS, "email": st.just("a@b.example")}
)
DAYS = st.dates(date(1990, 1, 1))
GIVEN = st.fixed_dictionaries(
    {**dict.fromkeys(FIVE, TEXTS), "short_name": WORDS},
    optional={
        "languages": st.lists(st.sampled_from(["en-GB", "cy", "no"]), unique=True),
        "local_names": st.dictionaries(st.sampled_from(["cy", "no", "mi"]), TEXTS),
        "website": st.sampled_from(
            ["https://a.example", "https://a.example/x?y=1&z=#a", "http://ä.example/:b"]
        ),
        "brand": st.fixed_dictionaries({}, optional={"logo": TEXTS, "colour": st.just("#1d4f91")}),
        "policy": st.fixed_dictionaries(
            {},
            optional={
                "owner": CONTACTS,
                "version": TEXTS,
                "issued": DAYS,
                "equality_assessment": st.fixed_dictionaries({"date": DAYS}),
                "status": st.sampled_from(["draft", "approved"]),
            },
        ),
        "commitments": st.fixed_dictionaries({}, optional={"capture": st.integers(1, 99)}),
        "contacts": st.fixed_dictionaries({}, optional={"legal": CONTACTS, "records": CONTACTS}),
        "channels": st.lists(
            st.fixed_dictionaries(
                {"platform": TEXTS},
                optional={
                    "handle": TEXTS,
                    "languages": st.just(["en"]),
                    "status": st.just("closed"),
                    "purpose": WORDS,
                },
            ),
            max_size=2,
        ),
        "approval": st.lists(
            st.fixed_dictionaries(
                {"content": WORDS, "approver": TEXTS, "within": TEXTS},
                optional={"class": st.sampled_from(get_args(ContentClass))},
            ),
            max_size=2,
        ),
        "elected_members": st.booleans(),
        "unions": st.lists(TEXTS, max_size=3),
    },
)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(GIVEN)
def test_what_is_written_is_read_back(data: dict[str, Any]) -> None:
    text = profile_page(data)
    assert read(text) == Profile.model_validate(data)
    YAML(typ="safe", pure=True).load(text)  # and by other readers of YAML


@pytest.mark.parametrize("text", HOSTILE)
def test_other_programs_read_a_text_as_that_text(text: str) -> None:
    """An editor or a script may read plain `NO` as false: what could be misread stands in quotes."""
    wanted = checked_line(text)
    data = YAML(typ="safe", pure=True).load(
        "%YAML 1.1\n---\n" + profile_page({**FIVE, "name": text, "unions": [text]})
    )
    assert (data["name"], data["unions"]) == (wanted, [wanted])


def keys(model: type[BaseModel], start: str = "") -> Iterator[str]:
    for name, info in fields_of(model).items():
        yield f"{start}{name}"
        if block := block_of(info):
            yield from keys(block, f"{start}{name}.")
        if block := entry_of(info):
            yield f"{start}{name}.{SOME_ID}"
            yield from keys(block, f"{start}{name}.{SOME_ID}.")


def named(data: Any, start: str = "") -> Iterator[str]:
    for name, value in data.items() if isinstance(data, dict) else ():
        yield f"{start}{name}"
        yield from named(
            value[0] if isinstance(value, list) and value else value, f"{start}{name}."
        )


@pytest.mark.parametrize(
    "data", [FIVE, {**FIVE, "contacts": {"legal": {"email": "a@b.example"}}, "unions": ["A"]}]
)
def test_taking_the_sign_away_switches_every_fact_on_in_its_place(data: dict[str, Any]) -> None:
    """A new field of the profile appears here by itself."""
    text = re.sub(r"^#(?! )|^#(?=  )", "", profile_page(data), flags=re.M)
    assert set(named(parse_yaml(text, "profile.yaml").data)) == set(keys(Profile))


@pytest.mark.parametrize("name", ["fenwick", "rauporoa", "little-marden"])
def test_a_full_profile_can_be_written_too(name: str) -> None:
    profile = read((ROOT / f"profiles/{name}/profile.yaml").read_text("utf-8"))
    assert read(profile_page(profile.model_dump(exclude_none=True))) == profile


def test_it_is_pleasant_to_read() -> None:
    text = profile_page({**FIVE, "policy": {"owner": {"role": "the Clerk"}}})
    assert max(map(len, text.splitlines())) <= 120
    assert "\n\n\n" not in text
    for expected in (
        "name: A                           # The organisation's full name\n",
        "policy:\n#  number:                        # policy number (ask whoever keeps the register of policies)\n",
        "  status: draft                   # how far it has come: draft, consultation, approved or superseded\n",
        "  owner:\n    role: the Clerk\n#    email:                       # email address (ask the head of comm",
        "#channels:\n#  - platform:                    # where the account is, such as Facebook\n#    handle:",
        "#unions: []                       # The unions that are recognised here, written like [one, two]\n",
    ):
        assert expected in text


def test_a_commitment_is_changed_by_taking_its_sign_away() -> None:
    """Nothing is promised otherwise until somebody does; each says what is usual and reasonable."""
    organisation = load_organisation(Path("a/profile.yaml"), library(), profile_page(FIVE))
    layers = select_stack(library(), organisation).layers
    offered = offered_commitments(layers)
    text = profile_page(FIVE, tuple(commitment_lines(offered, {}, library().outline)))
    assert read(text).commitments == {}
    soon = "#  capture: 5            # 5 working days (1 to 20): How soon a post is saved"
    assert soon in text
    assert text.index(soon) < text.index("# These do not hold.") < text.index("#  login_check: 6")
    text = text.replace("#  capture: 5 ", "  capture: 3 ").replace(
        "#  login_check", "  login_check"
    )
    assert read(text).commitments == {"capture": 3, "login_check": 6}
    start, block, end = re.split(r"(commitments:\n[^\0]*?\n)\n", text)
    every = re.sub(r"^#", "", block, flags=re.M)
    assert set(read(f"{start}{every}{end}").commitments) == set(offered)


def test_every_fact_is_described() -> None:
    """What the file says of a fact is what the model says of it."""

    def lacking(model: type[BaseModel]) -> Iterator[str]:
        for name, info in fields_of(model).items():
            block = block_of(info)
            if not info.description and not (block and block.__doc__):
                yield f"{model.__name__}.{name}"
            if block:
                yield from lacking(block)

    assert list(lacking(Profile)) == []
