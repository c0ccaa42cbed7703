"""The last saves undone, the newest first, and nothing of anybody else's with them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from visitor import Answer, Visitor

from policygen.pipeline.released import saves
from policygen.pipeline.released.saves import (
    SAVES_FILE,
    SavedFile,
    UndoableSave,
    read_saves,
    saves_file,
)

UNDO = "/body/ours/undo"
CLAUSE = "/body/ours/words/law.data-protection"


def undo(visitor: Visitor) -> Answer:
    """Press the button that every page of the policy has."""
    return visitor.send(visitor.open("/body/ours/downloads").form(UNDO))


def own_files(visitor: Visitor) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (visitor.folder / "ours").glob("[!.]*.*")}


def test_saves_are_undone_one_after_another(visitor: Visitor) -> None:
    before = own_files(visitor)
    assert UNDO not in visitor.open("/body/ours").html
    visitor.type("public", website="https://two.example")
    between = own_files(visitor)
    visitor.send(visitor.open(f"{CLAUSE}/edit").form(f"{CLAUSE}/edit"), words__1="Ask us first.")
    assert set(own_files(visitor)) - set(before) == {"law.md"}
    assert "Undo the last save: Your words: Data protection" in visitor.open(CLAUSE).text
    assert "Undone: Your words: Data protection." in undo(visitor).text
    assert own_files(visitor) == between
    assert "Undone: Languages and addresses." in undo(visitor).text
    assert own_files(visitor) == before
    assert UNDO not in visitor.open("/body/ours").html


def test_contents_a_logo_and_words_taken_out_are_undone_too(visitor: Visitor) -> None:
    path, own = "/body/ours/contents/crisis", "/body/ours/words/house-rules.comments-off"
    logo = {"logo": ("new.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')}
    states = [own_files(visitor)]
    form = visitor.open(path).form(path)
    visitor.send(form, choice="leave_out", because="Our plan", see_title="Emergency plan")
    states.append(own_files(visitor))
    look = visitor.open("/body/ours/facts/look").form("/body/ours/logo")
    assert "Saved" in visitor.send(look, logo).text
    states.append(own_files(visitor))
    assert "taken out" in visitor.send(visitor.open(own).form(own), back="1").text
    assert len({json.dumps(sorted(map(repr, one.items()))) for one in states}) == 3
    for state in reversed(states):
        assert undo(visitor).status == 200
        assert own_files(visitor) == state


def test_after_an_undo_one_is_where_one_was(visitor: Visitor) -> None:
    visitor.type("public", website="https://two.example")
    form = visitor.open("/body/ours/facts/channels").form(UNDO)
    answer = visitor.send(form)
    assert "<h1>Your accounts</h1>" in answer.html
    assert "Undone: Languages and addresses." in answer.text
    for elsewhere in ("https://evil.example/", "//evil.example", "/body/fenwick/check", "/stop"):
        visitor.type("public", website="https://two.example")
        form = visitor.open("/body/ours").form(UNDO)
        assert "What to do next" in visitor.send(form, here=elsewhere).text


def test_a_folder_whose_name_has_a_space_is_gone_back_to_as_well(visitor: Visitor) -> None:
    (visitor.folder / "ours").rename(visitor.folder / "Rat für Fenwick")
    place = f"/body/{quote('Rat für Fenwick')}"
    path = f"{place}/facts/public"
    visitor.send(visitor.open(path).form(path), website="https://two.example")
    answer = visitor.send(visitor.open(f"{place}/facts/channels").form(f"{place}/undo"))
    assert "<h1>Your accounts</h1>" in answer.html


def test_what_somebody_else_changed_since_is_not_undone(visitor: Visitor) -> None:
    visitor.type("public", website="https://two.example")
    visitor.profile.write_text(f"{visitor.yaml}# A note.\n")
    before = own_files(visitor)
    answer = undo(visitor)
    assert answer.status == 422
    assert "Somebody else changed this file after it was saved here" in answer.text
    assert own_files(visitor) == before


def test_another_tab_never_undoes_what_it_does_not_name(visitor: Visitor) -> None:
    visitor.type("public", website="https://two.example")
    first_tab = visitor.open("/body/ours").form(UNDO)
    visitor.type("public", website="https://three.example")
    assert "not the last thing that was saved" in visitor.send(first_tab).text
    assert "https://three.example" in visitor.yaml
    undo(visitor)
    assert "https://two.example" in visitor.yaml
    again = visitor.send(first_tab)
    assert "Undone" in again.text
    assert "not the last thing that was saved" in visitor.send(first_tab).text  # pressed twice


def test_a_release_clears_it(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policygen.pipeline.publish.publish.default_formats", lambda: ("md",))
    monkeypatch.setattr("policygen.pipeline.release.default_formats", lambda: ("md",))
    visitor.type("public", website="https://two.example")
    form = visitor.open("/body/ours/release").form("/body/ours/release")
    assert "is frozen" in visitor.send(form, summary="First policy").text
    assert UNDO not in visitor.open("/body/ours").html
    assert not (visitor.folder / f"ours/{SAVES_FILE}").exists()


def test_the_record_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    every = [UndoableSave(str(n), (SavedFile("a.md", b"x" * 99, ""),)) for n in range(30)]
    (tmp_path / SAVES_FILE).write_bytes(saves_file(every).data)
    assert read_saves(tmp_path) == tuple(every[10:])
    monkeypatch.setattr(saves, "_LIMIT", 1_000)
    kept = saves_file(every)
    assert len(kept.data) <= 1_000
    (tmp_path / SAVES_FILE).write_bytes(kept.data)
    assert read_saves(tmp_path) == tuple(every[-4:])


@pytest.mark.parametrize(
    "record",
    [
        b"\xff",
        b"{}",
        b'[{"what": 1}]',
        b"[[1]]",
        b'[{"what": "x", "files": [{"name": "../profile.yaml", "before": "", "after": ""}]}]',
        b'[{"what": "x", "files": [{"name": "translations/../../x", "before": "", "after": ""}]}]',
        b'[{"what": "x", "files": [{"name": "releases/1.0/x", "before": "", "after": ""}]}]',
        b"[" * 100_000,
    ],
)
def test_a_spoilt_record_undoes_nothing(record: bytes, visitor: Visitor) -> None:
    (visitor.folder / f"ours/{SAVES_FILE}").write_bytes(record)
    assert UNDO not in visitor.open("/body/ours").html
    visitor.type("public", website="https://two.example")
    assert "Undone" in undo(visitor).text
