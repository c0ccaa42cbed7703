"""A server that is killed at any step of a save, and a disk that takes nothing: no word is lost."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small import LAW, Small
from test_begin import ANSWERS
from visitor import Answer, Form, Visitor, workspace

from policygen.pipeline.page.profiles import read_profile_text
from policygen.pipeline.page.save import save_group
from policygen.pipeline.page.undo import last_save, undo_save
from policygen.pipeline.page.words.editor import save_words
from policygen.store import files, lock

NEW = "https://new.example"
CLAUSE = "law.data-protection"
EDIT = f"/body/ours/words/{CLAUSE}/edit"
CHOICE = "/body/ours/contents/crisis"
FACTS = "/body/ours/facts/public"
# What Python does to a disk, as it tells those who listen.
STEPS = ("open", "os.rename", "os.link", "os.chmod", "os.remove", "os.mkdir")


def killed_at(number: int, folder: Path, work: Callable[[], object]) -> bool:
    """Do a work in a process of its own, killed before a step on the disk; tell whether it was."""

    def listen(event: str, told: tuple[object, ...]) -> None:
        if event in STEPS and folder.as_posix() in str(told[0]):
            if event == "open" and "w" in str(told[1]):
                os._exit(3)  # it would be empty until all is written
            steps.append(event)
            if len(steps) == number:
                os.kill(os.getpid(), signal.SIGKILL)

    steps: list[str] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of threads: the child starts none and waits for none
        process = os.fork()
    if not process:
        try:
            sys.addaudithook(listen)
            work()
            os._exit(0)
        finally:
            os._exit(4)
    ended = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert ended in (0, -signal.SIGKILL), "a file was written over in its place, or the work failed"
    return ended != 0


def kept(folder: Path) -> dict[str, bytes]:
    """What people would miss."""
    every = (*folder.glob("*.yaml"), *folder.glob("*.md"))
    return {file.name: file.read_bytes() for file in every}


def after_each_kill(folder: Path, work: Callable[[], object]) -> Iterator[dict[str, bytes]]:
    """Yield what a folder holds after a work was killed at its first step, its second and so on."""
    whole = folder.with_name("whole")
    shutil.copytree(folder, whole)
    number = 1
    is_killed = True
    while is_killed:
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        is_killed = killed_at(number, folder, work)
        yield kept(folder)
        number += 1
    assert number > 10  # it was killed often, and at last it was not


@pytest.fixture
def profile(small: Small) -> Path:
    """Of a small body whose library is read, so that only its own files are still to be read."""
    small.write({"base/law.md": LAW})
    file = Path("profiles/example/profile.yaml")
    assert save_words(file, "law.records", {}, small.workspace()).count == 0
    return file


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")


@pytest.mark.slow
@needs_fork
def test_a_server_killed_while_it_saves_leaves_each_file_whole(profile: Path, small: Small) -> None:
    folder, space = profile.parent, small.workspace()

    def save() -> None:
        assert save_group("public", {"website": NEW}, read_profile_text(profile), space).count
        assert save_words(profile, "law.records", {"words.1": "Keep it well."}, space).count

    before = kept(folder)
    found = list(after_each_kill(folder, save))
    after = found[-1]
    assert set(after) == {"profile.yaml", "law.md"}
    assert NEW in after["profile.yaml"].decode()
    assert b"Keep it well." in after["law.md"]
    profiles = [state.get("profile.yaml") for state in found]
    assert set(profiles) == {before["profile.yaml"], after["profile.yaml"]}
    assert {state.get("law.md") for state in found} == {None, after["law.md"]}


@needs_fork
def test_a_server_killed_while_it_undoes_can_undo_again(profile: Path, small: Small) -> None:
    folder, space = profile.parent, small.workspace()
    before = kept(folder)
    assert save_words(profile, "law.records", {"words.1": "Keep it well."}, space).count
    after = kept(folder)
    save = last_save(profile)
    assert save

    def undo() -> None:
        undo_save(profile, save.key)

    for state in after_each_kill(folder, undo):
        assert state in (before, after)
        if last_save(profile):
            undo()
        assert kept(folder) == before


@needs_fork
def test_the_next_run_goes_on_where_a_killed_one_stopped(visitor: Visitor) -> None:
    visitor.open(FACTS)  # reads the library, once for all
    folder, shown = visitor.profile.parent, read_profile_text(visitor.profile)
    for number in (4, 6, 8):
        assert killed_at(
            number, folder, lambda: save_group("public", {"website": NEW}, shown, workspace())
        )
    assert "Saved" in visitor.type("public", website="https://next.example").text
    assert list(folder.glob(".policygen*tmp")) == []


def full_disk(*_: object) -> None:
    """What is written finds no room, which the system says at the latest here."""
    raise OSError(errno.ENOSPC, "No space left on device")


def read_only(path: Path) -> int:
    raise OSError(errno.EROFS, "Read-only file system")


DISKS = [
    pytest.param(os, "fsync", full_disk, "no space left on device", id="full"),
    pytest.param(lock, "_open", read_only, "read-only file system", id="read-only"),
]


def facts(visitor: Visitor) -> Answer:
    return visitor.type("public", website=NEW)


def words(visitor: Visitor) -> Answer:
    return visitor.send(visitor.open(EDIT).form(EDIT), words__1=f"Look at {NEW} first.")


def contents(visitor: Visitor) -> Answer:
    form = visitor.open(CHOICE).form(CHOICE)
    return visitor.send(form, choice="leave_out", because="Our plan", see_title=NEW)


def new_body(visitor: Visitor) -> Answer:
    answers = {**ANSWERS, "name": "Thornbury Vale Council", "website": NEW}
    return visitor.send(Form("/new", {**answers, "asked": "website", "end": "1"}))


def copy(visitor: Visitor) -> Answer:
    form = visitor.open("/copy?example=fenwick").form("/copy")
    return visitor.send(form, name=f"The body of {NEW}")


@pytest.mark.parametrize("save", [facts, words, contents, new_body, copy])
@pytest.mark.parametrize(("module", "name", "refuse", "told"), DISKS)
def test_a_disk_that_takes_nothing_is_told_and_what_was_typed_is_still_there(
    save: Callable[[Visitor], Answer],
    module: object,
    name: str,
    refuse: Callable[..., object],
    told: str,
    visitor: Visitor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {file: file.read_bytes() for file in visitor.folder.rglob("*") if file.is_file()}
    with monkeypatch.context() as patched:
        patched.setattr(module, name, refuse)
        answer = save(visitor)
    assert answer.status == 422, answer.text
    assert f"{told}. Nothing was changed." in answer.text
    assert NEW in answer.html
    after = {file: file.read_bytes() for file in visitor.folder.rglob("*") if file.is_file()}
    assert after == before
    assert save(visitor).status == 200  # once there is room


def test_a_logo_that_the_disk_refused_need_not_be_chosen_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/body/ours/logo"
    picture = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>'
    form = visitor.open("/body/ours/facts/look").form(path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_disk)
        refused = visitor.send(form, {"logo": ("new.svg", picture)})
    assert refused.status == 422
    assert "new.svg is still here." in refused.text
    visitor.profile.write_text(f"{visitor.yaml}# Of another matter.\n")
    assert "Saved" in visitor.send(refused.form(path), {"logo": ("", b"")}).text
    assert (visitor.folder / "ours/logo.svg").read_bytes() == picture
    assert "is still here" not in visitor.open("/body/ours/facts/look").text


def test_an_order_and_an_undo_that_the_disk_refuses_are_told(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.type("public", website=NEW)
    before = kept(visitor.profile.parent)
    monkeypatch.setattr(os, "fsync", full_disk)
    path = "/body/ours/contents"
    moved = visitor.send(visitor.open(path).form(path), up="law")
    assert "Nothing was moved: there is something to mend" in moved.text
    assert "no space left on device" in moved.text
    form = visitor.open(path).form("/body/ours/undo")
    assert "no space left on device" in visitor.send(form).text
    assert kept(visitor.profile.parent) == before


def test_a_save_stands_though_the_record_of_it_finds_no_room(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files.write_synced

    def nearly_full(data: bytes, path: Path) -> None:
        real(data, path)
        if data.startswith(b"[{"):
            full_disk()

    monkeypatch.setattr(files, "write_synced", nearly_full)
    assert "Saved: one fact." in visitor.type("public", website=NEW).text
    assert NEW in visitor.yaml
    assert last_save(visitor.profile) is None


def test_two_tabs_on_the_words_of_a_clause_lose_nothing(visitor: Visitor) -> None:
    first, second = (visitor.open(EDIT).form(EDIT) for _ in range(2))
    assert visitor.send(first, words__1="The words of the first tab.").status == 200
    answer = visitor.send(second, words__1="The words of the second tab.")
    assert answer.status == 409
    assert "The words of the first tab." in (visitor.profile.parent / "law.md").read_text()
    assert "The words of the second tab." in answer.text
    assert visitor.send(answer.form(EDIT)).status == 200
    assert "The words of the second tab." in (visitor.profile.parent / "law.md").read_text()
