"""Reading a release back: every kind of tampering shows, with the file's name and a way out."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from frozen import FILE, ROOT, Frozen

from policygen.problems import PolicygenError
from policygen.store.releases import read_release, split_release_name, verify_releases

RELEASE = ROOT / "releases/1.0"


def rewrite(path: Path, data: bytes) -> None:
    path.unlink()
    path.write_bytes(data)


def refused(version: str = "1.0") -> str:
    with pytest.raises(PolicygenError) as error:
        read_release(ROOT, version)
    return str(error.value)


def changed(name: str) -> Callable[[], None]:
    return lambda: rewrite(
        RELEASE / name, (RELEASE / name).read_bytes().replace(b"Fenwick", b"Fennick")
    )


def link_out() -> None:
    (RELEASE / "full-story.md").rename("elsewhere.md")
    (RELEASE / "full-story.md").symlink_to(Path("elsewhere.md").resolve())


def same_size() -> None:
    data = (RELEASE / "full-story.md").read_bytes()
    rewrite(RELEASE / "full-story.md", data[:-1] + b"!")


TAMPERED: dict[str, tuple[Callable[[], Any], str]] = {
    "a document": (
        changed("full-story.md"),
        "1.0/full-story.md: error: This file of a release was changed",
    ),
    "one byte": (same_size, "1.0/full-story.md: error: This file of a release was changed"),
    "the policy": (
        changed("policy.json"),
        "1.0/policy.json: error: This file of a release was changed.",
    ),
    "the profile then": (
        changed("profile/profile.yaml"),
        "profile/profile.yaml: error: This file of a release was",
    ),
    "missing": (
        (RELEASE / "full-story.md").unlink,
        "1.0/full-story.md: error: This file of a release is missing.",
    ),
    "added": (
        lambda: (RELEASE / "x.pdf").write_bytes(b""),
        "1.0/x.pdf: error: This file does not belong to",
    ),
    "added deeper": (
        lambda: (RELEASE / "profile/x.md").write_bytes(b""),
        "profile/x.md: error: This file does not",
    ),
    "a link": (link_out, "1.0/full-story.md: error: This is not a plain file."),
    "a pipe": (lambda: os.mkfifo(RELEASE / "x"), "1.0/x: error: This is not a plain file."),
    "far too deep": (
        lambda: (RELEASE / ("x/" * 150)).mkdir(parents=True),
        "x/x: error: This is not a plain file.",
    ),
    "no record": (
        (RELEASE / "release.json").unlink,
        "1.0/release.json: error: This file cannot be read: no such file",
    ),
    "renamed": (
        lambda: RELEASE.rename(ROOT / "releases/1.7"),
        "called 1.7, and its record is that of 1.0.",
    ),
    "a link to a folder": (
        lambda: (RELEASE.rename("elsewhere"), RELEASE.symlink_to(Path("elsewhere").resolve())),
        "This leads to another place: a release lies in its own folder, whole.",
    ),
    "all links": (
        lambda: (
            (ROOT / "releases").rename("there"),
            (ROOT / "releases").symlink_to(Path("there").resolve()),
        ),
        "releases: error: This leads to another place",
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_changed_release_is_an_error_wherever_it_is_read(name: str, frozen: Frozen) -> None:
    assert verify_releases(ROOT) == ()
    tamper, said = TAMPERED[name]
    tamper()
    assert said in refused("1.7" if name == "renamed" else "1.0")
    check = frozen.run("check", "example")
    assert (check.exit_code, said in check.stderr) == (1, True)
    assert "put the folder back as it was" in check.stderr
    assert said in frozen.refused(bump="minor")


RECORDS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "not a record": (lambda r: r.clear(), "This is not a whole record of a release"),
    "a later kind": (
        lambda r: r.update(schema="policygen/release/9"),
        'its schema is "policygen/release/9"; this one',
    ),
    "colours": (
        lambda r: r.update(schema="policygen/release/\x1b[31m"),
        'schema is "policygen/release/\ufffd[31m"',
    ),
    "a status": (
        lambda r: r["entry"].update(status="draft"),
        "This is not a whole record of a release",
    ),
    "a checksum": (
        lambda r: r["files"]["policy.json"].update(sha256="../x"),
        "This is not a whole record",
    ),
    "an escape": (
        lambda r: r["files"].update({"../../profile.yaml": {"bytes": 1, "sha256": "0" * 64}}),
        "releases/1.0/../../profile.yaml: error: This file of a release is missing.",
    ),
    "no policy": (
        lambda r: (r["files"].pop("policy.json"), (RELEASE / "policy.json").unlink()),
        "releases/1.0: error: This release holds no policy.json.",
    ),
    "a number for a file": (lambda r: r.update(files=3), "This is not a whole record of a release"),
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_that_cannot_be_trusted(name: str, frozen: Frozen) -> None:
    change, said = RECORDS[name]
    record = json.loads((RELEASE / "release.json").read_bytes())
    change(record)
    rewrite(RELEASE / "release.json", json.dumps(record).encode())
    assert said in refused()
    assert said in frozen.run("check", "example").stderr


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff", b"[" * 99_999, b" " * 1_000_001], ids=range(5)
)
def test_a_record_that_is_no_record(data: bytes, frozen: Frozen) -> None:
    rewrite(RELEASE / "release.json", data)
    assert "releases/1.0/release.json: error: This" in refused()
    for command in ("check", "build", "explain"):  # what prints the history must know it
        assert frozen.run(command, "example").exit_code == 1


def test_an_old_release_made_anew_shows_in_the_next(frozen: Frozen) -> None:
    """Its own checksums all agree; the chain does not."""
    frozen.release("Better words", "minor")
    (ROOT / "releases/1.1").rename("newer")
    shutil.rmtree(RELEASE)
    frozen.replace('version: "1.1"', 'version: "1.0"')
    frozen.release("What we wish we had said")
    Path("newer").rename(ROOT / "releases/1.1")
    said = "releases/1.1/release.json: error: Release 1.0 is not the one that stood here when 1.1 was made."
    assert said in refused("1.0")
    assert said in refused("1.1")


def test_a_release_taken_out_of_the_row_shows(frozen: Frozen) -> None:
    frozen.release("Better words", "minor")
    shutil.rmtree(RELEASE)
    assert (
        "releases/1.1/release.json: error: Release 1.0, which came before this one, is missing."
        in refused("1.1")
    )


def test_a_release_put_before_the_first_shows(frozen: Frozen) -> None:
    RELEASE.rename("first")
    frozen.replace('version: "1.0"', 'version: "0.9"')
    frozen.release("Backdated")
    Path("first").rename(RELEASE)
    assert "This was the first release when it was made, and now 0.9 is older." in refused("1.0")


def test_what_a_computer_leaves_in_a_folder_is_no_change(frozen: Frozen) -> None:
    (RELEASE / ".DS_Store").write_bytes(b"x")
    (ROOT / "releases/.1.1.abc").mkdir()  # a release that was interrupted by force
    (ROOT / "releases/README.md").write_text("Ours.")
    assert verify_releases(ROOT) == ()


def test_what_a_computer_left_in_the_theme_is_not_released(fresh: Frozen) -> None:
    """It comes and goes as people look into the folder, and no release of theirs breaks for it."""
    fresh.write({"organisation/theme/print.css": "h2 { color: #1d4f91 }\n"})
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", ".gitattributes"):
        (ROOT / "theme" / name).write_bytes(b"x")
    fresh.release("First")
    assert verify_releases(ROOT) == ()
    assert [p.name for p in (RELEASE / "profile/theme").iterdir()] == ["print.css"]
    (RELEASE / "profile/theme/.DS_Store").write_bytes(b"x")
    assert verify_releases(ROOT) == ()


def test_a_release_whose_record_lists_such_a_file_is_whole_with_it(frozen: Frozen) -> None:
    """Earlier programs released what they found in the theme."""
    (RELEASE / "profile/theme").mkdir()
    (RELEASE / "profile/theme/.DS_Store").write_bytes(b"x")
    record = json.loads((RELEASE / "release.json").read_bytes())
    record["files"]["profile/theme/.DS_Store"] = {
        "bytes": 1,
        "sha256": hashlib.sha256(b"x").hexdigest(),
    }
    rewrite(RELEASE / "release.json", json.dumps(record).encode())
    assert verify_releases(ROOT) == ()
    rewrite(RELEASE / "profile/theme/.DS_Store", b"y")
    assert "profile/theme/.DS_Store: error: This file of a release was changed." in refused()


def test_a_folder_of_a_release_that_is_not_ours_to_read(
    frozen: Frozen, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.iterdir

    def iterdir(self: Path) -> Iterator[Path]:
        if self.name == "profile":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return real(self)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    assert "releases/1.0/profile: error: This cannot be read: permission denied." in refused()
    check = frozen.run("check", "example")
    assert (check.exit_code, check.stderr.count("error")) == (1, 1)


def test_releases_survive_version_control(frozen: Frozen, tmp_path: Path) -> None:
    """Where git is told to change the ends of lines, too."""
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=true"]
    for words in (["init", "-q", "."], ["add", "profiles"], ["commit", "-qm", "1.0"]):
        subprocess.run([*git, *words], check=True, capture_output=True)
    shutil.rmtree("profiles")
    subprocess.run([*git, "checkout", "-q", "."], check=True)
    assert b"\r\n" in FILE.read_bytes()
    assert verify_releases(ROOT) == ()


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("1.1", 'There is no release "1.1" of example. The newest is 1.0;'),
        ("../1.0", 'There is no release "../1.0"'),
        ("nine", 'There is no release "nine" of example. The newest is 1.0;'),
    ],
)
def test_a_release_that_does_not_exist(version: str, said: str, frozen: Frozen) -> None:
    assert said in refused(version)


def test_no_releases_yet(fresh: Frozen) -> None:
    assert 'It has none yet: `policygen release example --summary "..."` makes one.' in refused()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("fenwick@1.0", ("fenwick", "1.0")),
        ("fenwick", ("fenwick", "")),
        ("@1.0", ("@1.0", "")),
        ("profiles/fenwick@1.0", ("profiles/fenwick", "1.0")),
        ("a@b@1.0", ("a@b", "1.0")),
        ("example@home", ("example@home", "")),
        ("example@1.0", ("example", "1.0")),
        ("a" * 5000, ("a" * 5000, "")),
    ],
)
def test_a_name_is_a_profile_and_a_version(
    name: str, parts: tuple[str, str], fresh: Frozen
) -> None:
    Path("profiles/example@home").mkdir()
    assert split_release_name(name) == parts
