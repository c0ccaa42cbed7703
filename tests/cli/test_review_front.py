"""`review --accept` of what stands before the clauses and over them: the cover, document control, sections."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from copies import by_pandoc, edited_by_libreoffice
from returned_copy import LAWYER, ReturnedWord, W, edited
from small import Small
from test_review_arranged import PROFILE_FILE, accepted, built, left, retitled, row_put_in

DOCUMENT = """\
# About this document

## Social media policy {#document.title}

### Snapshot

What is at stake.

### Rule

Every rule of {{ organisation.short_name }}.

### In practice

How it is done.

## Document control {#document.control}

### Rule

| Item | What applies |
|---|---|
| Policy and version | {{ policy.number }}, version {{ policy.version }} |
| Owner | {{ policy.owner.role | sentence }} |

## Whom to ask {#document.who-to-ask}

### Rule

Ask us.
"""
LAW = """\
# What the law of {{ organisation.short_name }} says

- label: Law
- lead: Ask before {{ organisation.short_name }} posts.
- stake: A post can cost us dear.
- manager: Read this aloud.
- decides: {{ policy.owner.role | sentence }}
- by: Before the first post

## Ask first {#law.advice}

- label: Advice
- grade: core

### Snapshot

Ask early.

### Rule

Ask early.
"""
PROFILE = """\
name: Fenwick Borough Council
short_name: the council
kind: council
jurisdiction: england
posture: balanced
policy: {status: approved, number: P1, version: "1.0", owner: {role: the head of news}}
"""
COVER, SECTION = Path("profiles/example/document.md"), Path("profiles/example/law.md")


@pytest.fixture
def library(small: Small) -> Small:
    files = {"base/law.md": LAW, "base/document.md": DOCUMENT, "organisation/profile.yaml": PROFILE}
    return small.write(files)


def taken(small: Small) -> None:
    result = accepted(small, "--accept-all")
    assert result.exit_code == 0, result.output
    assert left(small) == []


def everywhere(old: str, new: str) -> Callable[[ReturnedWord], None]:
    return lambda one: retitled(one, old, new)


# --- The cover and document control -----------------------------------------------------------------------


def test_the_title_and_the_lines_of_the_cover_become_your_own(library: Small) -> None:
    edited(
        built(library),
        everywhere("Social media policy", "Posting policy"),
        everywhere("Every rule of", "All rules of"),
    )
    (edit,) = left(library)
    assert (edit["clause"], edit["kind"]) == ("document.title", "reworded")
    taken(library)
    text = COVER.read_text()
    assert text.startswith("## Posting policy {#document.title}\n\n- change: replace\n")
    assert "### Rule\n\nAll rules of {{ organisation.short_name }}.\n" in text
    assert "### In practice\n\nHow it is done.\n" in text


def test_a_name_on_the_cover_goes_into_the_profile(library: Small) -> None:
    edited(built(library), everywhere("Fenwick Borough Council", "Fenwick City Council"))
    assert {one["fact"] for one in left(library)} == {"organisation.name"}
    taken(library)
    assert PROFILE_FILE.read_text() == PROFILE.replace("Fenwick Borough", "Fenwick City")
    assert not COVER.exists()


def test_document_control_has_facts_and_words(library: Small) -> None:
    edited(
        built(library),
        everywhere("The head of news", "The clerk"),
        everywhere("Policy and version", "Number and version"),
    )
    taken(library)
    assert "owner: {role: the clerk}" in PROFILE_FILE.read_text()
    assert "| Number and version | {{ policy.number }}, version" in COVER.read_text()


def renamed_edition(one: ReturnedWord) -> None:
    next(text for text in one.root.iter(f"{W}t") if text.text == "Overview").text = "Summary"


def test_what_the_cover_says_of_itself_is_for_a_person(library: Small) -> None:
    edited(built(library), renamed_edition)
    result = accepted(library, "--accept-all")
    assert result.exit_code == 1
    assert "The cover is not changed" in result.stderr
    assert "those of your profile" in result.stderr
    assert not COVER.exists()


# --- What a section says of itself ------------------------------------------------------------------------


def test_the_label_and_the_lead_of_a_section_become_your_own(library: Small) -> None:
    edited(
        built(library),
        lambda one: retitled(one, "Law", "Courts"),
        lambda one: one.track("law", "Ask before ", "Ask a week before ", LAWYER),
        lambda one: retitled(one, "Read this aloud", "Read this aloud. Then ask"),
    )
    taken(library)
    assert (
        SECTION.read_text()
        == """\
# What the law of {{ organisation.short_name }} says

- label: Courts
- lead: Ask a week before {{ organisation.short_name }} posts.
- manager: Read this aloud. Then ask.

"""
    )
    checked = library.run("check", "example")
    assert checked.exit_code == 0, checked.output


def test_the_head_of_your_own_file_is_changed_where_it_stands(library: Small) -> None:
    own = """\
# Our law

- lead: Ask us.
- by: Now

## Ours {#law.ours}

- label: Ours

### Rule

Ours.
"""
    library.write({"organisation/law.md": own})
    edited(built(library), lambda one: retitled(one, "Ask us.", "Ask us first."))
    (edit,) = (one for one in left(library) if one["clause"] == "law")
    assert accepted(library, "--accept", edit["clause"]).exit_code == 0
    assert SECTION.read_text() == own.replace("Ask us.", "Ask us first.")


def test_what_a_snapshot_says_beside_its_rules_is_taken(library: Small) -> None:
    edited(
        built(library, "snapshot"),
        lambda one: retitled(one, "A post can cost us dear.", "Words stay."),
        lambda one: retitled(one, "Before the first post", "Before any post"),
        lambda one: retitled(one, "The head of news", "The clerk"),
    )
    taken(library)
    assert "- stake: Words stay.\n- by: Before any post\n" in SECTION.read_text()
    assert "owner: {role: the clerk}" in PROFILE_FILE.read_text()


def test_a_second_line_under_a_lead_is_for_a_person(library: Small) -> None:
    def added(one: ReturnedWord) -> None:
        (there,) = (text for text in one.root.iter(f"{W}t") if text.text == "Read this aloud.")
        paragraph = next(one for one in there.iterancestors() if one.tag == f"{W}p")
        paragraph.addnext(deepcopy(paragraph))

    edited(built(library), added)
    result = accepted(library, "--accept-all")
    assert result.exit_code == 1
    assert "PG662" in result.stderr
    assert "a section has one line of each kind" in result.stderr
    assert not SECTION.exists()


# --- All at once, through other programs ------------------------------------------------------------------

TABLE = """\

## Keep a record {#law.records}

- label: Records

### Rule

Table: Who keeps what

| What | Who |
|---|---|
| Posts | The owner |
"""


def words_by_pandoc(data: bytes) -> list[str]:
    """The words that pandoc reads in a file, whatever it draws around them."""
    return re.findall(r"\w+", by_pandoc(data, "--wrap=none", to="plain").decode())


def heard_caption(one: ReturnedWord) -> None:
    """What a screen reader hears of the table, as the caption that is seen."""
    for heard in one.root.iter(f"{W}tblCaption"):
        heard.set(f"{W}val", (heard.get(f"{W}val") or "").replace("keeps what", "keeps which"))


@pytest.mark.slow
def test_all_of_it_comes_back_through_libreoffice_and_prints_as_pandoc_reads_it(
    library: Small,
) -> None:
    library.write({"base/law.md": LAW + TABLE})
    copy = edited(
        built(library),
        everywhere("Social media policy", "Posting policy"),
        everywhere("Every rule of", "All rules of"),
        everywhere("Fenwick Borough Council", "Fenwick City Council"),
        everywhere("Policy and version", "Number and version"),
        everywhere("Law", "Courts"),
        everywhere("Ask before ", "Ask a week before "),
        everywhere("Who keeps what", "Who keeps which"),
        heard_caption,
        everywhere("Ask early", "Ask at once"),
        lambda one: row_put_in(one, "law.records", "Posts", "Films", "The desk"),
    )
    wanted = words_by_pandoc(copy.read_bytes())
    (saved,) = edited_by_libreoffice([(copy.read_bytes(), [])])
    copy.write_bytes(saved)
    taken(library)
    assert words_by_pandoc(built(library).read_bytes()) == wanted
