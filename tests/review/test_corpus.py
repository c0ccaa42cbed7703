"""The copies of `tests/cases/returned/`, each made by a program that people use: what was edited is told, and no more."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx_revisions import RevisionDocument, TrackedDeletion
from ruamel.yaml import YAML
from small import Small

HOME = Path(__file__).parents[1] / "cases/returned"
COPIES: dict[str, Any] = YAML(typ="safe").load(HOME / "copies.yaml")
TRACKED = [name for name in COPIES if name.endswith("-tracked")]
Edit = dict[str, str]
Found = dict[str, Any]


@pytest.fixture(scope="module")
def reviews(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What `review` says of every copy, each against the release that it was printed from."""
    with pytest.MonkeyPatch.context() as patch:
        small = Small(tmp_path_factory.mktemp("returned"), patch)
        # The overview has changed since, so that what was sent is found in the release alone.
        law = (HOME / "law.md").read_text()
        small.write({"base/law.md": law.replace("under: may", "under: think")})
        shutil.copy(HOME / "profile.yaml", "profiles/example/profile.yaml")
        shutil.copytree(HOME / "releases", "profiles/example/releases")
        files = [str(HOME / f"copies/{name}.docx") for name in COPIES]
        done = small.run("review", "example", *files, "--format", "json")
        assert done.exit_code == 0, done.output
        yield dict(zip(COPIES, json.loads(done.stdout)["copies"], strict=True))


@pytest.mark.parametrize("name", COPIES)
def test_what_was_edited_is_told_under_its_clause_and_nothing_else(
    reviews: dict[str, Any], name: str
) -> None:
    edits = list(COPIES[name]["edits"])
    found = list(reviews[name]["found"])
    told = sorted({(one["clause"], one["author"], one["kind"]) for one in found})
    assert told == sorted({(edit["clause"], edit.get("by", ""), kind(edit)) for edit in edits})
    assert len(found) == len(told)
    for edit in edits:
        tells(edit, found)
    assert reviews[name]["not_carried"] == []


KINDS = {"comment": "comment", "value": "value", "take out": "deleted"}


def kind(edit: Edit) -> str:
    return KINDS.get(edit["do"], "reworded")


def tells(edit: Edit, found: list[Found]) -> None:
    """Hold one edit that was made to what is told of it."""
    key = edit["clause"], edit.get("by", ""), kind(edit)
    (one,) = (one for one in found if (one["clause"], one["author"], one["kind"]) == key)
    before, after, new = one["before"], one["after"], edit.get("with", "").strip()
    match edit["do"]:
        case "take out":
            assert before
            assert after == ""
        case "comment":
            assert edit["find"] in before  # python-docx marks a run, and not words
            assert after == new
        case "value":
            assert (one["fact"], before, after) == (edit["fact"], edit["find"], new)
        case "insert" | "paragraph" | "row":
            assert new not in before
            assert new in after
            assert edit["find"] in after
        case _:
            assert edit["find"] in before
            assert edit["find"] not in after
            assert new in after


def test_each_was_printed_from_the_release(reviews: dict[str, Any]) -> None:
    """But what pandoc writes bears no digest."""
    exact = {name for name, one in reviews.items() if one["sent"]["exact"]}
    assert exact == {name for name, row in COPIES.items() if row["program"] != "pandoc"}


@pytest.mark.parametrize("name", TRACKED)
def test_an_independent_reader_has_the_same_changes(reviews: dict[str, Any], name: str) -> None:
    changes = RevisionDocument(HOME / f"copies/{name}.docx").track_changes
    for change in changes:
        (edit,) = (
            one
            for one in reviews[name]["found"]
            if one["author"] == change.author and one["kind"] == "reworded"
            if (change.text in one["before"]) != (change.text in one["after"])
        )
        goes = isinstance(change, TrackedDeletion)
        assert change.text in edit["before" if goes else "after"]
    assert {one.author for one in changes} == {
        edit["by"] for edit in COPIES[name]["edits"] if edit["do"] != "comment"
    }
