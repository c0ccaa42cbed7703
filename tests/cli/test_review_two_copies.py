"""`review --accept` of several copies: what two of them say is written once, and nothing is lost in silence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from returned_copy import LAWYER, UNION, ReturnedWord, W, edited
from small import Small
from test_review_arranged import OWN, PROFILE_FILE, built, moved, retitled, row_put_in

LAW = """\
# The law

## Keep a record {#law.records}

- label: Records

### Rule

Ask the lawyers before you post. Keep a record.

Save every post within {{ commitments.capture }}.

Nobody deletes a post.

| What | Who |
|---|---|
| Posts | The owner |
| Adverts | The agency |

| Union |
|---|
{% for union in organisation.unions %}
| {{ union }} |
{% endfor %}
"""
MORE = """\
commitments: {capture: 5}
unions:
  - UNISON
  - GMB
"""
Edit = Callable[[ReturnedWord], None]


@pytest.fixture
def word(small: Small) -> Path:
    small.write({"base/law.md": LAW}).set(MORE)
    return built(small)


def both(small: Small, first: Edit, second: Edit) -> Result:
    """Accept all of two copies of one file."""
    shutil.copy("copy.docx", "other.docx")
    edited(Path("copy.docx"), first)
    edited(Path("other.docx"), second)
    return small.run("review", "example", "copy.docx", "other.docx", "--accept-all")


def retyped(old: str, new: str) -> Edit:
    return lambda one: one.retype("law.records", old, new)


def of_both(*edits: Edit) -> Edit:
    def made(one: ReturnedWord) -> None:
        for edit in edits:
            edit(one)

    return made


def put_in(below: str, *cells: str) -> Edit:
    def edit(one: ReturnedWord) -> None:
        row_put_in(one, "law.records", below, *cells)

    return edit


def took_out(words: str, around: str) -> Edit:
    """Delete the paragraph or the row that holds some words."""

    def edit(one: ReturnedWord) -> None:
        text = one.text("law.records", words)
        gone = next(up for up in text.iterancestors() if up.tag == f"{W}{around}")
        above = gone.getparent()
        assert above is not None
        above.remove(gone)

    return edit


def test_sentences_that_changed_places_are_written(small: Small, word: Path) -> None:
    first, second = "Ask the lawyers before you post.", "Keep a record."
    edited(word, retyped(f"{first} {second}", f"{second} {first}"))
    result = small.run("review", "example", "copy.docx", "--accept-all")
    assert result.exit_code == 0, result.output
    assert " ".join(OWN.read_text().split()).count(f"{second} {first}") == 1


def test_who_deletes_what_another_rewords_is_told(small: Small, word: Path) -> None:
    result = both(small, retyped("Keep a record.", "Keep a file."), retyped(" Keep a record.", ""))
    assert result.exit_code == 1
    assert "PG662" in result.stderr
    assert "Keep a file." in OWN.read_text()


def test_one_value_of_two_copies_is_set_once(small: Small, word: Path) -> None:
    days = "5\u00a0days", "3\u00a0days"
    result = both(
        small, retyped(*days), of_both(retyped(*days), retyped("Nobody deletes", "None deletes"))
    )
    assert result.exit_code == 0, result.output
    assert "It is not set" not in result.stderr
    assert "capture: 3" in PROFILE_FILE.read_text()


def test_two_values_for_one_fact_are_for_a_person(small: Small, word: Path) -> None:
    result = both(
        small, retyped("5\u00a0days", "3\u00a0days"), retyped("5\u00a0days", "4\u00a0days")
    )
    assert result.exit_code == 1
    assert "It is not set" in result.stderr
    assert "capture: 3" in PROFILE_FILE.read_text()


def test_a_row_of_two_copies_is_put_in_once(small: Small, word: Path) -> None:
    row = put_in("Posts", "Films", "The desk")
    result = both(small, row, of_both(row, retyped("Nobody deletes", "None deletes")))
    assert result.exit_code == 0, result.output
    assert OWN.read_text().count("| Films | The desk |") == 1
    assert "None deletes" in OWN.read_text()


def test_an_item_of_two_copies_is_put_into_the_profile_once(small: Small, word: Path) -> None:
    row = put_in("GMB", "Unite")
    result = both(small, row, of_both(row, retyped("Nobody deletes", "None deletes")))
    assert result.exit_code == 0, result.output
    assert PROFILE_FILE.read_text().count("Unite") == 1


@pytest.mark.parametrize(
    "gone",
    [
        took_out("Nobody deletes", "p"),
        took_out("Posts", "tr"),
        took_out("GMB", "tr"),
    ],
)
def test_what_two_copies_take_out_is_taken_out_once(small: Small, word: Path, gone: Edit) -> None:
    result = both(small, gone, of_both(gone, retyped("before you post", "before a post")))
    assert result.exit_code == 0, result.output
    assert "before a post" in OWN.read_text()


def test_a_paragraph_that_goes_in_one_copy_and_is_reworded_in_another_is_told(
    small: Small, word: Path
) -> None:
    result = both(
        small, retyped("Nobody deletes a post.", "Posts stay."), took_out("Nobody deletes", "p")
    )
    assert result.exit_code == 1
    assert "PG662" in result.stderr
    assert "Posts stay." in OWN.read_text()


COVER = """\
## Media policy {#document.title}

### Rule

Every rule.

## Document control {#document.control}

### Rule

| Item | What applies |
|---|---|
| Read by | All staff |
| Kept by | The clerk |
"""


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Media policy", "Media rules"), ("Every rule", "Each rule")),
        (("All staff", "All our staff"), ("The clerk", "Our clerk")),
    ],
)
def test_the_cover_and_document_control_are_taken_of_both(
    small: Small, first: tuple[str, str], second: tuple[str, str]
) -> None:
    small.write({"base/law.md": LAW, "base/document.md": COVER}).set(MORE)
    built(small)
    result = both(small, lambda one: retitled(one, *first), lambda one: retitled(one, *second))
    assert result.exit_code == 0, result.output
    own = Path("profiles/example/document.md").read_text()
    assert (first[1] in own, second[1] in own) == (True, True)


def test_what_a_second_hand_says_of_a_section_is_taken_too(small: Small, word: Path) -> None:
    """Both copies bear the lawyer's title; the union wrote into the second as well."""
    head = "# The law\n\n- label: Law\n- lead: Ask before you post.\n"
    small.write({"base/law.md": LAW.replace("# The law\n", head, 1)})
    built(small)

    def lawyer(one: ReturnedWord) -> None:
        one.track("law", "The law", "The rules", LAWYER)

    def union(one: ReturnedWord) -> None:
        one.track("law", "Ask before", "Ask us before", UNION)

    result = both(small, lawyer, of_both(lawyer, union))
    assert result.exit_code == 0, result.output
    own = OWN.read_text()
    assert ("# The rules" in own, "Ask us before you post." in own) == (True, True)


def test_a_clause_that_two_copies_move_to_two_places_is_told(small: Small, word: Path) -> None:
    clauses = "".join(
        f"## Rule {n} {{#law.rule-{n}}}\n\n### Rule\n\nDo it {n} times.\n\n" for n in range(2, 6)
    )
    small.write({"base/law.md": f"{LAW}\n{clauses}"})
    built(small)

    def up(one: ReturnedWord) -> None:
        moved(one, "law.rule-5", "law.rule-3")

    result = both(small, up, lambda one: moved(one, "law.rule-5", "law.rule-4"))
    assert result.exit_code == 1
    assert "to another place in an earlier copy" in result.stderr
    assert "- after: law.rule-2\n" in OWN.read_text()
    OWN.unlink()
    result = both(small, lambda one: None, up)
    assert result.exit_code == 0, result.output
