"""Building again: what nothing has changed for is left as it is, and whatever has changed is built."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small import LAW, Small

from policygen.load.epoch import EPOCH_VARIABLE
from policygen.pipeline import workspace
from policygen.pipeline.fleet import build_order
from policygen.store.built import fingerprint

SAID = "example: nothing has changed since the last build\n"
PRINTED = ["policy.json", "overview.md", "snapshot.md", "full-story.md"]
FILE = Path("dist/example/full-story.md")


@pytest.fixture
def built(small: Small, monkeypatch: pytest.MonkeyPatch) -> Small:
    """A build that a second one would not have to make again."""
    monkeypatch.delenv(EPOCH_VARIABLE, raising=False)
    logo = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 1'/>"
    small.write(
        {
            "base/law.md": LAW,
            "organisation/logo.svg": logo,
            "organisation/theme/screen.css": "h2 {}",
        }
    )
    small.set("brand: {logo: logo.svg}\n")
    assert build(small) == ""
    return small


def build(small: Small, *words: str) -> str:
    """Build as Markdown, and return what is said on standard error."""
    result = small.run("build", "example", "-f", "md", *words)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [f"dist/example/{name}" for name in PRINTED]
    return result.stderr


def test_nothing_is_made_read_or_written_again(
    built: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {
        path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in Path("dist").rglob("*")
    }
    for module, name in (
        (workspace, "_load_library"),
        (build_order, "build"),
        (build_order, "save_publication"),
    ):
        monkeypatch.setattr(module, name, None)
    assert build(built) == SAID
    assert {
        path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in Path("dist").rglob("*")
    } == before


def profile(text: str) -> Callable[[Small], object]:
    return lambda small: small.set(text)


CHANGES: dict[str, Callable[[Small], object]] = {
    "a finished file": lambda s: FILE.write_text("touched"),
    "a finished file that is gone": lambda s: FILE.unlink(),
    "the manifest that is gone": lambda s: Path("dist/manifest.json").unlink(),
    "the manifest, broken": lambda s: Path("dist/manifest.json").write_text(
        '{"schema": "policygen/manifest/1", "fi'
    ),
    "the profile": profile("unions: [UNISON]\n"),
    "a comment in the profile": profile("# seen\n"),
    "the logo": lambda s: s.write(
        {"organisation/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 1'/>"}
    ),
    "the theme": lambda s: s.write({"organisation/theme/screen.css": "h2 { color: #123456 }"}),
    "a new fragment": lambda s: s.write(
        {"organisation/law.md": "## A {#law.a}\n\n### Rule\n\nOurs.\n"}
    ),
    "the library": lambda s: s.write({"base/law.md": LAW.replace("Keep it.", "Keep it well.")}),
    "a label": lambda s: s.write({"labels.yaml": s.path("labels.yaml").read_text() + "\n"}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_has_changed_is_built(name: str, built: Small) -> None:
    CHANGES[name](built)
    assert build(built) == ""
    assert "Keep it" in FILE.read_text()
    assert build(built) == SAID


def test_so_is_another_program(built: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprint, "version", lambda name: "99")
    assert build(built) == ""
    assert build(built) == SAID


@pytest.mark.parametrize("name", ["pydantic", "pydyf", "brotli"])
def test_so_is_another_library_that_writes(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layout engine's own too, such as the one that writes its PDF, and the one that packs fonts."""
    monkeypatch.setattr(fingerprint, "_PROGRAM", tmp_path)  # it has no files
    before = fingerprint.FingerprintCache().program_digest()
    real = fingerprint.version
    monkeypatch.setattr(fingerprint, "version", lambda one: "99" if one == name else real(one))
    assert fingerprint.FingerprintCache().program_digest() != before


def test_the_words_are_read_once_a_run(built: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree("profiles/example", "profiles/other")
    real, read = fingerprint.read_regular, []
    monkeypatch.setattr(
        fingerprint, "read_regular", lambda path, limit: read.append(path) or real(path, limit)
    )
    assert built.run("build", "example", "other", "-f", "md").exit_code == 0
    assert Path("templates/base/law.md") in read
    assert len(read) == len(set(read))


def test_the_program_counts_by_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "write").mkdir()
    (tmp_path / "templates").mkdir()
    monkeypatch.setattr(fingerprint, "_PROGRAM", tmp_path)
    seen = []
    for file in ("write/html.py", "write/html.css", "templates/law.md", "write/__pycache__/x.pyc"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("x")
        seen.append(fingerprint.FingerprintCache().program_digest())
    assert (len(set(seen)), seen[1]) == (2, seen[3])


def test_so_is_what_was_asked_for_otherwise(built: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    assert built.run("build", "example", "-f", "md", "-e", "overview").stderr == ""
    assert build(built) == ""
    monkeypatch.setenv(EPOCH_VARIABLE, "1796601600")
    assert build(built) == ""
    Path("more/base").mkdir(parents=True)
    Path("more/base/layer.yaml").write_text("title: More\n")
    assert build(built, "--templates", "more") == ""
    assert build(built, "--templates", "more") == SAID


def test_another_path_is_another_build(built: Small) -> None:
    """Problems and origins name paths, so that the same profile called otherwise is not the same."""
    result = built.run("build", "profiles/../profiles/example", "-f", "md")
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_layer_that_a_link_leads_to_counts_by_its_words(built: Small) -> None:
    """Also where links go round in a circle."""
    layer = built.path("base").rename("elsewhere")
    built.path("base").symlink_to(layer.resolve())
    (layer / "round").symlink_to(layer.resolve())
    assert build(built) == ""
    assert build(built) == SAID
    (layer / "law.md").write_text(LAW.replace("Keep it.", "Keep it well."))
    assert build(built) == ""
    assert "Keep it well." in FILE.read_text()
    other = Path(shutil.copytree(layer, "other", symlinks=True))
    built.path("base").unlink()
    built.path("base").symlink_to(other.resolve())
    assert build(built) == ""


def test_warnings_are_said_again(built: Small) -> None:
    built.set("languages: [cy]\n")
    first = build(built)
    assert 'warning: The library has no words in "cy" yet' in first
    assert build(built) == SAID + first
    assert built.run("build", "example", "-f", "md", "--strict").exit_code == 1


@pytest.mark.parametrize("name", ["words.txt", "translation/law.cy.md"])
def test_a_new_warning_is_said(name: str, built: Small) -> None:
    built.write({f"organisation/{name}": LAW})
    first = build(built)
    assert "is not read." in first
    assert build(built) == SAID + first


def test_a_profile_that_no_longer_builds_is_not_passed_over(built: Small) -> None:
    built.set("nam: x\n")
    result = built.run("build", "example", "-f", "md")
    assert result.exit_code == 1
    assert 'There is no key "nam"' in result.stderr
    built.write({"organisation/profile.yaml": "name: ["})
    assert built.run("build", "example", "-f", "md").exit_code == 1


def test_nor_is_the_record_of_a_release(built: Small) -> None:
    built.write({"organisation/releases/1.0/release.json": "{}"})
    result = built.run("build", "example", "-f", "md")
    assert result.exit_code == 1
    assert "This is not a whole record of a release" in result.stderr


def test_one_organisation_that_changed_is_built_beside_another_that_did_not(built: Small) -> None:
    shutil.copytree("profiles/example", "profiles/other")
    words = ("build", "example", "other", "-f", "md")
    assert built.run(*words).stderr.count("nothing has changed") == 1
    assert built.run(*words).stderr.count("nothing has changed") == 2
    built.set("# seen\n")
    result = built.run(*words)
    assert "other: nothing has changed" in result.stderr
    assert "example: nothing" not in result.stderr
    assert len(result.stdout.splitlines()) == 8


@pytest.mark.parametrize(
    "spoil",
    [
        lambda m: m["builds"].update(example=[]),
        lambda m: m["builds"]["example"].update(files=["../../etc/passwd"]),
        lambda m: m["builds"]["example"].update(problems=[{"what": 1}]),
        lambda m: m["builds"]["example"]["problems"].append(
            {"what": "\x1b[31m", "mend": "", "path": "", "line": 0, "column": 0, "level": "error"}
        ),
        lambda m: m.update(builds=[]),
        lambda m: m.update(files={"example/full-story.md": {}}),
    ],
)
def test_a_manifest_that_somebody_changed_is_made_anew(
    spoil: Callable[[dict], object], built: Small
) -> None:
    file = Path("dist/manifest.json")
    told = json.loads(file.read_bytes())
    whole = file.read_bytes()
    spoil(told)
    file.write_text(json.dumps(told))
    assert build(built) == ""
    assert file.read_bytes() == whole


def test_a_file_of_the_same_length_that_was_written_since_is_read(built: Small) -> None:
    FILE.write_text(FILE.read_text().replace("Keep it.", "Lose it."))
    assert build(built) == ""
    assert "Keep it." in FILE.read_text()


def test_a_file_that_somebody_copied_there_is_read_and_stands(built: Small) -> None:
    data = FILE.read_bytes()
    FILE.unlink()
    FILE.write_bytes(data)
    assert build(built) == SAID
