"""A profile that names its templates: every command honours them, and none reads what it may not."""

from __future__ import annotations

import os
import re
import shutil
from importlib.metadata import version
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from frozen import FILE, Frozen
from repository import Repository
from small import LAW, PROFILE, Small

from policygen.cli import main
from policygen.load.library import library
from policygen.load.library.outline import load_outlines
from policygen.pipeline.check import check
from policygen.pipeline.names.subject import find_subject
from policygen.pipeline.workspace import Workspace
from policygen.problems import Level, PolicygenError

COUNTY = "## Ours {#law.ours}\n\n### Rule\n\nTell the county.\n"


def write_words(root: str, text: str = COUNTY) -> None:
    """A root of templates with one layer."""
    folder = Path(root, "kind/council")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "layer.yaml").write_text("title: Councils of our county\n")
    (folder / "law.md").write_text(text)


def write_profile(name: str, library: str = "") -> Path:
    folder = Path("profiles", name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "profile.yaml").write_text(PROFILE + library)
    return folder / "profile.yaml"


def ours(name: str, workspace: Workspace) -> str:
    """The words of the county's clause; empty where a policy has none."""
    clause = find_subject(name, workspace).policy.clause("law.ours")
    return clause.tellings[0].wording.text if clause else ""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    made = Small(tmp_path, monkeypatch).write({"base/law.md": LAW})
    write_words("words")
    write_profile("example", "library: {templates: [../../words]}\n")
    return made


def test_every_command_that_composes_reads_the_templates_that_a_profile_names(small: Small) -> None:
    for command in (
        ["build", "example", "-f", "md", "-e", "full-story"],
        ["explain", "example", "law.ours"],
        ["list", "clauses", "example"],
        ["diff", "example", "example"],
        ["compare", "example", "example"],
        ["check", "example"],
    ):
        result = small.run(*command)
        assert result.exit_code == 0, result.output
    assert "Tell the county." in Path("dist/example/full-story.md").read_text()
    assert "words/kind/council/law.md" in small.run("explain", "example", "law.ours").stdout
    assert "law.ours" in small.run("list", "clauses", "example").stdout
    assert small.run("edit", "example", "law.ours").exit_code == 0
    assert "change: replace" in Path("profiles/example/law.md").read_text()
    assert "stamped already" in small.run("accept", "-p", "example").stdout


def test_completion_knows_the_clauses_of_the_templates_that_a_profile_names(small: Small) -> None:
    """Without a profile, or with one whose templates cannot be read, those that are shipped."""
    write_profile("broken", "library: {templates: [../../nowhere]}\n")
    shell = ShellComplete(main, {}, "policygen", "_POLICYGEN_COMPLETE")
    found = {
        words: [item.value for item in shell.get_completions(list(words), "law.")]
        for words in (("explain", "example"), ("explain", "broken"), ("accept",))
    }
    assert found["explain", "example"] == ["law.records", "law.ours"]
    assert found["explain", "broken"] == found[("accept",)] == ["law.records"]


def test_profiles_with_libraries_of_their_own_share_a_run(small: Small) -> None:
    write_words("profiles/more", COUNTY.replace("county", "region"))
    write_profile("second", "library: {templates: [../more]}\n")
    write_profile("third")
    write_profile("broken", "library: {templates: [../../nowhere]}\n")
    run = Workspace()
    words = [ours(name, run) for name in ("example", "second", "third", "example")]
    assert words == ["Tell the county.", "Tell the region.", "", "Tell the county."]
    result = small.run("build", "example", "broken", "second", "-f", "md", "-e", "full-story")
    assert result.exit_code == 1
    assert (
        'profiles/broken/profile.yaml:7:23: error: There is no folder of templates "nowhere".'
        in result.stderr
    )
    assert "Tell the region." in Path("dist/second/full-story.md").read_text()
    checked = small.run("check", "broken", "third", "example").stderr
    assert (checked.count("PG153"), checked.count("PG101")) == (1, 0)


def test_the_command_line_wins_over_the_profile(small: Small) -> None:
    write_words("other", COUNTY.replace("county", "state"))
    assert ours("example", Workspace((Path("other"),))) == "Tell the state."


def test_a_change_of_the_templates_is_another_build(small: Small) -> None:
    build = ["build", "example", "-f", "md", "-e", "full-story"]
    small.run(*build)
    assert "nothing has changed" in small.run(*build).stderr
    write_words("words", COUNTY.replace("county", "region"))
    assert "nothing has changed" not in small.run(*build).stderr
    assert "Tell the region." in Path("dist/example/full-story.md").read_text()


def test_a_revision_and_impact_read_the_templates_as_they_were(small: Small) -> None:
    Repository().commit()
    write_words("words", COUNTY.replace("county", "region"))
    assert ours("HEAD:example", Workspace()) == "Tell the county."
    assert ours("example", Workspace()) == "Tell the region."
    impact = small.run("impact", "--since", "HEAD", "example")
    assert "Tell the region." in impact.stdout
    write_profile("example", "library: {templates: [../../elsewhere]}\n")
    Repository().commit()
    gone = (
        small.run("explain", "example").stderr,
        small.run("diff", "HEAD:example", "example").stderr,
    )
    assert 'profile.yaml:7:23: error: There is no folder of templates "elsewhere".' in gone[0]
    assert 'error: There is no folder of templates "HEAD:elsewhere".' in gone[1]


# --- what a stranger's profile may not name -------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/etc", '"/etc" is a path of one computer.'),
        ("C:\\words", "is a path of one computer."),
        ("../../../words", '"../../../words" lies outside the folder'),
        ("../../link", '"../../link" lies outside the folder'),
        ("../../leak", "leak/kind/council is a link that leads out of the templates."),
        ("profile.yaml", 'There is no folder of templates "profiles/example/profile.yaml".'),
        ("../../empty", "This folder holds no layer of wording"),
        ("../../" + "a" * 300, "There is no folder of templates"),
    ],
)
def test_templates_lie_in_the_profiles_project(path: str, said: str, small: Small) -> None:
    write_words("../outside")
    Path("link").symlink_to(Path("../outside").resolve())
    Path("leak/kind").mkdir(parents=True)
    Path("leak/kind/council").symlink_to(Path("../outside/kind/council").resolve())
    Path("empty").mkdir()
    file = write_profile("example", f"library: {{templates: ['{path}']}}\n")
    [problem] = check(file, Workspace())
    assert problem.code == ("PG143" if "empty" in path else "PG153")
    assert said in problem.what


def test_a_profile_that_is_a_link_out_of_its_folder_names_none(small: Small) -> None:
    """Its templates are looked for before all else, and what is wrong with them would be quoted."""
    Path("secret").write_text("library: {hunter2: [words]}\n")
    FILE.unlink()
    FILE.symlink_to(Path("secret").resolve())
    [problem] = check(FILE, Workspace())
    assert problem.code == "PG501"
    assert "hunter2" not in problem.what


def test_a_folder_with_too_much_in_it_is_not_searched(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policygen.load.profile.library_choice._MOST_ENTRIES", 2)
    [problem] = check(FILE, Workspace())
    assert "holds more than 2 files" in problem.what


def test_what_is_wrong_beside_a_folder_is_told_with_it(small: Small) -> None:
    more = "library: {templates: [../../../else]}\ncivil_servise: no\npolicy: {status: signed}\n"
    file = write_profile("example", more)
    file.write_text(file.read_text().replace("policy: {status: approved}\n", "", 1))
    with pytest.raises(PolicygenError) as caught:
        Workspace().templates_of(file)
    assert [problem.code for problem in caught.value.problems] == ["PG153", "PG101", "PG106"]


def test_a_profile_names_a_few_folders_at_most(small: Small) -> None:
    file = write_profile("example", f"library: {{templates: {['../../words'] * 11}}}\n")
    [problem] = check(file, Workspace())
    assert (problem.code, problem.what) == (
        "PG153",
        "A profile names 10 folders of templates at most.",
    )


def test_a_profile_that_stands_alone_names_what_lies_beside_its_folder(small: Small) -> None:
    os.renames("profiles/example", "fenwick")
    text = PROFILE + "library: {templates: [../words]}\n"
    Path("fenwick/profile.yaml").write_text(text)
    assert ours("fenwick", Workspace()) == "Tell the county."
    Path("deep").mkdir()
    os.rename("fenwick", "deep/fenwick")
    [problem] = check(Path("deep/fenwick/profile.yaml"), Workspace())
    assert "There is no folder" in problem.what


# --- init -----------------------------------------------------------------------------------------

WHO = ["--name", "Thornby", "--short-name", "the council", "--kind", "council", "--no-input"]
INIT = ["init", *WHO, "--jurisdiction", "england", "--posture", "balanced", "--templates"]


def test_init_writes_the_templates_that_it_was_given(small: Small) -> None:
    result = small.run(*INIT, "words")
    assert result.exit_code == 0, result.output
    assert "--templates" not in result.stderr
    text = Path("profiles/thornby/profile.yaml").read_text()
    assert "  templates:" in text
    assert "../../words" in text
    assert version("policygen") in text
    assert ours("thornby", Workspace()) == "Tell the county."


def test_init_says_which_templates_a_profile_may_not_name(small: Small) -> None:
    write_words("../outside")
    result = small.run(*INIT, "../outside")
    assert "policygen check thornby --templates ../outside" in result.stderr
    assert "may not name templates that lie so far from it" in result.stderr
    assert "#library:" in Path("profiles/thornby/profile.yaml").read_text()


# --- the library moves ------------------------------------------------------------------------------


def test_check_says_when_the_library_has_moved_since_the_last_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen = Frozen(tmp_path, monkeypatch)
    frozen.release("First")
    frozen.replace("    status:   approved", "    status: draft")
    frozen.write({"base/sources.yaml": "{}\n"})
    assert "PG154" not in [problem.code for problem in check(FILE, Workspace())]
    frozen.write({"base/law.md": LAW.replace("Keep it", "Keep it well")})
    [advice] = [problem for problem in check(FILE, Workspace()) if problem.code == "PG154"]
    assert advice.level is Level.ADVICE
    assert "since version 1.0 was released" in advice.what
    assert "`policygen diff example@1.0 example`" in advice.mend
    assert frozen.run("diff", "example@1.0", "example").exit_code == 0


def test_before_a_release_the_version_of_policygen_is_compared(small: Small) -> None:
    installed = version("policygen")
    for read, told in (("0.0.1", 1), (installed, 0)):
        file = write_profile("example", f"library: {{version: {read}}}\n")
        found = [problem for problem in check(file, Workspace()) if problem.code == "PG154"]
        assert len(found) == told


def test_a_library_of_another_time_lacks_no_label(small: Small) -> None:
    """A release is printed by its own templates, and by a program that has had new labels since."""
    then = Path("then")
    shutil.copytree("templates", then)
    labels = then / "labels.yaml"
    labels.write_text(re.sub(r"^unit_days_one:.*\n", "", labels.read_text(), flags=re.M))
    assert "unit_days_one" not in labels.read_text()
    now = library.shipped("templates")
    assert load_outlines([then], now)["en"].labels == load_outlines([now], now)["en"].labels
