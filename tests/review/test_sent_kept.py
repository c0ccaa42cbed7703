"""What was sent is named, and made once: a later review finds it in the user's cache, unless anything of it has changed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from small import Small

from policygen.model.review.review import Review
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.returned import cut_sent
from policygen.pipeline.returned.review import read_reviews
from policygen.pipeline.workspace import StageCaches, Workspace
from policygen.problems import PolicygenError
from policygen.store.disk_cache import DiskCache

WORDS = "## Keep a record {#law.records}\n\n### Rule\n\nKeep every post for {{ commitments.capture }}.\n"
PROFILE = Path("profiles/example/profile.yaml")
RELEASE = Path("profiles/example/releases/0.9")


@pytest.fixture
def made(small: Small, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often what was sent was made, of a body whose policy came back edited."""
    small.write({"base/law.md": WORDS})
    small.run("build", "example", "-e", "full-story", "-f", "docx", "--out", "sent")
    edited(Path("sent/example/full-story.docx"))
    found: list[str] = []

    def noting(*given: Any) -> object:
        found.append(str(given[3]))
        return make(*given)

    make = cut_sent.cut_sent
    monkeypatch.setattr(cut_sent, "cut_sent", noting)
    return found


def edited(sent: Path) -> None:
    """Edit the words of a file, quietly."""
    with ZipFile(sent) as old, ZipFile("copy.docx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"every post", b"each post"))


def facts(old: str, new: str) -> None:
    PROFILE.write_text(PROFILE.read_text("utf-8").replace(old, new), "utf-8")


def review() -> Review:
    """The review of the copy as a run of its own has it, with what earlier runs left."""
    run = Workspace(caches=StageCaches(lasting=DiskCache(Path("kept").absolute())))
    return read_reviews(PROFILE, [Path("copy.docx")], run)[0].review


def test_the_next_review_says_the_same_of_what_was_made_before(made: list[str]) -> None:
    first = review()
    assert [edit.place for edit in first.edits] == ["law.records"]
    made.clear()
    assert review() == first
    assert made == []


def test_it_is_made_anew_where_our_words_or_facts_have_changed(
    small: Small, made: list[str]
) -> None:
    assert review().sent.is_exact
    for change in ({"base/law.md": WORDS.replace("Keep", "Save")}, {"base/law.md": WORDS}):
        small.write(change)
        made.clear()
        is_as_sent = review().sent.is_exact
        assert is_as_sent is (change["base/law.md"] == WORDS)
    facts("the council", "the board")
    assert not review().sent.is_exact


def test_a_release_is_named_and_refused_once_it_was_changed(small: Small, made: list[str]) -> None:
    facts(
        "status: approved",
        "status: consultation, version: '0.9', issued: 2026-11-02, owner: {role: the head, email: head@fenwick.example}",
    )
    done = small.run("release", "example", "-s", "First", "-e", "full-story", "-f", "docx")
    assert done.exit_code == 0, done.output
    edited(RELEASE / "full-story.docx")
    released = "version 0.9, consultation, released on 2\u00a0November\u00a02026"
    assert review().sent.label == f"{released}, which is what it says today"
    small.write({"base/law.md": WORDS.replace("Keep", "Save")})
    assert review().sent.label == released
    (RELEASE / "policy.json").chmod(0o644)
    shutil.copy(RELEASE / "policy.json", "as-it-was.json")
    (RELEASE / "policy.json").write_bytes(Path("as-it-was.json").read_bytes() + b"\n")
    with pytest.raises(PolicygenError, match="was changed"):
        review()


def test_what_an_old_library_made_is_not_kept_for_the_new_one(
    small: Small, made: list[str]
) -> None:
    """The page reads the library once, and runs all day; the next run reads it as it is then."""
    page = Workspace(caches=StageCaches(lasting=DiskCache(Path("kept").absolute())))
    compose_profile(PROFILE, page)
    small.write({"base/law.md": WORDS.replace("Keep", "Save")})
    assert read_reviews(PROFILE, [Path("copy.docx")], page)[0].review.sent.is_exact
    assert not review().sent.is_exact


def test_a_cut_for_some_readers_is_compared_with_that_cut(small: Small, made: list[str]) -> None:
    """A release keeps the whole edition alone."""
    more = "\n## Ask first {#law.ask}\n\n- audience: managers\n\n### Rule\n\nAsk early.\n"
    small.write({"base/law.md": WORDS + more})
    facts(
        "status: approved",
        "status: consultation, version: '0.9', issued: 2026-11-02, owner: {role: the head, email: head@fenwick.example}",
    )
    done = small.run("release", "example", "-s", "First", "-e", "full-story", "-f", "docx")
    assert done.exit_code == 0, done.output
    cut = ("-e", "full-story", "-f", "docx", "--audience", "managers", "--out", "sent")
    small.run("build", "example", *cut)
    edited(Path("sent/example/full-story.for-managers.docx"))
    small.write({"base/law.md": WORDS + more.replace("early", "soon")})
    (edit,) = review().edits
    assert (edit.place, edit.kind.value) == ("law.records", "reworded")
