"""Clause by organisation: what each cell says, who shares whose words, and how far bodies are apart."""

from __future__ import annotations

import gc
import pickle
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import PROFILE, Small

from policygen.diff.distance import Bits, distances
from policygen.diff.gather import Collected, Collector
from policygen.diff.matrix import matrix, without_names
from policygen.model.comparison.matrix import Matrix, MatrixCell
from policygen.model.policy import Policy
from policygen.pipeline.fleet.compare_all import compare_many
from policygen.pipeline.names.subject import Subject, find_subjects
from policygen.report.matrix.view import cell_notes, matrix_view

LAW = """\
# The law

## Keep a record {#law.records}

### Rule

Save every post of {{ organisation.short_name }}.

## Save it in time {#law.capture}

### Rule

Save it within {{ commitments.capture }}.

## Ask the lawyers {#law.advice}

### Rule

Ask before you post.

## Meetings {#law.meetings}

- when: organisation.kind == 'council'

### Rule

Publish the minutes.
"""
CAUTIOUS = """\
## Ask the lawyers {#law.advice}

- change: remove
- because: Nothing is posted without them anyway

"""
REPLACED = """\
## Keep a record {#law.records}

- change: replace

### Rule

We film everything.
"""
EXTENDED = """\
## Ask the lawyers {#law.advice}

- change: extend

### Rule

{{ inherited }}

Then ask again.
"""
CAPTURED = """\
## Save it in time {#law.capture}

- change: replace

### Rule

Save it at once.

### In practice

Press the button.
"""
ADDED = """\
## Ring the bell {#law.bell}

### Rule

Twice.
"""
LEFT_OUT = """\
## Ask the lawyers {#law.advice}

- change: remove
- because: We have none

"""
DAYS = "policy: {status: approved}\ncommitments: {capture: 5}"


class Many:
    """Bodies of their own in one small library: each a profile, with its words."""

    def __init__(self, small: Small) -> None:
        self.small = small.write({"base/law.md": LAW, "posture/cautious/law.md": CAUTIOUS})
        self.names: list[str] = []

    def body(self, name: str, own: str = "", /, **changed: str) -> Many:
        text = PROFILE.replace("policy: {status: approved}", DAYS).replace(
            "Fenwick Borough Council", name
        )
        for old, new in changed.items():
            text = "\n".join(
                f"{old}: {new}" if line.startswith(f"{old}:") else line
                for line in text.splitlines()
            )
        folder = Path("profiles") / name.lower()
        folder.mkdir(parents=True)
        (folder / "profile.yaml").write_text(text, "utf-8")
        if own:
            (folder / "law.md").write_text(own, "utf-8")
        self.names.append(name.lower())
        return self

    def found(self, section: str = "law") -> Matrix:
        return compare_many(self.names, self.small.workspace(), section=section)


@pytest.fixture
def many(small: Small) -> Many:
    return Many(small)


def cells(found: Matrix) -> dict[str, list[str]]:
    return {row.clause: [cell.words for cell in row.cells] for row in found.rows}


def cell(found: Matrix, clause: str, body: int) -> MatrixCell:
    return next(row for row in found.rows if row.clause == clause).cells[body]


def test_a_body_against_itself_is_all_the_same(many: Many) -> None:
    many.body("Ashby", REPLACED)
    many.names *= 3
    found = many.found("")
    kinds = {one.kind.key for row in found.rows for one in row.cells if row.clause != "law.records"}
    assert kinds == {"same"}
    assert cells(found)["law.records"] == ["A own words"] * 3
    assert found.between == ((0.0,) * 3,) * 3
    assert found.disagreed() == ()


def test_another_name_is_names_only(many: Many) -> None:
    found = (
        many.body("Ashby", short_name="Ash")
        .body("Birch", short_name="Bi")
        .body("Cedar", short_name="Bi")
        .found()
    )
    assert cells(found) == {
        "law.records": ["A names only", "A", "A"],
        "law.capture": ["A"] * 3,
        "law.advice": ["A"] * 3,
        "law.meetings": ["A"] * 3,
    }
    assert [body.average for body in found.bodies] == [0.0] * 3


def test_another_value_is_set_differently_from_the_commonest(many: Many) -> None:
    many.body("Ashby", commitments="{capture: 30}").body("Birch").body("Cedar")
    found = many.found()
    assert cells(found)["law.capture"] == ["A set differently", "A", "A"]
    (setting,) = cell(found, "law.capture", 0).settings
    assert (setting.fact, setting.value, setting.usual) == (
        "commitments.capture",
        "30\u00a0days",
        "5\u00a0days",
    )
    row = next(row for row in found.rows if row.clause == "law.capture")
    (note,) = cell_notes(row, found)
    assert note.sentence.startswith("Ashby: How soon a post is saved: 30")
    assert matrix_view(found).details[found.rows.index(row)].variants == ()


def test_behind_a_row_stand_the_commonest_rule_and_what_differs_from_it(many: Many) -> None:
    own = CAPTURED + EXTENDED
    found = many.body("Ashby", own).body("Birch").body("Cedar").found()
    behind = dict(zip((row.clause for row in found.rows), matrix_view(found).details, strict=True))
    commonest, other = behind["law.capture"].variants
    assert (commonest.letter, commonest.bodies) == ("A", 2)
    assert "[how soon a post is saved]" in str(commonest.blocks)
    assert "Deleted" in str(other.blocks)
    assert other.also == ("In practice",)
    _, longer = behind["law.advice"].variants
    assert "Then ask again." in str(longer.blocks)
    assert "Ask before you post." not in str(longer.blocks)
    assert longer.also == ()
    assert behind["law.records"].variants == ()


def test_where_no_two_share_a_value_all_differ(many: Many) -> None:
    many.body("Ashby").body("Birch", commitments="{capture: 30}")
    found = many.found()
    assert cells(found)["law.capture"] == ["A set differently"] * 2
    assert cell(found, "law.capture", 1).settings[0].usual == ""


def test_what_the_own_layer_does_is_told_with_its_place(many: Many) -> None:
    many.body("Ashby", REPLACED + EXTENDED + ADDED).body("Birch", LEFT_OUT).body("Cedar")
    found = many.found()
    assert cells(found) == {
        "law.records": ["B own words", "A", "A"],
        "law.capture": ["A"] * 3,
        "law.advice": ["A extended", "removed", "B"],
        "law.meetings": ["A"] * 3,
        "law.bell": ["A own words", "not applicable", "not applicable"],
    }
    act = cell(found, "law.advice", 1).act
    assert act is not None
    assert (act.title, act.edit, act.because) == ("Birch", "remove", "We have none")
    assert act.place.startswith("profiles/birch/law.md:")
    assert [(body.own, body.clauses) for body in found.bodies] == [(3, 5), (1, 4), (0, 4)]


def test_what_another_layer_takes_out_is_no_distance_from_the_model(many: Many) -> None:
    found = many.body("Ashby", posture="cautious").body("Birch").found()
    assert cells(found)["law.advice"] == ["removed", "A"]
    act = cell(found, "law.advice", 0).act
    assert act is not None
    assert (act.title, act.because) == ("Cautious", "Nothing is posted without them anyway")
    assert found.bodies[0].from_model == 0
    assert found.bodies[0].clauses == 3


def test_a_note_says_who_did_what_and_why(many: Many) -> None:
    found = many.body("Ashby", posture="cautious").body("Birch", LEFT_OUT).found()
    (row,) = (row for row in found.rows if row.clause == "law.advice")
    assert [(note.sentence, note.bodies) for note in cell_notes(row, found)] == [
        (
            "The layer “Cautious” leaves it out, because: Nothing is posted without them anyway "
            "(templates/posture/cautious/law.md:1).",
            (0,),
        ),
        ("Birch leaves it out, because: We have none (profiles/birch/law.md:1).", (1,)),
    ]


def test_what_everybody_has_taken_out_has_a_row(many: Many) -> None:
    found = many.body("Ashby", posture="cautious").body("Birch", posture="cautious").found()
    assert cells(found)["law.advice"] == ["removed"] * 2
    assert found.rows[-1].title == "Ask the lawyers"


def test_a_clause_whose_condition_does_not_hold_is_not_applicable(many: Many) -> None:
    many.small.write({"kind/school/layer.yaml": "title: School\n"})
    assert cells(many.body("Ashby", kind="school").body("Birch").found())["law.meetings"] == [
        "not applicable",
        "A",
    ]


def test_letters_go_by_how_many_have_the_words_then_by_the_order_of_the_arguments(
    many: Many,
) -> None:
    many.body("Ashby", REPLACED).body("Birch", REPLACED.replace("film", "paint")).body(
        "Cedar"
    ).body("Damson")
    assert cells(many.found())["law.records"] == ["B own words", "C own words", "A", "A"]


def test_twenty_seven_wordings_have_twenty_seven_letters(many: Many) -> None:
    for number in range(27):
        many.body(f"Body{number}", REPLACED.replace("film", f"film {'x' * (number + 1)}"))
    found = many.found()
    assert [words.letter for words in found.rows[0].words][-2:] == ["Z", "AA"]
    assert found.disagreed()[0].clause == "law.records"


def test_the_clause_with_most_wordings_comes_first_then_the_one_most_evenly_shared(
    many: Many,
) -> None:
    many.body("Ashby", REPLACED).body("Birch", REPLACED).body("Cedar", EXTENDED).body("Damson")
    found = many.found()
    assert [row.clause for row in found.disagreed()] == ["law.records", "law.advice"]
    assert found.disagreed()[0].spread == 1.0
    many.body("Elder", EXTENDED.replace("again", "twice"))
    assert many.found().disagreed()[0].clause == "law.advice"


def test_how_far_bodies_are_apart(many: Many) -> None:
    found = many.body("Ashby", REPLACED).body("Birch", LEFT_OUT).body("Cedar").found()
    assert found.between == ((0.0, 0.5, 0.25), (0.5, 0.0, 0.25), (0.25, 0.25, 0.0))
    ashby, _, cedar = found.bodies
    assert ashby.nearest is not None
    assert ashby.farthest is not None
    assert (ashby.nearest.body, ashby.nearest.share, ashby.farthest.body, ashby.average) == (
        2,
        0.25,
        1,
        0.375,
    )
    assert cedar.nearest is not None
    assert cedar.nearest.body == 0  # of two that are as near, the first named
    assert found.counts == {"several": 1, "same": 2, "lacking": 1}


def test_one_body_is_near_nobody(many: Many) -> None:
    (body,) = many.body("Ashby", REPLACED).found().bodies
    assert (body.nearest, body.farthest, body.average, body.own) == (None, None, 0.0, 1)


def test_every_clause_of_every_body_has_a_row_in_its_place(many: Many) -> None:
    bell = ADDED.replace("### Rule", "- after: law.records\n\n### Rule")
    sport = "# Sport\n\n## Play fair {#sport.fair}\n\n### Rule\n\nDo."
    many.body("Ashby").body("Birch", bell).body("Cedar", sport)
    Path("profiles/cedar/law.md").rename("profiles/cedar/sport.md")
    found = many.found("")
    assert list(cells(found)) == [
        "law.records",
        "law.bell",
        "law.capture",
        "law.advice",
        "law.meetings",
        "sport.fair",
    ]
    assert [title for title, _ in found.by_section()] == ["The law", "Sport"]


def test_bodies_of_one_name_are_told_apart(many: Many) -> None:
    many.body("Ashby").body("Birch", name="Ashby")
    names = [body.name for body in many.found().bodies]
    assert len(set(names)) == 2
    assert all("Ashby" in name for name in names)


def test_substance_leaves_out_what_only_names_or_nothing_tells_apart(many: Many) -> None:
    many.body("Ashby", EXTENDED, short_name="Ash").body("Birch", short_name="Bi")
    found = many.found()
    assert "names only" in str(cells(found))
    assert cells(without_names(found)) == {"law.advice": ["A extended", "B"]}
    assert without_names(found).counts == found.counts


@pytest.mark.slow
def test_policies_are_let_go_one_by_one(many: Many) -> None:
    """Hundreds of them would not fit: what is kept of a policy is not the policy."""
    for name in ("Ashby", "Birch", "Cedar", "Damson"):
        many.body(name)
    alive: list[int] = []

    def step(name: str) -> None:
        gc.collect()
        alive.append(sum(isinstance(one, Policy) for one in gc.get_objects()))

    compare_many(many.names, many.small.workspace(), step=step)
    assert max(alive) - alive[0] <= 1


def test_policies_that_were_kept_in_groups_make_the_matrix_of_all(many: Many) -> None:
    """Wherever one group ends, and though what was kept of it came from another process."""
    bell = ADDED.replace("### Rule", "- after: law.records\n\n### Rule")
    sport = "# Sport\n\n## Play fair {#sport.fair}\n\n### Rule\n\nDo."
    many.body("Ashby", short_name="Ash").body("Birch", bell + EXTENDED).body("Cedar", sport)
    Path("profiles/cedar/law.md").rename("profiles/cedar/sport.md")
    many.body("Damson", posture="cautious").body("Elder", CAPTURED + bell + EXTENDED)
    many.body("Fir", LEFT_OUT).body("Gorse", name="Ashby", kind="parish-council")
    subjects = find_subjects(many.names, many.small.workspace())
    whole = matrix(kept(subjects))
    assert {row.section for row in whole.rows} == {"law", "sport"}
    for at in range(1, len(subjects)):
        parts = kept(subjects[:at]), kept(subjects[at:])
        collector = Collector()
        for part in parts:
            collector.join(pickle.loads(pickle.dumps(part)))
        assert matrix(collector.kept) == whole


def kept(subjects: Iterable[Subject]) -> Collected:
    collector = Collector()
    for one in subjects:
        collector.add(one.name, one.label, one.policy)
    return collector.kept


TOLD = st.dictionaries(st.integers(0, 5), st.integers(0, 2))  # the wording of each clause


@given(st.lists(TOLD, min_size=2, max_size=8))
def test_nearest_and_farthest_are_what_every_pair_says(bodies: list[dict[int, int]]) -> None:
    """Equal bodies are compared as one; nobody can tell."""
    bits = [Bits.of(one, (clause * 3 + words for clause, words in one.items())) for one in bodies]
    for at, far in enumerate(distances(bits)):
        nearest, farthest = far.nearest, far.farthest
        shares = [bits[at].apart(other) for place, other in enumerate(bits) if place != at]
        assert nearest is not None
        assert farthest is not None
        assert nearest.body != at != farthest.body
        assert (nearest.share, farthest.share) == (min(shares), max(shares))
        assert far.average == pytest.approx(sum(shares) / len(shares))
