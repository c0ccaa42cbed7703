"""Answers, however they are given: each is checked at once, and the questions follow from the library's data."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from organisations import library
from small import OUTLINE, Small

from policygen.interview.answers import Answers, interview, take_defaults, take_texts
from policygen.interview.choices import Choice
from policygen.interview.folder import free_folder, slug
from policygen.interview.questions import QUESTIONS, Question
from policygen.model.profile import YES_OR_NO, Profile
from policygen.problems import PolicygenError, Problem

ALL = {question.name: question for question in QUESTIONS}
GOOD = {
    "name": "Thornby Town Council",
    "short_name": "the council",
    "jurisdiction": "wales",
    "kind": "council",
    "posture": "cautious",
    "elected_members": "yes",
    "languages": "en-GB, cy",
    "website": "https://thornby.example",
    "owner_role": "the Clerk",
    "unions": " UNISON,, GMB ",
    "colour": "1D4F91",
    "press_office_role": "the press office",
}


def taken(**given: str) -> Answers:
    answers = Answers(library())
    assert take_texts(answers, given) == ()
    return answers


def refused(**given: str) -> list[str]:
    return [f"{problem.what} {problem.mend}" for problem in take_texts(Answers(library()), given)]


# --- The table ---------------------------------------------------------------------------------------------


def test_the_questions_are_those_of_the_model() -> None:
    """What every profile needs is asked; every yes-or-no fact that a kind may ask for has its question."""
    required = {(name,) for name, info in Profile.model_fields.items() if info.is_required()}
    assert {question.fact for question in QUESTIONS if question.required} == required
    assert {question.fact[0] for question in QUESTIONS if question.by_kind} == set(YES_OR_NO)
    assert len(ALL) == len(QUESTIONS)
    assert {"owner_role", "press_office_email", "colour"} <= set(ALL)


# --- Answers -----------------------------------------------------------------------------------------------


def test_answers_become_the_profile_s_facts() -> None:
    assert taken(**GOOD).data() == {
        "name": "Thornby Town Council",
        "short_name": "the council",
        "jurisdiction": "wales",
        "kind": "council",
        "posture": "cautious",
        "elected_members": True,
        "languages": ("en-GB", "cy"),
        "website": "https://thornby.example",
        "policy": {"owner": {"role": "the Clerk"}},
        "unions": ("UNISON", "GMB"),
        "brand": {"colour": "#1D4F91"},
        "contacts": {"press_office": {"role": "the press office"}},
    }


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("name", "  ", "--name: this is empty. Every policy needs it; you can change it later."),
        (
            "name",
            "a\x07b",
            "BELL (U+0007) cannot be printed. Take it out.",
        ),
        (
            "website",
            "www.x",
            '--website ("www.x"): This is not a web address. Write it in full, like https://',
        ),
        (
            "owner_email",
            "bad",
            '--owner-email ("bad"): This is not an email address. Write it like',
        ),
        (
            "languages",
            "cy, english",
            '--languages ("english"): This is not a language tag. Write it like en-GB',
        ),
        (
            "elected_members",
            "maybe",
            '--elected-members: "maybe" is neither yes nor no. Write yes or no.',
        ),
        ("colour", "blue", '--colour ("blue"): This is not a colour.'),
        ("kind", "counsil", '--kind: there is no kind "counsil". Did you mean "council"?'),
        ("kind", "0", '--kind: there is no kind "0".'),
        ("kind", "9" * 5000, "there is no kind"),
        ("logo", "~nobody/x.svg", 'There is no file "~nobody/x.svg".'),
        ("logo", "a\0.svg", "NULL (U+0000) cannot be printed."),
        (
            "posture",
            "4",
            '--posture: there is no posture "4". Known: balanced, cautious, pioneering.',
        ),
        ("logo", "nowhere.svg", '--logo: There is no file "nowhere.svg". Check its name.'),
        ("logo", __file__, "--logo: The logo is neither an SVG nor a PNG."),
    ],
)
def test_an_answer_is_refused_with_the_reason_and_what_to_write(
    name: str, text: str, said: str
) -> None:
    (found,) = refused(**{name: text})
    assert said in found


def test_everything_that_is_wrong_and_missing_is_said_at_once() -> None:
    answers = Answers(library())
    problems = (
        *take_texts(answers, {"website": "x", "kind": "x", "name": "N"}),
        *take_defaults(answers),
    )
    assert [problem.what.split()[0].rstrip(":") for problem in problems] == [
        "--kind",
        "--website",
        "--short-name",
        "--jurisdiction",
        "--posture",
    ]
    assert [p.mend for p in problems if "posture" in p.what] == [
        "Give one of balanced, cautious, pioneering."
    ]


# --- What there is to choose from --------------------------------------------------------------------------


def offered(name: str, **given: str) -> list[str]:
    return [choice.name for choice in taken(**given).choices(ALL[name])]


def test_a_kind_is_offered_where_it_exists() -> None:
    assert "parish-council" in offered("kind", jurisdiction="scotland")
    assert "parish-council" not in offered("kind", jurisdiction="northern-ireland")
    assert offered("jurisdiction", kind="parish-council") == ["england", "scotland", "wales"]
    assert offered("jurisdiction", kind="school") == list(library().names("jurisdiction"))


@pytest.mark.parametrize("order", [("jurisdiction", "kind"), ("kind", "jurisdiction")])
def test_what_does_not_exist_is_refused_from_either_side(order: tuple[str, str]) -> None:
    values = {"jurisdiction": "new-zealand", "kind": "parish-council"}
    answers = taken(**{order[0]: values[order[0]]})
    with pytest.raises(
        PolicygenError, match='"parish-council" does not exist in the jurisdiction "new-zealand"'
    ):
        answers.take(ALL[order[1]], values[order[1]], "Your answer")


def test_titles_and_what_they_mean_come_from_the_layers() -> None:
    says = "The smallest councils, with a clerk and a few volunteers."
    parish = Choice("parish-council", "Town and community councils in Wales", says)
    assert parish in taken(jurisdiction="wales").choices(ALL["kind"])
    assert all(choice.description for choice in Answers(library()).choices(ALL["posture"]))


def test_an_extent_says_the_pages_of_the_chosen_kind() -> None:
    shown = [
        taken(kind=kind, jurisdiction="wales").choices(ALL["extent"])[0].description
        for kind in ("council", "parish-council")
    ]
    assert [text.partition(";")[0] for text in shown] == [
        "Policy: 12 pages at most",
        "Policy: 6 pages at most",
    ]


def test_a_choice_is_named_by_number_name_or_title() -> None:
    for text in ("5", "Wales", "WALES", "wales"):
        answers = Answers(library())
        answers.take(ALL["jurisdiction"], "7" if text == "5" else text, "x")
        assert answers.values[("jurisdiction",)] == "wales"
    answers.take(ALL["kind"], "parish council", "x")
    assert answers.values[("kind",)] == "parish-council"


def test_services_are_those_of_the_kind_and_most_such_bodies_have_the_suggested() -> None:
    trust = taken(kind="health-body", jurisdiction="england")
    assert {"acute", "ambulance"} <= {choice.name for choice in trust.choices(ALL["services"])}
    assert "bins" not in {choice.name for choice in trust.choices(ALL["services"])}
    council = taken(kind="council", jurisdiction="northern-ireland")
    assert council.suggestion(ALL["services"]) == "bins, parks, planning"
    known = [choice.name for choice in council.choices(ALL["services"])]
    number = known.index("social-care") + 1
    council.take(ALL["services"], f"{number}, Parks, social care", "x")
    assert council.values["services",] == ("social-care", "parks")
    with pytest.raises(PolicygenError, match='there is no service "parcs"'):
        council.take(ALL["services"], "bins, parcs", "x")
    # What a fire service is not in Scotland, a local authority, it does not offer.
    fire = taken(kind="fire-service", jurisdiction="scotland")
    assert "bins" not in {choice.name for choice in fire.choices(ALL["services"])}
    assert not taken(name="N").applies(ALL["services"])


def test_which_questions_are_put_depends_on_the_answers() -> None:
    assert taken(kind="parish-council").applies(
        ALL["elected_members"]
    )  # its kind stands over "council", which asks
    assert not taken(kind="school").applies(ALL["elected_members"])
    # An agency has civil servants in some places, and none or only such in others.
    assert taken(kind="agency", jurisdiction="wales").applies(ALL["civil_service"])
    assert not taken(kind="agency", jurisdiction="new-zealand").applies(ALL["civil_service"])
    assert not taken(kind="council", jurisdiction="wales").applies(ALL["civil_service"])
    assert not taken(name="N").applies(ALL["name"])
    assert not taken(owner_role="").applies(ALL["owner_email"])
    assert taken(owner_role="the Clerk").applies(ALL["owner_email"])


def test_the_language_is_suggested_by_the_jurisdiction() -> None:
    languages = {
        place: taken(jurisdiction=place).suggestion(ALL["languages"])
        for place in ("wales", "new-zealand")
    }
    assert languages == {"wales": "en-GB", "new-zealand": "en-NZ"}


def test_an_extent_is_offered_as_the_outline_says_it(small: Small) -> None:
    usual = Choice(
        "usual",
        "What every body needs, and what most need too",
        "Policy: 20 pages at most; Full story: 60 pages at most.",
    )
    assert Answers(library()).choices(ALL["extent"])[1] == usual
    assert Answers(library()).suggestion(ALL["extent"]) == "usual"
    small.write({"outline.yaml": re.sub(r"grades:\n(  .*\n)+", "", OUTLINE)})
    assert not Answers(small.library()).applies(ALL["extent"])


def test_a_library_of_one_s_own_brings_its_own_choices(small: Small) -> None:
    small.write({"kind/library/layer.yaml": "title: Libraries\nsays: Books.\nonly: [england]\n"})
    answers = Answers(small.library())
    take_texts(answers, {"jurisdiction": "england"})
    assert Choice("library", "Libraries", "Books.") in answers.choices(ALL["kind"])
    assert answers.suggestion(ALL["languages"]) == ""


# --- Asking ------------------------------------------------------------------------------------------------


def test_a_refused_answer_is_asked_for_again_and_a_given_one_not_at_all() -> None:
    replies: Iterator[str] = iter(
        ["", "N", "", "Wales", "99", "3", "no", "cautious", "3", "", *[""] * 20]
    )
    heard: list[tuple[str, bool]] = []

    def put(question: Question, _: object, suggestion: str, refused: tuple[Problem, ...]) -> str:
        heard.append((question.name, bool(refused)))
        return next(replies)

    answers = taken(short_name="us")
    interview(answers, put)
    assert heard[:6] == [
        ("name", False),
        ("name", True),
        ("jurisdiction", False),
        ("jurisdiction", True),
        ("kind", False),
        ("kind", True),
    ]
    assert "short_name" not in dict(heard)
    assert answers.data() == {
        "short_name": "us",
        "name": "N",
        "jurisdiction": "wales",
        "kind": "council",
        "elected_members": False,
        "posture": "cautious",
        "extent": "everything",
        "services": ("libraries", "bins", "housing"),
        "languages": ("en-GB",),
    }


# --- The folder --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Raupōroa District Council", "rauporoa-district-council"),
        ("King's College & Co. (No. 2)", "kings-college-co-no-2"),
        ("../../etc/passwd", "etc-passwd"),
        ("مجلس", ""),
        ("The Very Long " * 9, "the-very-long-the-very-long-the-very-long-the-very-long-the"),
        ("x" * 300, "x" * 60),
    ],
)
def test_a_folder_is_named_after_the_organisation(name: str, wanted: str) -> None:
    assert slug(name) == wanted


@pytest.mark.parametrize(
    "name", ["a/b", "..", ".hidden", "a b", "fenwick@1.0", "HEAD:x", "a\nb", "-x", "_", "example"]
)
def test_a_folder_that_cannot_be_is_refused_with_a_way_out(name: str, small: Small) -> None:
    with pytest.raises(PolicygenError) as raised:
        free_folder(small.path("organisation/profile.yaml").parents[1], name, "N")
    assert raised.value.problems[0].mend
    if name == "example":
        assert "policygen init example-2" in raised.value.problems[0].mend
