"""What a repository held at a revision, and what is said when it cannot be read."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from repository import Repository

from policygen.load import git, git_names
from policygen.load.files import display_path
from policygen.load.yaml.reader import read_yaml
from policygen.problems import PolicygenError

NAMES = (
    "profiles/fenwick/profile.yaml",
    "profiles/fenwick/words/Ein Wörtchen: *.md",
    "profiles/fenwick-old/profile.yaml",
)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    folder = tmp_path / "policies"
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("name: Fenwick\n")
    (folder / "profiles/fenwick/notes.txt").write_text("Not ours to read.\n")
    monkeypatch.chdir(folder)
    return Repository(folder)


def refused(call: object) -> str:
    with pytest.raises(PolicygenError) as error:
        call() if callable(call) else None
    return str(error.value)


def test_a_revision_is_known_by_its_commit_and_its_day(repository: Repository) -> None:
    short = repository.commit()
    repository.git("tag", "v1")
    at = git.revision("v1")
    assert (at.name, at.short, at.day) == ("v1", short, date(2026, 12, 3))
    assert at.path(Path("profiles/fenwick")) == "profiles/fenwick"
    assert at.path(Path("..")) is None


def test_the_files_are_those_of_the_revision_and_gone_afterwards(repository: Repository) -> None:
    repository.commit()
    Path(NAMES[0]).write_text("name: Another\n")
    with git.files_at(git.revision("HEAD"), "profiles/fenwick") as root:
        held = sorted(
            file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()
        )
        assert held == [NAMES[0], NAMES[1]]
        assert (root / NAMES[0]).read_text() == "name: Fenwick\n"
        assert root.name == "policies"
    assert not root.parent.exists()


def test_a_place_is_called_by_its_revision(repository: Repository) -> None:
    Path(NAMES[0]).write_text("name: [\n")
    repository.commit()
    with git.files_at(git.revision("HEAD"), "profiles/fenwick") as root:
        assert "HEAD:profiles/fenwick/profile.yaml:2:1: error" in refused(
            lambda: read_yaml(root / NAMES[0])
        )
    assert display_path(root) == str(root)


def test_the_settings_of_a_repository_run_nothing(repository: Repository) -> None:
    """Neither a filter nor an attribute touches what is read, and no variable leads to another repository."""
    Path(".gitattributes").write_text("*.yaml filter=loud export-ignore\n")
    repository.commit()
    repository.git("config", "filter.loud.smudge", "touch loud; cat")
    with git.files_at(git.revision("HEAD"), "profiles") as root:
        assert (root / NAMES[0]).read_text() == "name: Fenwick\n"
    assert not Path("loud").exists()


def test_a_variable_of_a_hook_leads_to_no_other_repository(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = repository.commit()
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    assert git.revision("HEAD").short == short


@pytest.mark.parametrize(
    "name",
    ["nowhere", "", "--help", "--output=x", "HEAD~9", "HEAD:profiles", "HEAD^{tree}", "^HEAD"],
)
def test_a_revision_that_is_not_there(name: str, repository: Repository) -> None:
    repository.commit()
    assert f'There is no git revision "{name}". `git log --oneline` lists them.' in refused(
        lambda: git.revision(name)
    )
    assert not Path("x").exists()


@pytest.mark.parametrize("seconds", ["253402300800", "garbage"], ids=["the year 10000", "none"])
def test_a_commit_that_no_git_has_written(seconds: str, repository: Repository) -> None:
    repository.commit()
    tree = repository.git("rev-parse", "HEAD^{tree}")
    said = f"tree {tree}\nauthor A <a> 1 +0000\ncommitter A <a> {seconds} +0000\n\nx\n"
    id = repository.object("commit", said.encode())
    assert "has no date that can be read. Use another revision." in refused(
        lambda: git.revision(id)
    )


def test_a_shallow_copy_says_how_to_deepen_it(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        repository.commit()
    repository.git(
        "clone", "--quiet", "--depth", "1", f"file://{Path.cwd()}", str(tmp_path / "copy")
    )
    monkeypatch.chdir(tmp_path / "copy")
    assert "`git fetch --unshallow --tags`" in refused(lambda: git.revision("HEAD~1"))


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert f"This folder is not in a git repository: {tmp_path}" in refused(
        lambda: git.revision("HEAD")
    )


def test_no_commit_yet(repository: Repository) -> None:
    assert 'There is no git revision "HEAD"' in refused(lambda: git.revision("HEAD"))


def test_no_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "git is not installed" in refused(lambda: git.revision("HEAD"))


def test_a_git_that_does_not_answer(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("git").write_text(f"#!{sys.executable}\nimport time\ntime.sleep(9)\n")
    Path("git").chmod(0o755)
    monkeypatch.setenv("PATH", str(Path.cwd()))
    monkeypatch.setattr(git, "_SECONDS", 0.1)
    assert "git has not answered in 0.1 seconds" in refused(lambda: git.revision("HEAD"))


def test_a_git_that_refuses_is_quoted(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("git").write_text("#!/bin/sh\necho 'fatal: detected dubious ownership' >&2\nexit 128\n")
    Path("git").chmod(0o755)
    monkeypatch.setenv("PATH", str(Path.cwd()))
    assert "git cannot read this repository: detected dubious ownership." in refused(
        lambda: git.revision("HEAD")
    )


def test_too_much_is_not_read(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit()
    monkeypatch.setattr(git, "_LIMIT", 30)
    with git.files_at(git.revision("HEAD"), "profiles/fenwick-old"):
        pass
    assert "HEAD: error: These files have 42 bytes." in refused(
        lambda: open_(git.revision("HEAD"), ".")
    )


@pytest.mark.parametrize(
    ("name", "target"), [("law.md", "/etc/passwd"), ("words", "../fenwick-old")]
)
def test_a_link_is_not_followed(name: str, target: str, repository: Repository) -> None:
    Path("profiles/fenwick/latest.pdf").symlink_to("notes.txt")
    repository.commit()
    open_(git.revision("HEAD"), "profiles/fenwick")
    Path("profiles/fenwick-old", name).symlink_to(target)
    repository.commit()
    said = refused(lambda: open_(git.revision("HEAD"), "profiles/fenwick-old"))
    assert f"HEAD:profiles/fenwick-old/{name}: error: This is a link to another place" in said


def test_of_releases_only_the_records_are_read(repository: Repository) -> None:
    (release := Path("profiles/fenwick/releases/1.0")).mkdir(parents=True)
    for name in ("release.json", "policy.json", "overview.md"):
        (release / name).write_text("{}")
    repository.commit()
    with git.files_at(git.revision("HEAD"), "profiles/fenwick") as root:
        assert [file.name for file in (root / release).iterdir()] == ["release.json"]
    with git.files_at(git.revision("HEAD"), f"{release.as_posix()}/policy.json") as root:
        assert (root / release / "policy.json").is_file()


def test_a_profile_may_lie_beneath_a_folder_called_releases(repository: Repository) -> None:
    """The rule on releases is one of the profile's own folder."""
    home = Path("releases/2026/fenwick")
    (home / "releases/1.0").mkdir(parents=True)
    for name in ("profile.yaml", "law.md", "releases/1.0/release.json", "releases/1.0/overview.md"):
        (home / name).write_text("{}")
    repository.commit()
    with git.files_at(git.revision("HEAD"), home.as_posix()) as root:
        held = {p.relative_to(root / home).as_posix() for p in root.rglob("*") if p.is_file()}
    assert held == {"profile.yaml", "law.md", "releases/1.0/release.json"}


def test_a_release_that_is_a_link_is_not_left_out(repository: Repository) -> None:
    Path("profiles/fenwick/releases").mkdir()
    Path("profiles/fenwick/releases/1.0").symlink_to("../../fenwick-old")
    repository.commit()
    said = refused(lambda: open_(git.revision("HEAD"), "profiles/fenwick"))
    assert "HEAD:profiles/fenwick/releases/1.0: error: This is a link to another place" in said


# --- a stranger's repository -------------------------------------------------------------------------------

OUT = ("{out}", "../evil.yaml", "a/../../evil.yaml", "a//evil.yaml", "./evil.yaml", "a\\evil.yaml")


@pytest.mark.parametrize("name", OUT)
@pytest.mark.parametrize("guarded", [True, False], ids=["by its name", "by where it leads"])
def test_no_name_leads_out_of_the_folder(
    name: str,
    guarded: bool,
    repository: Repository,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """git hands on the names of a tree as they stand in it. Each of the two guards holds by itself."""
    if not guarded:
        monkeypatch.setattr(git, "leads_outside", lambda path: False)
    name = name.format(out=tmp_path / "evil.yaml")
    at = git.revision(
        repository.commit_tree({name: "name: Evil\n", "profile.yaml": "name: Fenwick\n"})
    )
    if guarded or name.startswith(("/", "..", "a/..")):
        assert f":{name}: error: No file of a library can have this name." in refused(
            lambda: open_(at, ".")
        )
    else:
        open_(at, ".")
    assert not list(tmp_path.glob("evil*"))


def test_a_drive_leads_out_where_there_are_drives(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = git.revision(repository.commit_tree({"C:evil.yaml": "name: Evil\n"}))
    open_(at, ".")
    monkeypatch.setattr(git_names, "_BARRED", "\\:")
    assert ":C:evil.yaml: error: No file of a library can have this name." in refused(
        lambda: open_(at, ".")
    )


def open_(at: git.Commit, folder: str) -> None:
    with git.files_at(at, folder):
        pass


def open_profile() -> dict[str, str]:
    """What is read of the profile's folder at HEAD, by name."""
    with git.files_at(git.revision("HEAD"), "profiles/fenwick") as root:
        return {p.name: p.read_text() for p in root.rglob("*") if p.is_file()}


PROGRAM = "touch run-by-git; false"
SETTINGS = {
    "a file monitor": {"core.fsmonitor": PROGRAM},
    "a filter": {"filter.evil.smudge": PROGRAM, "filter.evil.clean": PROGRAM},
    "a text conversion": {"diff.evil.textconv": PROGRAM},
    "a pager": {"core.pager": PROGRAM, "pager.rev-parse": PROGRAM},
    "hooks": {"core.hooksPath": "hooks"},
    "a fetch by a program": {
        "remote.origin.url": "ext::sh -c touch% run-by-git",
        "remote.origin.promisor": "true",
        "extensions.partialClone": "origin",
        "protocol.ext.allow": "always",
        "core.repositoryformatversion": "1",
    },
}


@pytest.mark.parametrize("name", SETTINGS)
def test_nothing_that_a_repository_names_is_run(name: str, repository: Repository) -> None:
    Path("hooks").mkdir()
    for hook in ("post-checkout", "pre-commit", "reference-transaction", "post-index-change"):
        Path("hooks", hook).write_text(f"#!/bin/sh\n{PROGRAM}\n")
        Path("hooks", hook).chmod(0o755)
    Path(".gitattributes").write_text("* filter=evil diff=evil\n")
    repository.commit()
    blob = repository.git("rev-parse", "HEAD:profiles/fenwick/profile.yaml")
    Path(".git/objects", blob[:2], blob[2:]).unlink()  # so that git would fetch it
    for key, value in SETTINGS[name].items():
        repository.git("config", key, value)
    said = refused(open_profile)
    assert "profile.yaml: error: This copy of the repository lacks the file" in said
    assert not Path("run-by-git").exists()


def test_an_object_that_another_replaces_is_read_as_it_is(repository: Repository) -> None:
    repository.commit()
    before = open_profile()
    blob = repository.git("rev-parse", "HEAD:profiles/fenwick/profile.yaml")
    repository.git("replace", blob, repository.object("blob", b"name: Evil, and longer\n"))
    assert open_profile() == before


def test_a_submodule_is_passed_over(repository: Repository) -> None:
    id = repository.git("rev-parse", repository.commit())
    before = open_profile()
    entry = f"160000,{id},profiles/fenwick/words.md"
    repository.git("update-index", "--add", "--cacheinfo", entry)
    repository.git("commit", "--quiet", "--message", "A submodule")
    assert open_profile() == before


def test_a_name_that_no_command_can_have(repository: Repository) -> None:
    assert "No revision can have this name." in refused(lambda: git.revision("a\0b"))
