"""What a name on the command line means: which policy, with which library, and how people will know it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fonts import font
from frozen import FILE, ROOT, Frozen
from frozen import PROFILE as READY
from repository import Repository
from small import LAW, PROFILE, Small

from policygen.model.policy import policy_to_json
from policygen.pipeline.names import revision
from policygen.pipeline.names.subject import Subject, find_subject, find_subjects
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError
from policygen.write.writer import THEME

OWN = "## Keep a record {#law.records}\n\n- change: replace\n- because: Ours\n\n### Rule\n\nKeep ours.\n"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    return Small(tmp_path, monkeypatch).write({"base/law.md": LAW})


@pytest.fixture
def moved(small: Small) -> Small:
    """A repository of which both the library and the profile have moved since its one commit."""
    Repository().commit()
    small.write({"base/law.md": LAW.replace("Keep it", "Keep it well")})
    return small.write({"organisation/profile.yaml": PROFILE.replace("Fenwick", "New Fenwick")})


def means(name: str, small: Small, language: str = "") -> Subject:
    return find_subject(name, small.workspace(), language)


def records(one: Subject) -> str:
    clause = one.policy.clause("law.records")
    assert clause is not None
    return clause.tellings[0].wording.text


def refused(small: Small, *names: str, language: str = "") -> str:
    with pytest.raises(PolicygenError) as error:
        find_subjects(names, small.workspace(), language)
    return str(error.value)


# --- what it means -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["example", "profiles/example", "profiles/example/profile.yaml"])
def test_a_profile_as_it_stands(name: str, moved: Small) -> None:
    found = means(name, moved)
    assert (found.label, found.note) == (
        "New Fenwick Borough Council, no version yet, approved",
        "",
    )
    assert records(found) == "Keep it well."


@pytest.mark.parametrize(
    "name", ["HEAD:profiles/example", "HEAD:example", "HEAD:profiles/example/profile.yaml"]
)
def test_a_profile_at_a_revision_with_the_library_of_that_revision(name: str, moved: Small) -> None:
    found = means(name, moved)
    short = Repository().git("rev-parse", "--short", "HEAD")
    day = "3\u00a0December\u00a02026"
    assert (
        found.label
        == f"Fenwick Borough Council, no version yet, approved, at HEAD ({short}, {day})"
    )
    assert records(found) == "Keep it."
    assert found.note == "Composed with the library of that revision."
    assert [origin.path for _, origin in found.policy.origins()] == ["HEAD:templates/base/law.md"]


def test_a_policy_that_was_composed_before(small: Small) -> None:
    Path("old.json").write_bytes(policy_to_json(small.policy()))
    small.write({"base/law.md": LAW.replace("Keep it", "Keep it well")})
    found = means("old.json", small)
    assert found.label == "Fenwick Borough Council, no version yet, approved (old.json)"
    assert records(found) == "Keep it."


def test_a_policy_that_a_revision_holds(small: Small) -> None:
    Path("old.json").write_bytes(policy_to_json(small.policy()))
    Repository().commit()
    Path("old.json").unlink()
    found = means("HEAD:old.json", small)
    assert ", approved, at HEAD (" in found.label
    assert records(found) == "Keep it."


def test_a_repository_without_a_library_uses_the_installed_one_and_says_so(moved: Small) -> None:
    Repository().git("mv", "templates", "elsewhere")
    Repository().commit()
    Path("elsewhere").rename("templates")
    found = means("HEAD:example", moved)
    assert records(found) == "Keep it well."
    assert (
        found.note
        == "Composed with the installed library, since the repository held none at that revision."
    )


def test_a_further_folder_of_templates_is_read_as_it_was(small: Small) -> None:
    """Whoever has words of their own in a repository, above the installed library."""
    (own := Path("house/kind/council")).mkdir(parents=True)
    (own / "law.md").write_text(OWN)
    (own / "layer.yaml").write_text("title: Ours\n")
    Repository().git("add", "house", "profiles")
    Repository().git("commit", "--quiet", "--message", "Ours")
    (own / "law.md").write_text(OWN.replace("Keep ours", "Keep ours well"))
    words = Workspace((Path("house"),))
    assert records(find_subject("example", words)) == "Keep ours well."
    assert records(find_subject("HEAD:example", words)) == "Keep ours."
    assert records(find_subject("HEAD:example", Workspace())) == "Keep it."


def test_words_of_the_profile_are_those_of_the_revision(small: Small) -> None:
    small.write({"organisation/law.md": OWN})
    Repository().commit()
    small.write({"organisation/law.md": OWN.replace("Keep ours", "Keep ours well")})
    found = means("HEAD:example", small)
    assert records(found) == "Keep ours."
    assert found.policy.clause("law.records").origins[-1].path == "HEAD:profiles/example/law.md"  # type: ignore[union-attr]


FACE = "font: {family: Fenwick Sans, regular: fonts/Plain, bold: Bold.TTF}\n"
SHEETS = {
    "theme/print.css": "h2 { color: #1d4f91 }\n",
    "theme/screen.css": "h2 { font-size: 2rem }\n",
}
BROUGHT: dict[str, dict[str, str | bytes]] = {
    "a font": {
        "theme/theme.yaml": FACE,
        "theme/fonts/Plain": font(),
        "theme/Bold.TTF": font(weight="Bold"),
        **SHEETS,
    },
    "sheets alone": {**SHEETS},
    "a logo in capitals": {
        "LOGO.PNG": (THEME / "mark-may.png").read_bytes(),
        "profile.yaml": PROFILE + "brand: {logo: LOGO.PNG}\n",
    },
}


@pytest.mark.parametrize("what", BROUGHT)
def test_whatever_a_profile_brings_is_read_at_a_revision_as_it_is_from_disk(
    what: str, small: Small
) -> None:
    small.write({f"organisation/{name}": data for name, data in BROUGHT[what].items()})
    Repository().commit()
    then, now = means("HEAD:example", small).policy, means("example", small).policy
    assert (then.theme, then.logo, then.profile_digest) == (now.theme, now.logo, now.profile_digest)


def test_a_library_that_lacks_a_label_of_today(small: Small) -> None:
    labels = Path("templates/labels.yaml")
    today = labels.read_text()
    labels.write_text(
        "".join(line for line in today.splitlines(True) if not line.startswith("gaps_title"))
    )
    Repository().commit()
    labels.write_text(today)
    assert (
        means("HEAD:example", small).policy.outline.labels["gaps_title"] == "What is still missing"
    )


def test_from_a_folder_within_the_repository(moved: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    words = moved.workspace()
    monkeypatch.chdir("profiles")
    assert find_subject("HEAD:example", words).policy.profile.name == "Fenwick Borough Council"
    assert (
        find_subject("HEAD:profiles/example", words).policy.profile.name
        == "Fenwick Borough Council"
    )


def test_a_profile_at_the_top_of_a_repository(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = small.set("languages: [cy]\n").workspace()
    monkeypatch.chdir("profiles/example")
    Repository().commit()
    found = find_subject("HEAD:.", words)
    assert "at HEAD (" in found.label
    assert found.problems[0].location.path == "HEAD:profile.yaml"


def test_a_revision_is_read_once(moved: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[object] = []
    real = revision.read_library
    monkeypatch.setattr(revision, "read_library", lambda roots: read.append(roots) or real(roots))

    find_subjects(["HEAD:example", "HEAD:profiles/example"], moved.workspace())
    assert len(read) == 1


@pytest.mark.parametrize("name", ["HEAD:example", "example@1.0", "C:example"])
def test_what_lies_on_disk_wins(name: str, moved: Small) -> None:
    Path("profiles/example").rename(f"profiles/{name}")
    assert means(name, moved).policy.profile.name == "New Fenwick Borough Council"
    Path(name).mkdir()
    Path(f"profiles/{name}/profile.yaml").rename(f"{name}/profile.yaml")
    assert means(name, moved).policy.profile.name == "New Fenwick Borough Council"


# --- releases ----------------------------------------------------------------------------------------------


@pytest.fixture
def frozen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    """An organisation that has released 1.0 and then 1.1."""
    found = Frozen(tmp_path, monkeypatch)
    found.release("First")
    found.write({"base/law.md": LAW.replace("Keep it", "Keep it well")})
    found.replace("Cabinet, 3 December 2026", "Cabinet, 4 March 2027")
    found.replace("issued: 2026-12-07", "issued: 2027-03-08")
    found.release("Better words", "minor")
    return found


def test_a_release_and_whether_it_is_in_force(frozen: Frozen) -> None:
    old, new, now = find_subjects(
        ["example@1.0", "profiles/example@1.1", "example"], frozen.workspace()
    )
    assert old.label == "Fenwick Borough Council, release 1.0, superseded, not in force"
    assert new.label == "Fenwick Borough Council, release 1.1, approved"
    assert now.label == "Fenwick Borough Council, version 1.1, approved"
    assert [records(old), records(new)] == ["Keep it.", "Keep it well."]
    assert old.policy.profile.policy.status == "approved"  # as it was frozen


def test_a_release_that_is_not_there_or_not_as_it_was(frozen: Frozen) -> None:
    assert 'There is no release "2.0" of example. The newest is 1.1;' in refused(
        frozen, "example@2.0"
    )
    assert 'There is no release "latest" of example.' in refused(frozen, "example@latest")
    assert 'example@1.0 is not told in "cy". Known: en.' in refused(
        frozen, "example@1.0", language="cy"
    )
    (ROOT / "releases/1.0/policy.json").write_text("{}")
    assert "releases/1.0/policy.json: error: This file of a release was changed." in refused(
        frozen, "example@1.0"
    )


def test_a_profile_with_releases_at_a_revision(frozen: Frozen) -> None:
    Repository().commit()
    FILE.write_text(READY.replace("1.0", "2.0"))
    found = find_subject("HEAD:example", frozen.workspace())
    assert [revision.version for revision in found.policy.history] == ["1.0", "1.1"]
    frozen_then = find_subject("HEAD:profiles/example/releases/1.0/policy.json", frozen.workspace())
    assert records(frozen_then) == "Keep it."


# --- its language, its label, its warnings -----------------------------------------------------------------


def test_the_language_that_is_asked_for(small: Small) -> None:
    small.set("languages: [cy, en-GB]\n").write(
        {"base/law.cy.md": LAW.replace("Keep it.", "Cadwch ef.")}
    )
    assert records(means("example", small)) == "Cadwch ef."
    assert records(means("example", small, "en")) == "Keep it."
    said = refused(small, "example", language="mi")
    assert (
        said
        == 'profiles/example/profile.yaml:7:1: error: example is not told in "mi". Known: cy, en-GB.'
    )
    Path("old.json").write_bytes(policy_to_json(small.policy("en-GB")))
    assert 'old.json is not told in "cy". Known: en-GB.' in refused(
        small, "old.json", language="cy"
    )


def test_two_of_one_organisation_bear_labels_that_differ(small: Small) -> None:
    (other := Path("other/example")).mkdir(parents=True)
    (other / "profile.yaml").write_text(PROFILE)
    labels = [one.label for one in find_subjects(["example", "other/example"], small.workspace())]
    start = "Fenwick Borough Council, no version yet, approved"
    assert labels == [f"{start} (example)", f"{start} (other/example)"]
    assert [one.label for one in find_subjects(["example"], small.workspace())] == [start]


def test_the_warnings_of_composing_are_kept(small: Small) -> None:
    small.set("languages: [mi]\n")
    assert [problem.level.value for problem in means("example", small).problems] == ["warning"]


# --- names that lead nowhere -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("exampel", 'There is no profile "exampel". Did you mean "example"?'),
        ("exampel@1.0", 'There is no profile "exampel". Did you mean "example"?'),
        ("templates", "This is a folder of wording, where a profile is wanted."),
        ("C:\\profiles\\example", 'There is no profile "C:\\profiles\\example".'),
        ("nope:profiles/example", 'There is no git revision "nope".'),
        (":profiles/example", 'There is no git revision "".'),
        ("--help:example", 'There is no git revision "--help".'),
        ("^HEAD:profiles/example", 'There is no git revision "^HEAD".'),
        ("a" * 300, 'There is no profile "aaa'),
        ("a" * 300 + "@1.0", 'There is no profile "aaa'),
        ("HEAD:" + "a" * 300, 'There is no profile "aaa'),
        ("HEAD:profiles/exampel", 'There is no profile "profiles/exampel" at HEAD ('),
        ("HEAD:profiles/exampel", 'Did you mean "profiles/example"?'),
        ("HEAD:../..", 'There is no profile "../.." at HEAD ('),
        ("HEAD:", 'There is no profile "" at HEAD ('),
    ],
)
def test_a_name_that_leads_nowhere(name: str, said: str, moved: Small) -> None:
    assert said in refused(moved, name)


def test_without_a_repository(small: Small) -> None:
    assert "This folder is not in a git repository" in refused(small, "HEAD:example")


def test_every_name_that_is_wrong_is_named(moved: Small) -> None:
    said = refused(moved, "HEAD:nobody", "example", "nobody")
    assert said.count("error: ") == 2


def test_a_json_that_is_no_policy(small: Small) -> None:
    Path("old.json").write_text("[]")
    assert "old.json: error: This is not a policy.json of policygen." in refused(small, "old.json")
    Repository().commit()
    assert "HEAD:old.json: error: This is not a policy.json of policygen." in refused(
        small, "HEAD:old.json"
    )


def test_a_library_that_this_program_cannot_read(moved: Small) -> None:
    moved.write({"base/law.md": "no heading\n"})
    Repository().commit()
    moved.write({"base/law.md": LAW})
    said = refused(moved, "HEAD:example")
    assert (
        "The library of HEAD cannot be read by this version of policygen. Take the policygen of that time"
        in said
    )
    assert "HEAD:templates/base/law.md:1:1: error: Text stands before the first heading." in said


def test_a_profile_that_was_wrong_then(moved: Small) -> None:
    moved.set("colour: red\n")
    Repository().commit()
    moved.write({"organisation/profile.yaml": PROFILE})
    assert 'HEAD:profiles/example/profile.yaml:7:1: error: There is no key "colour".' in refused(
        moved, "HEAD:example"
    )
