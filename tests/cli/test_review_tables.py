"""`review --accept` of the tables that somebody wrote by hand: rows, cells, captions."""

from __future__ import annotations

from pathlib import Path

import pytest
from returned_copy import ReturnedWord, W, edited
from small import Small
from test_review_arranged import OWN, accepted, built, left, retitled, row_put_in

TABLE = """\
Table: Who keeps what

| What | Who |
|---|---|
| Posts | The owner |
| Adverts | The agency |
"""
LAW = f"""\
# The law

## Keep a record {{#law.records}}

- label: Records

### Rule

Keep what is said.

{TABLE}
{{% if organisation.unions %}}
| Ask | When |
|---|---|
| Staff | First |
{{% if organisation.unions %}}
| Carers | Then |
{{% endif %}}
{{% endif %}}
"""


@pytest.fixture
def word(small: Small) -> Path:
    small.write({"base/law.md": LAW}).set("unions: [UNISON]\n")
    return built(small)


def took_out(one: ReturnedWord, words: str) -> None:
    """Delete the row that holds some words."""
    (there,) = (text for text in one.root.iter(f"{W}t") if text.text == words)
    row = next(one for one in there.iterancestors() if one.tag == f"{W}tr")
    table = row.getparent()
    assert table is not None
    table.remove(row)


def taken(small: Small) -> str:
    """Accept all, see that nothing is left, and return the rule as it was written."""
    result = accepted(small, "--accept-all")
    assert result.exit_code == 0, result.output
    assert left(small) == []
    return OWN.read_text().partition("### Rule\n\n")[2]


def test_rows_and_the_caption_of_a_table_are_changed_where_they_stand(
    small: Small, word: Path
) -> None:
    edited(
        word,
        lambda one: retitled(one, "Who keeps what", "Who keeps *which* one"),
        lambda one: row_put_in(one, "law.records", "Adverts", "Films | clips", ""),
        lambda one: row_put_in(one, "law.records", "Posts", "Replies", "The desk"),
        lambda one: row_put_in(one, "law.records", "What", "Drafts", "Nobody"),
        lambda one: retitled(one, "The agency", "The shop"),
    )
    changed = """\
Table: Who keeps \\*which\\* one

| What | Who |
|---|---|
| Drafts | Nobody |
| Posts | The owner |
| Replies | The desk |
| Adverts | The shop |
| Films \\| clips |  |
"""
    assert taken(small) == LAW.partition("### Rule\n\n")[2].replace(TABLE, changed)


def test_a_row_goes_and_another_comes(small: Small, word: Path) -> None:
    edited(
        word,
        lambda one: row_put_in(one, "law.records", "Adverts", "Films", "The desk"),
        lambda one: took_out(one, "Posts"),
    )
    changed = TABLE.replace("| Posts | The owner |\n", "") + "| Films | The desk |\n"
    assert taken(small) == LAW.partition("### Rule\n\n")[2].replace(TABLE, changed)


def test_a_row_below_a_table_that_is_all_conditional_stands_in_it(small: Small, word: Path) -> None:
    edited(word, lambda one: row_put_in(one, "law.records", "Staff", "Parents", "Second"))
    assert "| Staff | First |\n| Parents | Second |\n{% if organisation.u" in taken(small)


def test_a_row_below_one_that_a_template_decides_is_for_a_person(small: Small, word: Path) -> None:
    edited(word, lambda one: row_put_in(one, "law.records", "Carers", "Parents", "Second"))
    result = accepted(small, "--accept-all")
    assert result.exit_code == 1
    assert "a row was added beside rows that a template decides" in result.stderr
    assert not OWN.exists()
