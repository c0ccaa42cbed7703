"""What check shows: what its user can mend, and always the sources that nobody has confirmed."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import LAW, PROFILE, Small

from policygen.pipeline.check import check, every_problem
from policygen.pipeline.workspace import Workspace
from policygen.problems import Level, Problem

FILE = Path("profiles/example/profile.yaml")
STYLE = "avoid: {utilise: use}\n"
SOURCES = "act: {title: Act, publisher: P, url: https://a.example, status: unverified}\n"
WORDS = LAW.replace("### Rule\n\nKeep it.", "- source: act\n\n### Rule\n\nUtilise it.")
OWN = "## Ours {#law.ours}\n\n### Rule\n\nUtilise ours.\n"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    files = {"base/law.md": WORDS, "base/sources.yaml": SOURCES, "style.yaml": STYLE}
    return Small(tmp_path, monkeypatch).write({**files, "organisation/law.md": OWN})


def places(problems: tuple[Problem, ...], what: str) -> list[str]:
    return [problem.location.path for problem in problems if what in problem.what]


def test_a_warning_about_the_shipped_words_is_not_its_users_business(small: Small) -> None:
    workspace = small.workspace()
    both = ["templates/base/law.md", "profiles/example/law.md"]
    assert places(every_problem(FILE, workspace), "tilise") == both
    assert places(check(FILE, workspace), "tilise") == both[1:]


def test_a_further_root_of_templates_is_its_users_own(small: Small) -> None:
    Path("more/kind/council").mkdir(parents=True)
    Path("more/kind/council/layer.yaml").write_text("title: More\n")
    words = OWN.replace("law.ours", "house-rules.more")
    Path("more/kind/council/house-rules.md").write_text(words)
    found = check(FILE, Workspace((Path("more"),)))
    assert "more/kind/council/house-rules.md" in places(found, "tilise")


def test_an_error_is_told_wherever_it_lies(small: Small) -> None:
    small.write({"base/law.md": WORDS.replace("Utilise it.", "{{ organisation.nmae }}")})
    assert places(check(FILE, small.workspace()), "nmae") == ["templates/base/law.md"]


def test_unconfirmed_sources_are_told_with_their_clauses(small: Small) -> None:
    [advice] = [one for one in check(FILE, small.workspace()) if one.code == "PG701"]
    assert advice.level is Level.ADVICE
    assert "act (law.records)" in advice.what


@pytest.mark.parametrize("jurisdiction", ["England and New Zealand", "england & new-zealand"])
def test_two_jurisdictions_in_one_text_are_one_problem(jurisdiction: str, small: Small) -> None:
    text = PROFILE.replace("jurisdiction: england", f"jurisdiction: {jurisdiction}")
    [problem] = check(FILE, small.write({"organisation/profile.yaml": text}).workspace())
    assert (problem.code, problem.field) == ("PG150", ("jurisdiction",))
    assert "`jurisdiction: [england, new-zealand]`" in problem.mend


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("[council, parish-council]", "names council, parish-council."),
        ("Council & parish council", "`kind: council` has only what all of them share."),
        ("[council]", "Write it as `kind: council`."),
    ],
)
def test_two_kinds_are_one_problem(kind: str, said: str, small: Small) -> None:
    text = PROFILE.replace("kind: council", f"kind: {kind}")
    [problem] = check(FILE, small.write({"organisation/profile.yaml": text}).workspace())
    assert (problem.code, problem.field) == ("PG150", ("kind",))
    assert said in f"{problem.what} {problem.mend}"


def test_what_a_kind_takes_for_granted_is_told(small: Small) -> None:
    layer = "title: Council\nassumes: your staff are civil servants\notherwise: Choose another.\n"
    found = check(FILE, small.write({"kind/council/layer.yaml": layer}).workspace())
    [advice] = [problem for problem in found if problem.code == "PG325"]
    assert "that your staff are civil servants" in advice.what
    assert (advice.mend, advice.level, advice.location.line) == ("Choose another.", Level.ADVICE, 3)
