"""`review --accept` of what stands around the words: titles, order, new clauses, other editions, rows of a list."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from returned_copy import LAWYER, Element, ReturnedWord, W, edited
from small import PROFILE, Small

LAW = """\
# The law

- label: Law

## Keep a record {#law.records}

- label: Records
- under: may

### Overview

Ask the lawyers first.

### Snapshot

Ask the lawyers before you post. Keep a record.

### Rule

Ask the lawyers before you post. Keep a record.

## Ask first {#law.advice}

- label: Advice

### Rule

Ask early.

## Save the replies {#law.replies}

- label: Replies

### Rule

Save a reply.

## Never defame {#law.defame}

- label: Defamation
- binding: yes

### Rule

Nobody defames anybody.
"""
OWN = Path("profiles/example/law.md")
PROFILE_FILE = Path("profiles/example/profile.yaml")


@pytest.fixture
def word(small: Small) -> Path:
    small.write({"base/law.md": LAW})
    return built(small)


def built(small: Small, edition: str = "full-story") -> Path:
    result = small.run("build", "example", "-e", edition, "-f", "docx")
    assert result.exit_code == 0, result.output
    return Path(shutil.copy(f"dist/example/{edition}.docx", "copy.docx"))


def accepted(small: Small, *options: str) -> Result:
    return small.run("review", "example", "copy.docx", *options)


def left(small: Small) -> list[dict[str, Any]]:
    result = small.run("review", "example", "copy.docx", "--format", "json")
    assert result.exit_code == 0, result.output
    return list(json.loads(result.stdout)["copies"][0]["found"])


def taken(small: Small, *ids: str) -> str:
    """Accept some names, see that nothing is left and nothing is wrong; gives what was written."""
    result = accepted(small, *(word for id in ids for word in ("--accept", id)))
    assert result.exit_code == 0, result.output
    assert left(small) == []
    checked = small.run("check", "example")
    assert checked.exit_code == 0, checked.output
    return OWN.read_text()


def retitled(one: ReturnedWord, old: str, new: str) -> None:
    for text in one.root.iter(f"{W}t"):
        text.text = (text.text or "").replace(old, new)


def moved(one: ReturnedWord, clause: str, before: str) -> None:
    target = next(iter(one.clause(before)))
    for paragraph in list(one.clause(clause)):
        target.addprevious(paragraph)


def clause_put_in(one: ReturnedWord, heading: str, *paragraphs: str) -> None:
    """Write a clause after that on advice, as somebody does who copies one."""
    head, *rest = one.clause("law.advice")
    body = rest[0]
    for words in reversed((heading, *paragraphs)):
        new = deepcopy(head if words == heading else body)
        for child in list(new):
            if child.tag != f"{W}pPr":
                new.remove(child)
        run = deepcopy(next(body.iter(f"{W}r")))
        next(run.iter(f"{W}t")).text = words
        new.append(run)
        rest[-1].addnext(new)


def test_the_title_of_a_section_becomes_your_own(small: Small, word: Path) -> None:
    edited(word, lambda one: retitled(one, "The law", "What the law says"))
    assert taken(small, "law").startswith("# What the law says\n\n")


def test_the_title_of_a_section_is_changed_where_it_is_your_own(small: Small, word: Path) -> None:
    own = "# Our law\n\n## Ours {#law.ours}\n\n- label: Ours\n\n### Rule\n\nOurs.\n"
    small.write({"organisation/law.md": own})
    edited(built(small), lambda one: retitled(one, "Our law", "The law here"))
    assert taken(small, "law") == own.replace("# Our law", "# The law here")


def test_a_clause_that_was_moved_stands_there(small: Small, word: Path) -> None:
    edited(word, lambda one: moved(one, "law.replies", "law.advice"))
    text = taken(small, "law.replies")
    assert text == "## Save the replies {#law.replies}\n\n- change: extend\n- after: law.records\n"


def test_a_clause_of_your_own_words_is_moved_in_its_slip(small: Small, word: Path) -> None:
    own = "## Reply {#law.replies}\n\n- change: replace\n\n### Rule\n\nSave it.\n"
    small.write({"organisation/law.md": own})
    edited(built(small), lambda one: moved(one, "law.replies", "law.records"))
    after = own.replace("- change: replace\n", "- after: law\n- change: replace\n")
    assert taken(small, "law.replies") == after


def test_a_binding_clause_that_was_moved_is_for_a_person(small: Small, word: Path) -> None:
    edited(word, lambda one: moved(one, "law.defame", "law.replies"))
    result = accepted(small, "--accept-all")
    assert result.exit_code == 1
    assert "PG662" in result.stderr
    assert not OWN.exists()


def test_a_passage_under_a_heading_becomes_a_clause_of_your_own(small: Small, word: Path) -> None:
    edited(word, lambda one: clause_put_in(one, "Courts: Wait", "Wait a *day*.", "Then ask."))
    found = left(small)
    assert [(one["kind"], one["clause"]) for one in found] == [("added", "law.advice")]
    text = taken(small, "law.advice")
    slip = "- label: Courts\n- after: law.advice\n"
    words = "Wait a \\*day\\*.\n\nThen ask.\n"
    assert text == f"## Wait {{#law.courts}}\n\n{slip}\n### Rule\n\n{words}"


def test_words_and_a_passage_after_them_are_both_taken(small: Small, word: Path) -> None:
    edited(
        word,
        lambda one: one.retype("law.advice", "Ask early", "Ask at once"),
        lambda one: clause_put_in(one, "Courts: Wait", "Wait."),
    )
    text = taken(small, "law.advice")
    assert "Ask at once." in text
    assert "## Wait {#law.courts}" in text


def test_a_passage_with_a_fact_in_it_is_for_a_person(small: Small, word: Path) -> None:
    edited(word, lambda one: clause_put_in(one, "Courts: Wait", ""))
    result = accepted(small, "--accept-all")
    assert result.exit_code == 1
    assert "PG662" in result.stderr


def test_what_was_taken_of_a_release_is_told_no_more(small: Small, word: Path) -> None:
    sent = "policy: {status: consultation, version: '1.0', issued: 2026-12-01}"
    profile = PROFILE.replace("policy: {status: approved}", sent)
    small.write({"organisation/profile.yaml": profile})
    done = small.run("release", "example", "-s", "Out", "-e", "full-story", "-f", "docx")
    assert done.exit_code == 0, done.output
    shutil.copy("profiles/example/releases/1.0/full-story.docx", "copy.docx")
    edited(
        Path("copy.docx"),
        lambda one: retitled(one, "The law", "What the law says"),
        lambda one: clause_put_in(one, "Courts: Wait", "Wait."),
        lambda one: moved(one, "law.replies", "law.advice"),
    )
    assert {one["kind"] for one in left(small)} == {"reworded", "added", "moved"}
    taken(small, "law", "law.replies", "law.advice")


@pytest.mark.parametrize(
    ("edition", "heading", "other"),
    [("snapshot", "### Snapshot", "### Rule"), ("overview", "### Overview", "### Snapshot")],
)
def test_words_of_a_shorter_edition_become_those_of_its_depth(
    small: Small, word: Path, edition: str, heading: str, other: str
) -> None:
    """The rule says the same sentence, and stays."""
    copy = built(small, edition)
    edited(copy, lambda one: one.track("law.records", "the lawyers", "counsel", LAWYER))
    text = taken(small, "law.records")
    assert "Ask counsel" in text.partition(heading)[2].partition("###")[0]
    assert "Ask the lawyers" in text.partition(other)[2]
    assert "counsel" not in text.partition("### Rule")[2]


def test_a_title_of_your_own_is_changed_where_it_stands(small: Small, word: Path) -> None:
    own = "## Ask us {#law.advice}\n\n- change: replace\n\n### Rule\n\nSend the press office a note.\n"
    small.write({"organisation/law.md": own})
    edited(
        built(small),
        lambda one: one.retype("law.advice", "Ask us", "Ask anybody"),
        lambda one: one.retype("law.advice", "Advice", "Counsel"),
        lambda one: one.retype("law.advice", "a note", "a mail"),
    )
    text = taken(small, "law.advice")
    after = own.replace("## Ask us", "## Ask anybody").replace("a note", "a mail")
    assert text == after.replace("- change:", "- label: Counsel\n- change:")


def test_a_title_that_your_edit_only_extends_is_for_a_person(small: Small, word: Path) -> None:
    own = "## Ask first {#law.advice}\n\n- change: extend\n\n### Rule\n\n{{ inherited }}\n\nNow.\n"
    small.write({"organisation/law.md": own})
    edited(built(small), lambda one: one.retype("law.advice", "Ask first", "Ask now"))
    result = accepted(small, "--accept-all")
    assert result.exit_code == 1
    assert "a replacement alone has a title of its own" in result.stderr
    assert OWN.read_text() == own


# --- Lists ------------------------------------------------------------------------------------------------

LISTS = """\
# The law

## Ask first {#law.advice}

- label: Advice

### Rule

{% if approval %}
| What | Who says yes | Within |
|---|---|---|
{% for row in approval %}
| {{ row.content | sentence }} | {{ row.approver | sentence }} | {{ row.within }} |
{% endfor %}
{% endif %}

{% for union in organisation.unions %}
- {{ union }}
{% endfor %}

## Our accounts {#law.accounts}

- label: Accounts

### Rule

{% if channels %}
| Account | Owner | Now |
|---|---|---|
{% for channel in channels %}
| {{ channel.platform }}: {{ channel.handle }} | {{ channel.owner }} | {% if channel.status == 'active' %}In use{% elif channel.status == 'paused' %}Paused{% else %}Closed{% endif %} |
{% endfor %}
{% endif %}
"""
MORE = """\
approval:  # agreed in May
  - {content: paid advertising, approver: the press office, within: 2 days}
  # the last resort
  - {content: a crisis, approver: the chief executive, within: 30 minutes}
unions: [UNISON]
channels:
  - platform: Facebook
    handle: /fenwick
    owner: the press office
    purpose: news
    status: active
"""


@pytest.fixture
def lists(small: Small) -> Path:
    small.write({"base/law.md": LISTS, "organisation/profile.yaml": PROFILE + MORE})
    return built(small)


def row_put_in(one: ReturnedWord, clause: str, below: str, *cells: str) -> Element:
    """Put a row below the one that holds some words."""
    (there,) = (text for text in one.root.iter(f"{W}t") if text.text == below)
    row = next(one for one in there.iterancestors() if one.tag == f"{W}tr")
    new = deepcopy(row)
    for cell, words in zip(new.iter(f"{W}tc"), cells, strict=True):
        first, *others = cell.iter(f"{W}t")
        first.text = words
        for text in others:
            text.text = ""
    row.addnext(new)
    return new


def test_an_added_row_becomes_an_item_of_its_list(small: Small, lists: Path) -> None:
    row = "A podcast", "The head of IT, Bo", "3 days"
    edited(lists, lambda one: row_put_in(one, "law.advice", "Paid advertising", *row))
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 0, result.output
    item = '  - {content: A podcast, approver: "The head of IT, Bo", within: "3 days"}\n'
    assert PROFILE_FILE.read_text() == PROFILE + MORE.replace("  # the last", f"{item}  # the last")
    assert left(small) == []
    assert not OWN.exists()


def test_a_row_is_added_and_a_cell_reworded(small: Small, lists: Path) -> None:
    edited(
        lists,
        lambda one: row_put_in(one, "law.advice", "A crisis", "A podcast", "The clerk", "3 days"),
        lambda one: retitled(one, "Who says yes", "Who agrees"),
    )
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 0, result.output
    assert "within: 30 minutes}\n  - {content: A podcast," in PROFILE_FILE.read_text()
    assert "| What | Who agrees | Within |" in OWN.read_text()
    assert left(small) == []


def test_an_added_line_of_a_list_becomes_an_item(small: Small, lists: Path) -> None:
    def added(one: ReturnedWord) -> None:
        (there,) = (text for text in one.root.iter(f"{W}t") if text.text == "UNISON")
        paragraph = next(one for one in there.iterancestors() if one.tag == f"{W}p")
        new = deepcopy(paragraph)
        next(new.iter(f"{W}t")).text = "Unite"
        paragraph.addnext(new)

    edited(lists, added)
    assert accepted(small, "--accept", "law.advice").exit_code == 0
    assert "unions: [UNISON, Unite]\n" in PROFILE_FILE.read_text()
    assert left(small) == []


def test_a_row_that_went_takes_its_item_along(small: Small, lists: Path) -> None:
    def took_out(one: ReturnedWord) -> None:
        (there,) = (text for text in one.root.iter(f"{W}t") if text.text == "Paid advertising")
        row = next(one for one in there.iterancestors() if one.tag == f"{W}tr")
        table = row.getparent()
        assert table is not None
        table.remove(row)

    edited(lists, took_out)
    result = accepted(small, "--accept-all")
    assert result.exit_code == 0, result.output
    first = "  - {content: paid advertising, approver: the press office, within: 2 days}\n"
    assert PROFILE_FILE.read_text() == (PROFILE + MORE).replace(first, "")
    assert not OWN.exists()
    assert left(small) == []


def test_a_cell_that_begins_with_a_capital_is_set_as_the_profile_begins(
    small: Small, lists: Path
) -> None:
    edited(lists, lambda one: retitled(one, "chief executive", "chief officer"))
    result = accepted(small, "--accept-all")
    assert result.exit_code == 0, result.output
    assert "approver: the chief officer, within" in PROFILE_FILE.read_text()
    assert left(small) == []


@pytest.mark.parametrize(("now", "status"), [("Paused", "paused"), ("Closed", ""), ("Soon", "")])
def test_a_cell_that_a_condition_prints_tells_what_was_chosen(
    small: Small, lists: Path, now: str, status: str
) -> None:
    """Whatever is neither in use nor paused is told as closed, so that tells nothing surely."""
    row = "Mastodon: @fenwick", "The clerk", now
    edited(lists, lambda one: row_put_in(one, "law.accounts", "Facebook", *row))
    result = accepted(small, "--accept-all")
    item = """\
  - platform: Mastodon
    handle: "@fenwick"
    owner: The clerk
    status: paused
"""
    assert PROFILE_FILE.read_text() == PROFILE + MORE + (item if status else "")
    assert result.exit_code == (0 if status else 1)
    assert ("PG662" in result.stderr) is not bool(status)


def test_nothing_to_accept_is_said_so(small: Small, word: Path) -> None:
    result = accepted(small, "--accept", "law.advice")
    assert result.exit_code == 1
    assert "Nothing of what came back is left to decide." in result.stderr
