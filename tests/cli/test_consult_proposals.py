"""Words that a comment form proposes, accepted: they take the place of those that they resemble."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from consulting import FOLDER, LAW, LETTERS, collated, commented, opened, responses, word_copy
from filled_forms import filled_csv
from small import Small

FORM = LETTERS / "comment-form.csv"
OWN = Path("profiles/example/law.md")
PROFILE = Path("profiles/example/profile.yaml")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("proposals") / "example"


@pytest.fixture
def body(small: Small, kept: Path) -> Small:
    return opened(small, kept)


def accepted(small: Small, clause: str, words: str, *options: str) -> Result:
    """Somebody proposes words for a clause, by its printed number, and they are accepted."""
    filling = {"Your name": ("Sam Iqbal",), clause: ("", words)}
    collated(small, str(filled_csv(FORM, Path("form.csv"), filling)))
    told = ("--decision", "accepted", "--because", "Plainer")
    return small.run("consult", "answer", "example", "1", *told, *options)


@pytest.mark.parametrize(
    ("clause", "words", "old", "new"),
    [
        ("1.1", "Nobody hides a post before that.", "Nobody deletes a", "Nobody hides a"),
        ("1.2", "- Ask counsel before you post about a case.", "the lawyers", "counsel"),
        (
            "1.1",
            "Save each post of the council within 5 days. Nobody deletes one before that.",
            "every post of {{ organisation.short_name }} within {{ commitments.capture }}.\n"
            "Nobody deletes a post",
            "each post of {{ organisation.short_name }} within {{ commitments.capture }}.\n"
            "Nobody deletes one",
        ),
    ],
)
def test_they_take_the_place_of_what_they_resemble(
    body: Small, clause: str, words: str, old: str, new: str
) -> None:
    shown = accepted(body, clause, words, "--dry-run")
    assert shown.exit_code == 0, shown.output
    assert not OWN.exists()
    result = accepted(body, clause, words)
    assert result.exit_code == 0, result.output
    assert "what else the clause says stays as it is" in result.stderr
    rule = OWN.read_text().partition("### Rule\n\n")[2]
    assert rule.strip() in LAW.replace(old, new)
    assert new in rule


def test_a_value_in_them_goes_into_the_profile(body: Small) -> None:
    result = accepted(body, "1.1", "Save every post of the council within 3 days.")
    assert result.exit_code == 0, result.output
    assert "commitments: {capture: 3}" in PROFILE.read_text()
    assert not OWN.exists()


def test_a_value_goes_into_the_profile_and_the_words_around_it_into_a_file(body: Small) -> None:
    result = accepted(body, "1.1", "Keep every post of the council within 3 days.")
    assert result.exit_code == 0, result.output
    assert "commitments: {capture: 3}" in PROFILE.read_text()
    assert (
        "Keep every post of {{ organisation.short_name }} within {{ commitments.capture }}.\n"
        in (OWN.read_text())
    )


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("1.2", "Do not post about anything that may come before a judge."),
        ("1.1", "Nobody deletes a post before that.\nAsk first."),
        ("The policy as a whole", "Save a reply in the archive."),
    ],
)
def test_what_resembles_no_words_or_is_for_no_clause_is_for_a_person(
    body: Small, clause: str, words: str
) -> None:
    result = accepted(body, clause, words)
    assert result.exit_code == 1
    assert "PG690" in result.stderr
    assert "1 answer recorded" in result.stderr
    assert not OWN.exists()


def test_a_comment_and_its_reply_have_decisions_of_their_own(body: Small) -> None:
    """A comment in a Word file is declined with a reason, the reply answered: both are printed."""
    copy = word_copy("copy.docx", commented)
    hint = body.run("review", "example", copy).stderr
    assert "`policygen consult answer example NUMBER` records what you decide on it" in hint
    log = collated(body, copy)
    asked, reply = (one["number"] for one in responses(log) if one["kind"] == "comment")
    for number, decision, because in (
        (asked, "declined", "Any of them"),
        (reply, "noted", "You are asked in clause 1.3"),
    ):
        told = ("--decision", decision, "--because", because)
        result = body.run("consult", "answer", "example", str(number), *told)
        assert result.exit_code == 0, result.output
    found = responses(collated(body))
    assert [one["answer"] for one in found if one["kind"] == "comment"] == [
        {"verdict": "not accepted", "because": "Any of them"},
        {"verdict": "noted", "because": "You are asked in clause 1.3"},
    ]
    printed = " ".join(body.run("consult", "print", "you-said", "example").stdout.split())
    assert "Not accepted. Any of them" in printed
    assert "Noted. You are asked in clause" in printed
    assert (FOLDER / "log.jsonl").read_text().count('"answer"') == 2
