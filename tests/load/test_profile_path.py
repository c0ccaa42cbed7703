"""A name on the command line: a profile, or what is told of whatever stands there instead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from policygen.cli import main
from policygen.load.profile.path import find_profile, without_strays
from policygen.problems import PolicygenError

PROFILE = """\
name: Thornby Town Council
short_name: the council
kind: council
jurisdiction: england
posture: balanced
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "profiles/thornby/profile.yaml", PROFILE)
    return tmp_path


def write(path: Path, text: str = "x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def refusal(name: str) -> str:
    with pytest.raises(PolicygenError) as caught:
        find_profile(name)
    (problem,) = caught.value.problems
    return f"{problem.location}: {problem.what} {problem.mend}"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.mark.parametrize(
    "name", ["thornby", "profiles/thornby", "profiles/thornby/", "profiles/thornby/profile.yaml"]
)
def test_a_profile_is_found(name: str, here: Path) -> None:
    assert find_profile(name) == Path("profiles/thornby/profile.yaml")


@pytest.mark.parametrize(
    ("files", "name", "said"),
    [
        ([], "profiles", "a folder of profiles, where one profile is wanted. Name one of"),
        (
            [],
            ".",
            "a folder of profiles, where one profile is wanted. Name one of profiles/thornby",
        ),
        (["empty/"], "empty", "This folder is empty. `policygen init`"),
        (["notes/a.md"], "notes", "There is no profile.yaml in this folder."),
        (["words/outline.yaml"], "words", "a folder of wording, where a profile is wanted."),
        (["words/base/layer.yaml"], "words/base", "give this folder with --templates words/base"),
        (["dist/x/policy.json"], "dist/x", "This folder holds finished documents"),
        (["y/profile.yml"], "y", 'A profile is not called "profile.yml". Call it "profile.yaml".'),
        (["y/profile.yml"], "y/profile.yml", 'A profile is not called "profile.yml".'),
        (["y/Profile.yaml"], "y", 'A profile is not called "Profile.yaml".'),
        (["y/PROFILE.YAML"], "y/PROFILE.YAML", 'A profile is not called "PROFILE.YAML".'),
        (["y/profile.yaml.txt"], "y", 'A profile is not called "profile.yaml.txt".'),
        (["profiles/y/profile.yml"], "y", "profiles/y/profile.yml: A profile is not called"),
        (["old.docx"], "old.docx", "This is a Word document, where a profile is wanted. Copy its"),
        (["old.DOC"], "old.DOC", "This is a Word document"),
        (["old.pdf"], "old.pdf", "This is a PDF"),
        (["facts.csv"], "facts.csv", "This is a table, where a profile is wanted. Write its facts"),
        (["facts.xlsx"], "facts.xlsx", "This is a spreadsheet"),
        (["facts.txt"], "facts.txt", "This is a text file"),
        (["law.md"], "law.md", "This is a file of wording"),
        (["x/policy.json"], "x/policy.json", "This is a finished policy for other programs"),
        (["x/layer.yaml"], "x/layer.yaml", "This is not the profile"),
        ([], "thornbi", 'There is no profile "thornbi". Did you mean "thornby"?'),
        ([], "elsewhere/entirely", 'There is no profile "elsewhere/entirely". Known: '),
        ([], "a" * 5_000, "There is no profile"),
        ([], "a\0b", "There is no profile"),
    ],
)
def test_what_is_no_profile_is_told_what_it_is(
    files: list[str], name: str, said: str, here: Path
) -> None:
    for file in files:
        if file.endswith("/"):
            (here / file).mkdir()
        else:
            write(here / file)
    assert said in refusal(name)


def test_what_profiles_star_stands_for_is_sifted(here: Path) -> None:
    write(here / "profiles/README.md")
    write(here / "profiles/drafts/notes.txt")
    names = sorted(str(path.relative_to(here)) for path in (here / "profiles").iterdir())
    assert without_strays(names) == (("profiles/thornby",), ("profiles/drafts",))


def test_what_is_left_out_is_named_in_the_order_in_which_it_was_typed(here: Path) -> None:
    for number in range(12):
        write(here / f"profiles/stray-{number:02}/notes.txt")
    names = sorted(str(path.relative_to(here)) for path in (here / "profiles").iterdir())
    kept, strays = without_strays(names)
    assert kept == ("profiles/thornby",)
    assert list(strays) == names[:-1]


def test_the_folder_of_many_bodies_is_listed_once(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not once for each: of a thousand that would take half a minute."""
    names = tuple(f"profiles/body-{number}" for number in range(20))
    for name in names:
        write(here / name / "profile.yaml")
    listed: list[Path] = []
    listing = Path.iterdir

    def counted(folder: Path) -> Iterator[Path]:
        listed.append(folder)
        return listing(folder)

    monkeypatch.setattr(Path, "iterdir", counted)
    without_strays(names)
    assert listed == [Path("profiles")]


def test_a_folder_meant_for_a_profile_is_not_sifted_out(here: Path) -> None:
    write(here / "profiles/other/profile.yml")
    names = ["profiles/other/", "profiles/thornby/"]
    assert without_strays(names) == (tuple(names), ())


def test_a_name_that_somebody_typed_stays(here: Path) -> None:
    write(here / "profiles/README.md")
    write(here / "profiles/drafts/notes.txt")
    assert without_strays(["profiles/README.md"]) == (("profiles/README.md",), ())
    names = ("profiles/README.md", "thornby")
    assert without_strays(names) == (names, ())


@pytest.mark.slow
def test_build_skips_what_is_no_profile(here: Path) -> None:
    write(here / "profiles/README.md")
    write(here / "profiles/drafts/notes.txt")
    names = [f"profiles/{name}" for name in ("README.md", "drafts", "thornby")]
    result = run("build", *names, "-f", "md", "-e", "overview")
    assert result.exit_code == 0
    assert "profiles/drafts holds no profile.yaml, and is left out." in result.stderr
    assert "README" not in result.output
    assert run("build", "profiles/README.md").exit_code == 1


@pytest.mark.slow
def test_check_skips_what_is_no_profile(here: Path) -> None:
    write(here / "profiles/README.md")
    assert run("check", "profiles/README.md", "profiles/thornby").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["diff", "old.docx", "thornby"], "Nobody has decided yet what old.docx says."),
        (["check", "old.docx"], "This is a Word document, where a profile is wanted."),
        (["compare", "facts.csv"], "This is a table, where a profile is wanted."),
        (
            ["check", "thornby", "--templates", "old.docx"],
            "This is a Word document, where a folder of templates is wanted.",
        ),
        (
            ["check", "thornby", "--templates", "notes"],
            "This is a file, where a folder of templates is wanted.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_file_of_another_kind_is_told_what_it_is(words: list[str], said: str, here: Path) -> None:
    for name in ("old.docx", "facts.csv", "notes"):
        write(here / name)
    result = run(*words)
    assert result.exit_code == 1
    assert said in result.output


def test_a_number_sign_in_a_bracket_is_named(here: Path) -> None:
    write(here / "profiles/thornby/profile.yaml", PROFILE + "unions: [#GMB]\n")
    assert "a value that begins with # must stand in quotes" in run("check", "thornby").output
