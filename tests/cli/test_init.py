"""`policygen init` as somebody meets it who has a terminal opened for them once."""

from __future__ import annotations

import itertools
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from organisations import PROFILES, library, workspace
from small import policygen

import policygen.cli.init_ as init
from policygen.compose.composer import compose
from policygen.compose.translate import supported_languages
from policygen.interview.answers import Answers, take_defaults, take_texts
from policygen.interview.page import profile_page
from policygen.load.profile.profile import load_organisation
from policygen.problems import errors

FIVE = (
    "--name",
    "Thornby Town Council",
    "--short-name",
    "the council",
    "--kind",
    "council",
    "--posture",
    "balanced",
    "--jurisdiction",
    "england",
)
FILE = Path("profiles/thornby-town-council/profile.yaml")
# A name, how it is called, a place, a kind, members, a posture, an extent, and Enter for all else.
REPLIES = ["Thornby Town Council", "the council", "England", "2", "yes", "balanced", "core"]
REPLIES += [""] * 10


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(init, "has_terminal", lambda: True)


def asked(*replies: str, words: tuple[str, ...] = (), **more: Any) -> Result:
    return policygen("init", *words, input="".join(f"{reply}\n" for reply in replies), **more)


def left() -> list[str]:
    return sorted(str(path) for path in Path().rglob("*"))


@pytest.mark.slow
def test_a_few_answers_make_a_profile_that_passes_check(terminal: None) -> None:
    result = asked(*REPLIES)
    assert (result.exit_code, result.stdout) == (0, f"{FILE}\n")
    assert left() == ["profiles", "profiles/thornby-town-council", str(FILE)]
    assert "policygen check thornby-town-council" in result.stderr
    assert "policygen build thornby-town-council" in result.stderr
    checked = policygen("check", "thornby-town-council")
    assert checked.exit_code == 0
    gaps = checked.stderr.count(" is not given; ") + checked.stderr.count(" has no entries; ")
    assert f"The draft has {gaps} gaps." in result.stderr
    assert "  1  What every body needs (core)\n      Policy: 12 pages at most; " in result.stderr
    assert "extent: core " in FILE.read_text()
    assert "\n#  capture: 5 " in FILE.read_text()
    assert os.access(FILE, os.W_OK)


@pytest.mark.slow
def test_the_options_say_the_same_without_a_question() -> None:
    assert policygen("init", *FIVE, "--elected-members", "yes").exit_code == 0
    first = FILE.read_bytes()
    result = policygen(
        "init", "thornby", "--no-input", *FIVE, "--elected-members", "yes", "--out", "a place"
    )
    assert result.stdout == "a place/thornby/profile.yaml\n"
    assert "policygen check 'a place/thornby'" in result.stderr
    assert Path("a place/thornby/profile.yaml").read_bytes() == first


def test_an_extent_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    result = policygen("init", *FIVE, "--extent", "short")
    assert (result.exit_code, left()) == (1, [])
    assert 'error: --extent: there is no extent "short".' in result.stderr
    assert "Known: core, everything, usual." in result.stderr


@pytest.mark.slow
def test_what_the_options_say_is_not_asked(terminal: None) -> None:
    result = asked(
        *[""] * 12, words=(*FIVE, "--elected-members", "no", "--website", "https://t.example")
    )
    assert result.exit_code == 0
    assert "full name" not in result.stderr
    assert "press office" in result.stderr
    assert "website: https://t.example\n" in FILE.read_text()


@pytest.mark.slow
def test_an_answer_that_cannot_be_is_explained_and_asked_again(terminal: None) -> None:
    result = asked(
        *REPLIES[:3],
        "parish",
        "parish-council",
        "yes",
        "bold",
        "3",
        "",
        "",
        "",
        "www.x",
        *[""] * 12,
    )
    assert result.exit_code == 0
    assert 'Your answer: there is no kind "parish". Known: ' in result.stderr
    assert 'there is no posture "bold"' in result.stderr
    assert 'Your answer ("www.x"): This is not a web address. Write it in full' in result.stderr
    assert result.stderr.count("Which kind of body are you?") == 1


def test_without_a_terminal_all_that_is_missing_is_said_at_once() -> None:
    result = policygen(
        "init", "--kind", "council", "--website", "x", "--colour", "red", input="Thornby\n" * 9
    )
    assert (result.exit_code, result.stdout, left()) == (1, "", [])
    assert [
        line.split()[1].rstrip(":")
        for line in result.stderr.splitlines()
        if line.startswith("error")
    ] == [
        "--website",
        "--colour",
        "--name",
        "--short-name",
        "--jurisdiction",
        "--posture",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("replies", [[], REPLIES[:1], REPLIES[:-1]], ids=len)
def test_whoever_stops_leaves_nothing_behind(replies: list[str], terminal: None) -> None:
    result = asked(*replies)
    assert (result.exit_code, result.stdout, left()) == (1, "", [])
    assert "Stopped. Nothing was written." in result.stderr


@pytest.mark.slow
def test_ctrl_c_while_it_writes_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("policygen.store.files.replace_all", interrupted)
    result = policygen("init", *FIVE)
    assert (result.exit_code, left()) == (1, [])


@pytest.mark.slow
def test_a_profile_is_never_overwritten(terminal: None) -> None:
    FILE.parent.mkdir(parents=True)
    FILE.write_text("mine")
    for result in (asked(*REPLIES), policygen("init", "--no-input", *FIVE)):
        assert result.exit_code == 1
        assert "profiles/thornby-town-council: error: This folder is there already" in result.stderr
        assert "policygen init thornby-town-council-2" in result.stderr
    assert (
        "What should the policy call you" not in asked(*REPLIES).stderr
    )  # found out before more is asked
    assert FILE.read_text() == "mine"
    assert asked(*REPLIES, words=("thornby-town-council-2",)).exit_code == 0


@pytest.mark.slow
def test_a_logo_is_copied_beside_the_profile(terminal: None) -> None:
    logo = PROFILES / "fenwick/logo.svg"
    result = asked(*REPLIES[:-1], "nowhere.svg", f"'{logo}'", words=("thornby",))
    assert result.exit_code == 0
    assert 'There is no file "nowhere.svg".' in result.stderr
    assert Path("profiles/thornby/logo.svg").read_bytes() == logo.read_bytes()
    assert "  logo: logo.svg" in Path("profiles/thornby/profile.yaml").read_text()
    assert policygen("check", "thornby").exit_code == 0


@pytest.mark.slow
def test_colour_on_a_terminal_only_and_never_with_no_color(
    terminal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    import policygen.cli.show as show

    assert "\x1b" not in asked(*REPLIES, words=("one",)).output
    monkeypatch.setattr(show, "colour", lambda stream: not os.environ.get("NO_COLOR"))
    assert "\x1b[1mWhat is your" in asked(*REPLIES, words=("two",), color=True).stderr
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in asked(*REPLIES, words=("three",)).stderr


def test_the_choices_complete() -> None:
    environment = {
        "_POLICYGEN_COMPLETE": "bash_complete",
        "COMP_WORDS": "policygen init --kind p",
        "COMP_CWORD": "3",
    }
    said = policygen(prog_name="policygen", env=environment).stdout
    assert said.split() == ["plain,parish-council", "plain,police-force"]


PAIRS = [
    (kind, place)
    for kind, place in itertools.product(library().names("kind"), library().names("jurisdiction"))
    if library().exists(kind, place)
]


@pytest.mark.parametrize(("kind", "place"), PAIRS)
def test_every_body_s_first_profile_composes_as_a_draft(kind: str, place: str) -> None:
    answers = Answers(library())
    given = {
        "name": "The Body",
        "short_name": "the body",
        "kind": kind,
        "jurisdiction": place,
        "posture": "balanced",
    }
    assert (*take_texts(answers, given), *take_defaults(answers)) == ()
    organisation = load_organisation(
        Path("body/profile.yaml"), library(), profile_page(answers.data())
    )
    assert supported_languages(library(), organisation) == (answers.data()["languages"], ())
    composed = compose(library(), organisation, "en-GB", workspace().caches.compose)
    assert composed.policy is not None
    assert not errors(composed.problems)
