"""Which clauses may answer a passage: ranked by words, told as likely or not, with values that differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from small import LAW, Small

from policygen.load.existing.read import parse_existing
from policygen.load.profile.path import find_profile
from policygen.load.profile.profile import load_organisation
from policygen.match.amounts import value_differences
from policygen.match.rank import rank
from policygen.match.words import stems
from policygen.model.existing.policy import ExistingPassage
from policygen.model.matching.ranking import Likelihood, Ranking, SoughtClause
from policygen.pipeline.existing.sought import sought_clauses
from policygen.pipeline.workspace import Workspace

INVENTED = Path(__file__).parents[2] / "bench/match/invented"


@pytest.fixture(scope="module")
def clauses() -> tuple[SoughtClause, ...]:
    workspace = Workspace()
    return sought_clauses(load_organisation(find_profile("fenwick"), workspace.library), workspace)


@pytest.fixture(scope="module")
def labels() -> Any:
    return YAML(typ="safe").load(INVENTED / "harrowdale.labels.yaml")


@pytest.fixture(scope="module")
def ranking(clauses: tuple[SoughtClause, ...]) -> Ranking:
    text = (INVENTED / "harrowdale.txt").read_bytes()
    return rank(parse_existing(text, "harrowdale.txt", "harrowdale.txt").passages, clauses)


def test_the_invented_policy_is_read_as_it_is_labelled(labels: Any) -> None:
    policy = parse_existing((INVENTED / "harrowdale.txt").read_bytes(), "h.txt", "h.txt")
    assert [one.key for one in policy.passages] == [one["sha"] for one in labels["paragraphs"]]


def test_most_passages_have_a_right_clause_among_the_first_ten(
    ranking: Ranking, labels: Any
) -> None:
    right = [
        any(one.id in label["clauses"] for one in ranking.clauses[label["n"]])
        for label in labels["paragraphs"]
        if label["clauses"]
    ]
    assert sum(right) >= 0.95 * len(right)


def test_most_clauses_of_which_nothing_is_said_are_told_so(ranking: Ranking, labels: Any) -> None:
    silent = {
        id for id, found in ranking.passages.items() if found[0].likelihood is Likelihood.UNLIKELY
    }
    absent = set(labels["absent"]) & set(ranking.passages)
    present = {id for label in labels["paragraphs"] for id in label["clauses"]}
    assert len(absent & silent) >= 0.8 * len(absent)
    assert len(present & silent) <= 0.15 * len(present)


def test_words_for_one_thing_are_found_by_one_another() -> None:
    """In a policy of another house, employees are prohibited where ours forbids its staff."""
    banned = clause("law.pictures", "Pictures", "Staff are forbidden to share a photo of a child.")
    other = clause("law.money", "Money", "Spend no money of the council on adverts.")
    text = "Images of minors: personnel are prohibited from these."
    passage = parse_existing(text.encode(), "theirs.txt", "theirs.txt").passages
    found = rank(passage, (other, banned)).clauses[passage[0].number]
    assert [one.id for one in found] == ["law.pictures"]


def clause(id: str, title: str, rule: str, *asks: str, label: str = "") -> SoughtClause:
    return SoughtClause(id, "law", "The law", label, title, {"rule": rule}, asks)


RULES = (
    clause("law.one", "Keep a record", "Save each post."),
    clause("law.two", "Lock the door", "Use a strong key.", "passwords"),
    clause("law.three", "Be kind", "Never shout at anybody."),
)


def first(text: str, *headings: str) -> str:
    return rank([ExistingPassage(1, text, headings)], RULES).clauses[1][0].id


def test_words_that_people_use_for_a_matter_lead_to_its_clause() -> None:
    assert first("Passwords are secret.") == "law.two"


def test_a_heading_says_what_a_passage_is_about() -> None:
    assert first("This is important, and it matters.", "Records") == "law.one"


def test_a_word_that_every_passage_says_tells_little() -> None:
    """A policy says "social media" throughout, which must not bring up what social media are."""
    about = clause("law.about", "What social media are", "Social media are sites and apps.")
    said = ("Save a copy.", "They need a key.", "Never shout.", "Be fair.", "Pay nobody.")
    passages = [ExistingPassage(n, one, ("Social media",)) for n, one in enumerate(said, 1)]
    found = rank(passages, (about, *RULES)).clauses
    assert [found[n][0].id for n in (1, 2, 3)] == ["law.one", "law.two", "law.three"]


def test_a_passage_without_a_word_in_common_has_no_clause() -> None:
    assert rank([ExistingPassage(1, "Xyzzy.")], RULES).clauses[1] == ()


def test_endings_do_not_part_words() -> None:
    assert stems("Policies, policy; moderating moderation, moderated") == [
        "policy", "policy", "moderat", "moderat", "moderat"
    ]  # fmt: skip
    assert stems("the council's posts and posted") == ["council", "post", "post"]


DIFFERENCES = {
    "a deadline": ("Reply within three days.", "Answer within 1 day.", "3 days", "1 day"),
    "working days": ("in two business days", "in 2 days", "2 working days", "2 days"),
    "an age": ("Anyone under 18 needs consent.", "Those under 16 do.", "18", "16"),
}


@pytest.mark.parametrize("name", DIFFERENCES)
def test_what_a_passage_sets_otherwise_is_told(name: str) -> None:
    theirs, ours, said, set_ = DIFFERENCES[name]
    (found,) = value_differences(theirs, ours, {})
    assert (found.theirs, found.ours) == ((said,), (set_,))


def test_a_role_that_is_named_otherwise_is_told() -> None:
    values = {"contacts.press_office.role": "the Press Desk", "organisation.name": "Barset"}
    text = "Ask the Head of Communications first."
    (found,) = value_differences(text, "Ask the Press Desk first.", values)
    assert (found.kind, found.theirs, found.ours) == (
        "role",
        ("Head of Communications",),
        ("Press Desk",),
    )


ROLES = {
    "the Communications and Engagement Manager decides": {"Communications and Engagement Manager"},
    "The Monitoring Officer decides": {"Monitoring Officer"},
    "Ask the ICT Service Desk": {"ICT Service Desk"},
    "The Chief Executive and Monitoring Officer agree": {"Chief Executive", "Monitoring Officer"},
    "Ask the Press Officer and Web Officer": {"Press Officer", "Web Officer"},
}


@pytest.mark.parametrize("text", ROLES)
def test_a_role_is_told_by_its_whole_name_and_two_are_two(text: str) -> None:
    (found,) = value_differences(text, "", {"policy.owner.role": "the Clerk"})
    assert set(found.theirs) == ROLES[text]


def test_a_role_that_the_profile_has_yet_to_give_is_no_difference(small: Small) -> None:
    law = LAW + "\n## Ask {#law.ask}\n\n### Rule\n\nAsk {{ contacts.legal.role }} first.\n"
    small.write({"base/law.md": law})
    organisation = load_organisation(Path("profiles/example/profile.yaml"), Workspace().library)
    (sought,) = (one for one in sought_clauses(organisation, Workspace()) if one.id == "law.ask")
    assert "not yet given" in sought.rule
    assert value_differences("The Town Solicitor Manager", sought.rule, sought.values) == ()


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Keep it for two years.", "Answer within 1 day."),  # a term is no deadline
        ("within 3 days, or 1 day if urgent", "within one day"),  # one of them agrees
        ("no number here", "within 1 day"),
        ("in the 14 days of Article 15", "within fourteen days"),
    ],
)
def test_what_agrees_or_says_nothing_is_no_difference(theirs: str, ours: str) -> None:
    assert value_differences(theirs, ours, {}) == ()


def test_a_layer_adds_to_the_words_that_a_clause_is_looked_up_by(small: Small) -> None:
    small.write(
        {
            "base/law.md": LAW.replace("### Rule", "- asks: archive, retention\n\n### Rule"),
            "organisation/law.md": "## Keep a record {#law.records}\n\n- change: extend\n- asks: minutes\n",
        }
    )
    workspace = Workspace()
    organisation = load_organisation(small.path("organisation/profile.yaml"), workspace.library)
    (found,) = sought_clauses(organisation, workspace)
    assert found.asks == ("archive", "retention", "minutes")
