"""Builds that cannot succeed: status 1, every reason at once, nothing written, and never a traceback."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from small import LAW, PROFILE, Small

import policygen.write.writer as writers
from policygen.model.document import Document
from policygen.pipeline.fleet import build_all
from policygen.pipeline.fleet.build_order import Body, BuildOrder, BuiltBody
from policygen.pipeline.workspace import Workspace
from policygen.problems import Level, PolicygenError, Problem
from policygen.store import files as disk
from policygen.store.built.manifest import MANIFEST

SPOILT = {
    "a key": (
        {"organisation/profile.yaml": PROFILE + "nam: x\n"},
        'profile.yaml:7:1: error: There is no key "nam".',
    ),
    "an edit": (
        {"organisation/law.md": "## Keep {#law.keep}\n\n- change: replace\n\n### Rule\n\nx\n"},
        'law.md:1:1: error: "law.keep" is edited here (replace), but no layer beneath has it.',
    ),
    "a fact": (
        {"organisation/law.md": "## A {#law.a}\n\n### Rule\n\n{{ policy.number }}\n"},
        "profile.yaml:6:1: error: policy.number is not given; wanted by law.a.",
    ),
    "the library": (
        {"base/law.md": LAW.replace("### Rule", "### Rul")},
        'templates/base/law.md:5:5: error: There is no tier "Rul".',
    ),
    "a source": (
        {"base/sources.yaml": "a: {title: A}\n"},
        'base/sources.yaml:1:1: error: a: "url" is missing.',
    ),
    "not text": (
        {"organisation/profile.yaml": PROFILE.encode("utf-16")},
        "profile.yaml:1:1: error: This is not a",
    ),
}


@pytest.fixture
def ready(small: Small) -> Small:
    return small.write({"base/law.md": LAW})


def files() -> dict[str, bytes]:
    return {p.as_posix(): p.read_bytes() for p in sorted(Path("dist").rglob("*")) if p.is_file()}


@pytest.mark.parametrize("name", SPOILT)
def test_an_error_stops_the_profile_and_leaves_what_was_there(name: str, ready: Small) -> None:
    spoilt, message = SPOILT[name]
    assert ready.run("build", "example", "-f", "md").exit_code == 0
    before = files()
    ready.write(spoilt)
    for command in (
        ["build", "example", "-f", "md"],
        ["check", "example"],
        ["explain", "example"],
        ["accept"],
    ):
        result = ready.run(*command)
        assert result.exit_code == 1
        assert message in result.stderr
        assert "dist/" not in result.stdout
    assert files() == before


def test_nothing_is_written_for_a_profile_that_never_built(ready: Small) -> None:
    ready.set("nam: x\n")
    assert ready.run("build", "example").exit_code == 1
    assert not Path("dist").exists()


def test_an_error_stops_its_own_profile_only(ready: Small) -> None:
    shutil.copytree("profiles/example", "profiles/spoilt")
    Path("profiles/spoilt/profile.yaml").write_text(PROFILE + "nam: x\n")
    result = ready.run("build", "spoilt", "example", "-f", "md", "-e", "overview")
    assert result.exit_code == 1
    assert sorted(files()) == [
        "dist/example/overview.md",
        "dist/example/policy.json",
        "dist/manifest.json",
    ]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (
            ["build", "exampel"],
            1,
            'There is no profile "exampel".  PG602\n    Did you mean "example"?',
        ),
        (
            ["build", "example", "-e", "overvew"],
            1,
            'There is no edition "overvew".  PG606\n    Did you mean "overview"?',
        ),
        (["build", "example", "-e", "overvew", "-e", "x"], 1, 'There is no edition "x".'),
        (
            ["build", "example", "-f", "pfd"],
            1,
            'There is no format "pfd".  PG606\n    Did you mean "pdf"?',
        ),
        (["build", "example", "-f", "pfd", "-e", "overvew"], 1, 'There is no edition "overvew".'),
        (
            ["build", "example", "--audience", "manager"],
            1,
            'There is no audience "manager".  PG606\n    Did you mean "managers"?',
        ),
        (
            ["build", "example", "--audience", "managers", "-e", "house-rules"],
            1,
            "The edition house-rules is for the public, and cannot be cut for managers.  PG644",
        ),
        (["build"], 2, "Missing argument"),
        (["biuld"], 2, 'There is no command "biuld". Did you mean "build"?'),
        (["--nope"], 2, "No such option"),
        (["check", "example", "--format", "yaml"], 2, "Invalid value"),
        (["check", "profiles"], 1, "This is a folder of profiles, where one profile is wanted."),
        (["explain", "nobody"], 1, 'There is no profile "nobody".  PG602\n    Known: example.'),
        (["accept", "-p", "nobody"], 1, 'There is no profile "nobody".'),
        (["completion", "csh"], 2, "Invalid value"),
        (
            ["build", "example", "--templates", "nowhere"],
            1,
            "nowhere: error: This folder of templates does not exist.",
        ),
        (["build", "a" * 5000], 1, "There is no profile"),
        (["diff", "example", "a" * 300], 1, "There is no profile"),
        (
            ["build", "example", "--templates", "a" * 300],
            1,
            "error: This folder of templates does not exist.",
        ),
        (["build", "a\nb"], 1, "There is no profile"),
    ],
)
def test_names_that_are_not_there(words: list[str], status: int, said: str, ready: Small) -> None:
    result = ready.run(*words)
    assert result.exit_code == status
    assert said in result.stderr
    assert not Path("dist").exists()


def test_a_folder_as_profile(ready: Small) -> None:
    Path("profiles/folder/profile.yaml").mkdir(parents=True)
    result = ready.run("check", "folder")
    assert result.exit_code == 1
    assert "There is no profile.yaml in this folder." in result.stderr


def test_two_organisations_of_one_name(ready: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree("profiles/example", "elsewhere/example")
    shutil.copytree("profiles/example", "profiles/other")
    result = ready.run(
        "build", "example", "elsewhere/example", "other", "-f", "md", "-e", "overview"
    )
    assert result.exit_code == 1
    assert (
        'Two organisations are called "example": profiles/example/profile.yaml and elsewhere/example/profile.yaml.  PG634\n'
        "    Rename one of the folders" in result.stderr
    )
    assert sorted(files()) == [
        "dist/manifest.json",
        "dist/other/overview.md",
        "dist/other/policy.json",
    ]
    monkeypatch.chdir("profiles/example")
    monkeypatch.setattr("policygen.load.library.library.shipped", lambda name: Path("../..") / name)
    result = ready.run("build", ".", "../../elsewhere/example", "-f", "md")
    assert 'Two organisations are called "example"' in result.stderr
    assert (result.exit_code, result.stdout, files()) == (1, "", {})


def test_the_same_profile_twice_is_built_once(ready: Small) -> None:
    result = ready.run("build", "example", "profiles/example", "-f", "md", "-e", "overview")
    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 2)


# --- Disks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place", ["dist", "dist/example", "dist/example/overview.md", "dist/manifest.json"]
)
def test_something_stands_where_a_file_or_folder_should(place: str, ready: Small) -> None:
    """A file where a folder should be, or a folder where a file should be."""
    path = Path(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix:
        (path / "x").mkdir(parents=True)
    else:
        path.write_text("here first")
    result = ready.run("build", "example", "-f", "md")
    assert result.exit_code == 1
    assert "cannot be written:" in result.stderr
    assert result.stdout == ""
    assert files() == ({} if path.suffix or place == "dist" else {place: b"here first"})


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written(ready: Small) -> None:
    Path("dist").mkdir(mode=0o500)
    result = ready.run("build", "example", "-f", "md")
    assert (result.exit_code, files()) == (1, {})
    assert "permission denied" in result.stderr


@pytest.mark.parametrize("after", [0, 1, 3])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT])
def test_a_full_disk_leaves_everything_as_it_was(
    after: int, code: int, ready: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ready.run("build", "example", "-f", "md").exit_code == 0
    before = files()
    ready.write(
        {"base/law.md": LAW.replace("Keep it.", "Keep it well.") + "\n### Snapshot\n\nKeep it.\n"}
    )
    real, made = disk.write_synced, []

    def full(data: bytes, path: Path) -> None:
        if len(made) >= after:
            path.write_bytes(data[:10])
            raise OSError(code, os.strerror(code))
        made.append(real(data, path))

    monkeypatch.setattr(disk, "write_synced", full)
    result = ready.run("build", "example", "-f", "md")
    assert result.exit_code == 1
    reason = os.strerror(code).lower()
    assert f"error: The file cannot be written: {reason}. Nothing was changed." in result.stderr
    assert files() == before


@pytest.mark.slow
def test_a_disk_that_is_really_full(ready: Small) -> None:
    """A tmpfs of 16 KB: the policy alone needs more."""
    Path("dist").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=16k", "none", "dist"]
    mounted = subprocess.run(mount, capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("only root mounts a small disk")
    try:
        result = ready.run("build", "example", "-f", "md")
        assert result.exit_code == 1
        assert "no space left on device" in result.stderr
        assert files() == {}
    finally:
        subprocess.run(["umount", "dist"], check=True)


# --- Formats -----------------------------------------------------------------------------------------------


class WithoutPango:
    extension = "pdf"

    def write(self, document: Document) -> bytes:
        what = "Pango is not installed, so no PDF can be made."
        raise PolicygenError(
            [
                Problem(
                    what, "Install it, or choose other formats.", level=Level.WARNING, code="PG421"
                )
            ]
        )


class Broken(WithoutPango):
    def write(self, document: Document) -> bytes:
        raise PolicygenError([Problem("The logo is no picture.", "Save it again.", code="PG411")])


def with_pdf(made: type[WithoutPango], monkeypatch: pytest.MonkeyPatch) -> None:
    real = writers.writer
    for module in ("policygen.pipeline.publish.publish", "policygen.write.writer"):
        monkeypatch.setattr(
            f"{module}.writer", lambda name: made() if name == "pdf" else real(name)
        )


def test_a_missing_library_costs_its_own_format_only(
    ready: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pdf(WithoutPango, monkeypatch)
    result = ready.run("build", "example", "-f", "pdf", "-f", "md")
    assert result.exit_code == 0
    assert result.stderr.count("warning: Pango is not installed") == 1
    assert {Path(name).suffix for name in files()} == {".md", ".json"}
    assert ready.run("build", "example", "-f", "pdf", "-f", "md", "--strict").exit_code == 1


def test_an_error_of_a_writer_stops_the_profile(
    ready: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_pdf(Broken, monkeypatch)
    result = ready.run("build", "example", "-f", "pdf", "-f", "md")
    assert (result.exit_code, files()) == (1, {})
    assert "error: The logo is no picture." in result.stderr


NEW = [disk.File(f"a/{name}.md", b"new") for name in ("new", "one", "two")]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that holds the old files, two of three."""
    disk.write_files(
        [disk.File("a/one.md", b"old"), disk.File("a/two.md", b"old")], tmp_path / "out"
    )
    return tmp_path / "out"


def held(out: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (out / "a").iterdir()}


OLD = {"one.md": b"old", "two.md": b"old"}


def unlinked(*_: object, **__: object) -> None:
    raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))


@pytest.mark.parametrize("links", [True, False], ids=["with second names", "without"])
def test_a_file_that_will_not_move_puts_the_others_back(
    links: bool, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some disks know no second name for a file, and keep a copy."""
    move = Path.replace

    def stubborn(self: Path, target: Path) -> Path:
        if Path(target).name == "two.md" and self.read_bytes() == b"new":
            raise PermissionError(13, "Permission denied")
        return move(self, target)

    if not links:
        monkeypatch.setattr(os, "link", unlinked)
    monkeypatch.setattr(Path, "replace", stubborn)
    with pytest.raises(PolicygenError) as raised:
        disk.write_files(NEW, out)
    assert "permission denied" in str(raised.value)
    assert held(out) == OLD
    monkeypatch.setattr(Path, "replace", move)
    (out / "a/.policygen-0123.tmp").write_bytes(b"left by a run that was killed")
    disk.write_files(NEW, out)
    assert held(out) == {"new.md": b"new", "one.md": b"new", "two.md": b"new"}


def test_a_disk_that_is_full_before_the_copy_is_whole(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(path: Path, copy: Path, **_: object) -> None:
        copy.write_bytes(b"o")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "link", unlinked)
    monkeypatch.setattr(disk.shutil, "copy2", half)
    with pytest.raises(PolicygenError, match="no space left on device"):
        disk.write_files(NEW, out)
    assert held(out) == OLD


@pytest.mark.parametrize(
    ("what", "times"), [("chmod", 1), ("chmod", 2), ("replace", 1), ("replace", 2)]
)
def test_ctrl_c_leaves_nothing_behind(
    what: str, times: int, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = getattr(Path, what), iter(range(1, 9))

    def interrupted(self: Path, *given: object) -> object:
        if next(calls) == times:
            raise KeyboardInterrupt
        return real(self, *given)

    monkeypatch.setattr(Path, what, interrupted)
    with pytest.raises(KeyboardInterrupt):
        disk.write_files(NEW, out)
    assert held(out) == OLD


def test_what_others_finish_while_a_run_ends_stands_in_the_manifest(
    ready: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the one that fails, processes have been given the next bodies."""
    for name in ("b-fails", "c"):
        shutil.copytree("profiles/example", f"profiles/{name}")
    Path("profiles/b-fails/profile.yaml").write_text("name: [")

    def side_by_side(
        order: BuildOrder, tasks: Sequence[Body], workspace: Workspace, *_: object
    ) -> Iterator[BuiltBody]:
        *first, last = tasks
        try:
            yield from (order.work(task, workspace) for task in first)
        finally:
            order.work(last, workspace)

    monkeypatch.setattr(build_all, "work_through", side_by_side)
    result = ready.run("build", "example", "b-fails", "c", "-f", "md", "--fail-fast")
    assert result.exit_code == 1
    made = {str(path.relative_to("dist")) for path in Path("dist").rglob("*") if path.is_file()}
    assert made == {MANIFEST, *json.loads(Path("dist", MANIFEST).read_bytes())["files"]}
    assert "c/policy.json" in made
