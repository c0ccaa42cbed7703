"""The second policy with every change from the first: accept all, and it is the second; reject all, the first."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from organisations import ALL, EVERYTHING, policies
from settled import settled

from policygen.diff import differences
from policygen.diff.blocks import Redline
from policygen.diff.inlines import merge_inlines
from policygen.model import document as doc
from policygen.model.document import Deleted, Inserted, Revision, Text, Value
from policygen.model.document.walk import plain
from policygen.model.policy import Policy
from policygen.present.cut import Cut
from policygen.present.edition import lay_out
from policygen.report.changes.redline import redline

PAIRS = list(combinations(ALL, 2))
# Every pair at the short depths; at full length each body against its neighbour, for that takes its time.
CASES = [(a, b, tier) for a, b in PAIRS for tier in ("overview", "snapshot")]
CASES += [(a, b, "full-story") for a, b in pairwise(ALL)]
CASES = CASES if EVERYTHING else CASES[::3]


@cache
def policy(name: str) -> Policy:
    return policies(name)[0]


@pytest.mark.slow
@pytest.mark.parametrize(("a", "b", "tier"), CASES)
def test_real_policies(a: str, b: str, tier: str) -> None:
    made = redline(differences(policy(a), policy(b)), tier)
    after = Cut(policy(b), policy(b).outline.editions[tier])
    before = Cut(policy(a), policy(a).outline.editions[tier], after.numbering)
    for cut, keep in ((before, Revision.DELETED), (after, Revision.INSERTED)):
        plainly = lay_out(cut)
        assert settled(made.body, keep) == settled(plainly.body, keep)
        assert settled(made.masthead.control or (), keep) == settled(
            plainly.masthead.control or (), keep
        )


def test_nothing_is_marked_where_nothing_differs() -> None:
    made = redline(differences(policy("fenwick"), policy("fenwick")), "full-story")
    plainly = lay_out(Cut(policy("fenwick"), policy("fenwick").outline.editions["full-story"]))
    # But for who is named as the reviewer, and with what it is compared.
    head = replace(made.masthead, lead=plainly.masthead.lead)
    assert replace(made, meta=replace(made.meta, reviser=""), masthead=head) == plainly


# --- Words ------------------------------------------------------------------------------------------------


INLINES = st.lists(
    st.one_of(
        st.text("ab ,.’-\u00a0", max_size=12).map(Text),
        st.sampled_from(["5", "10"]).map(lambda text: Value("policy.days", text)),
        st.text("ab ", min_size=1, max_size=6).map(lambda text: doc.Strong((Text(text),))),
        st.text("ab", min_size=1, max_size=3).map(lambda text: doc.Link("#a", (Text(text),))),
    ),
    max_size=5,
).map(tuple)
PARAGRAPHS = INLINES.map(doc.Paragraph)
BLOCKS = st.lists(
    st.one_of(
        PARAGRAPHS,
        st.lists(PARAGRAPHS, min_size=1, max_size=3).map(
            lambda items: doc.List(tuple(doc.ListItem((item,)) for item in items))
        ),
        st.lists(INLINES, min_size=1, max_size=3).map(
            lambda cells: doc.Table(None, tuple(doc.Row((cell, (Text("x"),))) for cell in cells))
        ),
        st.lists(PARAGRAPHS, min_size=1, max_size=2).map(
            lambda inner: doc.Aside(doc.AsideKind.NOTE, "Note", tuple(inner))
        ),
        st.tuples(st.sampled_from("pqr"), st.lists(PARAGRAPHS, max_size=2)).map(
            lambda one: doc.ClauseBlock(one[0], tuple(one[1]))
        ),
    ),
    max_size=5,
).map(tuple)


@given(INLINES, INLINES)
def test_words_accepted_or_rejected(first: doc.Inlines, second: doc.Inlines) -> None:
    made = (doc.Paragraph(merge_inlines(first, second)),)
    assert "".join(settled(made, Revision.INSERTED)) == plain(second)
    assert "".join(settled(made, Revision.DELETED)) == plain(first)


@pytest.mark.slow
@given(BLOCKS, BLOCKS)
def test_blocks_accepted_or_rejected(first: doc.Blocks, second: doc.Blocks) -> None:
    made = Redline().blocks(first, second)
    assert settled(made, Revision.INSERTED) == settled(second, Revision.INSERTED)
    assert settled(made, Revision.DELETED) == settled(first, Revision.DELETED)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Keep it for 5 days.", "Keep it for 10 days.", "Keep it for [5]‹10› days."),
        ("You may post.", "You may not post.", "You may ‹not ›post."),
        (
            "Ask the office first.",
            "Tell the team later.",
            "[Ask the office first]‹Tell the team later›.",
        ),
        ("on 3\u00a0May", "on 4\u00a0May", "on [3\u00a0May]‹4\u00a0May›"),
        ("17.2 opens at 9:30.", "17.3 opens at 9:45.", "[17.2]‹17.3› opens at [9:30]‹9:45›."),
        ("the council’s own", "the councils’ own", "the [council’s]‹councils’› own"),
    ],
)
def test_a_reader_sees_words_and_not_letters(first: str, second: str, expected: str) -> None:
    marks = {Inserted: "‹{}›", Deleted: "[{}]"}
    shown = ""
    for one in merge_inlines((Text(first),), (Text(second),)):
        shown += (
            marks[type(one)].format(plain(one.children))
            if isinstance(one, Inserted | Deleted)
            else plain((one,))
        )
    assert shown == expected


def test_a_name_that_differs_is_no_change() -> None:
    first, second = (
        (Text("Ask "), Value("contacts.a.role", whose)) for whose in ("Ann’s", "Bob’s")
    )
    expected = (Text("Ask "), Value("contacts.a.role", "Bob’s", "Ann’s"))
    assert merge_inlines(first, second, names=frozenset({"contacts.a.role"})) == expected


def test_six_hundred_alike_paragraphs_are_no_burden() -> None:
    """No timer: the suite's patience is the limit. Word against word, this would be 12 million comparisons."""
    words = " ".join(f"word{n}" for n in range(20))
    first = tuple(doc.Paragraph((Text(f"{words} {n}."),)) for n in range(600))
    second = tuple(doc.Paragraph((Text(f"{words} {n + 1}, changed."),)) for n in range(600))
    made = Redline().blocks(first, second)
    assert settled(made, Revision.INSERTED) == settled(second, Revision.INSERTED)
    assert settled(made, Revision.DELETED) == settled(first, Revision.DELETED)
