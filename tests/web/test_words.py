"""The words of a clause on the page: how they print, where they come from, and put the body's own way."""

from __future__ import annotations

import difflib
import errno
import re
import shutil
from pathlib import Path

import pytest
from frozen import Frozen
from visitor import Answer, Visitor, a_town, workspace

from policygen.pipeline.edit import edit
from policygen.store import files

WORDS = "/body/ours/words"
RECORDS, DEFAULT = "law.records", "permission.default"
RECORD = {"because": "Ours is stricter", "cleared_by": "Legal, Cabinet, 3 May 2026"}


def form_of(visitor: Visitor, id: str) -> Answer:
    return visitor.open(f"{WORDS}/{id}/edit")


def say(visitor: Visitor, id: str, **typed: str) -> Answer:
    """Open the editor, type into it and save."""
    return visitor.send(form_of(visitor, id).form(f"{WORDS}/{id}/edit"), **typed)


def own_files(visitor: Visitor) -> dict[str, str]:
    own = (visitor.folder / "ours").glob("*.md")
    return {file.name: file.read_text("utf-8") for file in own}


def lines(before: str, after: str) -> list[str]:
    found = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in found if line[0] in "+-"]


def test_a_clause_stands_at_each_depth_with_where_it_comes_from(visitor: Visitor) -> None:
    text = visitor.open(f"{WORDS}/{RECORDS}").text
    assert "Snapshot Posts, replies and removals are saved within 5 working days." in (
        text.replace("\xa0", " ")
    )
    assert "must not be copied (clause 18.3). Words of: Every public body In practice" in text
    assert "Words of: Every public body; United Kingdom" in text
    assert "Added to by United Kingdom" in text
    assert "templates/jurisdiction/uk/law.md:" in text
    assert "It rests on: ISO 15489-1:2016" in text
    assert "It promises: How soon a post is saved: 5 working days." in text.replace("\xa0", " ")


def test_what_is_saved_is_what_the_command_writes(visitor: Visitor, tmp_path: Path) -> None:
    before = own_files(visitor)
    shutil.copytree(visitor.folder / "ours", tmp_path / "by-hand/ours")
    edit(tmp_path / "by-hand/ours/profile.yaml", DEFAULT, workspace())
    by_hand = (tmp_path / "by-hand/ours/permission.md").read_text("utf-8")
    form = form_of(visitor, DEFAULT).form(f"{WORDS}/{DEFAULT}/edit")
    rule = str(form.values["words.3"])
    ours = "Say so to {{ contacts.legal.role }}.\r\n\r\n- First\r\n- Last"
    tried = visitor.send(form, words__3=ours, **{"try": "1"})
    assert "Rule Say so to the Monitoring Officer. First Last" in tried.text
    assert own_files(visitor) == before
    saved = visitor.send(form, words__3=ours, because="A\n- change: remove")
    assert "Saved. This is how it prints now." in saved.text
    assert "Words of: Fenwick Borough Council" in saved.text
    expected = by_hand.replace(rule, ours.replace("\r", "")).replace(
        "- was:", "- because: A - change: remove\n- was:"
    )
    assert own_files(visitor) == {**before, "permission.md": expected}
    assert "Nobody" not in say(visitor, DEFAULT).text  # saved as it stands: nothing is written
    assert own_files(visitor)["permission.md"] == expected


def test_a_binding_clause_wants_a_reason_and_who_cleared_it(visitor: Visitor) -> None:
    answer = say(visitor, RECORDS, words__2="We keep it all. {{ nothing }}")
    assert answer.status == 422
    for field in ("words.2", "because", "cleared_by"):
        assert f'href="#{field}"' in answer.html
    assert "Say who cleared it, where and when." in answer.text
    assert "We keep it all. {{ nothing }}</textarea>" in answer.html
    assert "law.md" not in own_files(visitor)
    assert say(visitor, RECORDS, words__2="We keep it all.", **RECORD).status == 200
    written = own_files(visitor)["law.md"]
    assert "- because: Ours is stricter\n- cleared-by: Legal, Cabinet, 3 May 2026\n" in written


def test_a_file_that_cannot_be_written_loses_no_words(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files, "write_beside", full)
    answer = say(visitor, DEFAULT, words__3="Ask first.")
    assert answer.status == 422
    assert "no space left on device. Nothing was changed" in answer.text
    assert "Ask first.</textarea>" in answer.html
    assert "permission.md" not in own_files(visitor)


HOSTILE = (
    "<script>alert(1)</script>",
    "{{ contacts.legal.role.__class__.__mro__ }}",
    "{% for x in channels %}",
    "{{ 'a' * 1000000000 }}",
    "[x](javascript:alert(1))",
    "Fine.\n\n### Rule\n\nTwice",
    "Fine. <!-- and the rest",
    "",
)


@pytest.mark.slow
def test_hostile_words_are_refused_and_shown_as_text(visitor: Visitor) -> None:
    before = own_files(visitor)
    form = form_of(visitor, DEFAULT).form(f"{WORDS}/{DEFAULT}/edit")
    for words in HOSTILE:
        answer = visitor.send(form, words__1=words, **{"try": "1"})
        assert "Not like this:" in answer.text, words
        assert "<script>alert" not in answer.html
    another = "Fine.\n\n## Mine {#permission.mine}\n\n### Rule\n\nX"
    answer = visitor.send(form, words__4=another)  # the last, so that nothing stands twice
    assert answer.status == 422
    assert 'href="#words.4">Among these words stands what would begin something' in answer.html
    harmless = visitor.send(form, words__1="Say &lt;b&gt; & 1 < 2", **{"try": "1"})
    assert "<p>Say &lt;b&gt; &amp; 1 &lt; 2</p>" in harmless.html
    answer = visitor.send(form, words__0="X {#law.other}")
    assert answer.status == 422
    assert own_files(visitor) == before


def test_two_tabs_lose_no_words(visitor: Visitor) -> None:
    id = "house-rules.traders-forum"
    path = f"{WORDS}/{id}/edit"
    form = form_of(visitor, id).form(path)
    file = visitor.folder / "ours/house-rules.md"
    before = file.read_text("utf-8")
    file.write_text(before.replace("near a vote", "before a vote"))  # in another clause
    assert visitor.send(form, words__1="You may sell.").status == 200
    assert {"You may sell.", "We may also close them before a vote, when nobody is here"} <= {
        line.partition(" to read")[0] for line in file.read_text("utf-8").split("\n")
    }
    answer = visitor.send(form, words__1="You may not sell.")
    assert answer.status == 409
    assert "Rule You may not sell. You may sell." in answer.text
    assert "You may sell." in file.read_text("utf-8")
    visitor.send(answer.form(path))
    assert "You may not sell." in file.read_text("utf-8")


@pytest.mark.slow
def test_a_stale_edit_is_kept_or_the_words_beneath_are_taken(visitor: Visitor) -> None:
    id, file = "house-rules.comments-off", visitor.folder / "ours/house-rules.md"
    fresh = file.read_text("utf-8")
    stale = fresh.replace("e8f9c81d", "00000000") + "\n<!-- ours -->\n"
    file.write_bytes(stale.encode())
    assert "The words beneath yours have changed: read both" in visitor.open(WORDS).text
    answer = visitor.open(f"{WORDS}/{id}")
    assert "<del>[there are too many]</del>" in answer.html
    visitor.send(answer.form(f"{WORDS}/{id}"), keep="1")
    assert file.read_text("utf-8") == f"{fresh}\n<!-- ours -->\n"
    assert "have changed" not in visitor.open(WORDS).text
    answer = visitor.send(visitor.open(f"{WORDS}/{id}").form(f"{WORDS}/{id}"), back="1")
    assert "The library’s words hold again." in answer.text
    gone = lines(fresh, file.read_text("utf-8"))
    assert "+ <!-- ours -->" in gone
    assert "- ## We close comments only with a reason {#house-rules.comments-off}" in gone
    assert "traders-forum" in file.read_text("utf-8")
    visitor.client.post(f"{WORDS}/house-rules.traders-forum", data={"back": "1"})
    assert file.read_text("utf-8").strip() == "<!-- ours -->"
    visitor.client.post(f"{WORDS}/elections.partner-accounts", data={"back": "1"})
    assert "elections.md" not in own_files(visitor)


def test_words_that_changed_meanwhile_are_not_taken_out(visitor: Visitor) -> None:
    path, file = f"{WORDS}/house-rules.comments-off", visitor.folder / "ours/house-rules.md"
    form = visitor.open(path).form(path)
    newer = file.read_text("utf-8").replace("a reason", "a good reason")
    file.write_text(newer, "utf-8")
    answer = visitor.send(form, back="1")
    assert answer.status == 422
    assert "A file of this policy was changed meanwhile, so nothing was done." in answer.text
    assert file.read_text("utf-8") == newer
    assert (
        "The library’s words hold again."
        in visitor.send(visitor.open(path).form(path), back="1").text
    )


def test_a_stale_edit_shows_the_words_beneath_as_they_were_and_as_they_are(
    frozen: Frozen,
) -> None:
    """From the newest release that has no words of one's own for the clause."""
    path = "/body/example/words/law.records"
    town = a_town(frozen)
    town.send(town.open(f"{path}/edit").form(f"{path}/edit"), words__1="Ours is kept.")
    assert "What changed beneath" not in town.open(path).text
    words = frozen.path("base/law.md")
    words.write_text(words.read_text().replace("Keep it.", "Archive it."))
    page = a_town(frozen).open(path)
    assert "What changed beneath yours From the words that version 1.0 printed" in page.text
    assert page.html.index("<del>[Keep]</del>") < page.html.index("What you say otherwise")
    shutil.rmtree("profiles/example/releases")
    assert "No release of yours has the words from before" in a_town(frozen).open(path).text


def test_a_clause_that_was_taken_out_is_taken_in_again(visitor: Visitor) -> None:
    file = visitor.folder / "ours/law.md"
    file.write_text("## X {#law.copyright}\n\n- change: remove\n- because: We have none\n")
    assert "Use only what you may use Taken out" in visitor.open(WORDS).text
    answer = visitor.open(f"{WORDS}/law.copyright")
    assert "Taken out by Fenwick Borough Council" in answer.text
    assert "Say it our way" not in answer.text
    visitor.send(answer.form(f"{WORDS}/law.copyright"), back="1")
    assert not file.exists()


@pytest.mark.parametrize("path", ["words/law.nothing", "words/law.nothing/edit"])
def test_a_clause_that_is_not_there_is_told_plainly(path: str, visitor: Visitor) -> None:
    answer = visitor.open(f"/body/ours/{path}")
    assert answer.status == 422
    assert "has no clause “law.nothing”" in answer.text.replace('"law.nothing"', "“law.nothing”")


def test_a_clause_of_ones_own_is_called_otherwise(visitor: Visitor) -> None:
    id, file = "house-rules.traders-forum", visitor.folder / "ours/house-rules.md"
    before = file.read_text("utf-8")
    refused = say(visitor, id, words__0="Selling in the Forum")
    assert "Write both, with a colon between them." in refused.text
    say(visitor, id, words__0="The Forum: Selling in the Forum", words__1="You may sell.")
    found = lines(before, file.read_text("utf-8"))
    assert f"+ ## Selling in the Forum {{#{id}}}" in found
    assert "+ - label: The Forum" in found
    assert "+ You may sell." in found


def test_what_may_not_be_changed_here_says_why(visitor: Visitor) -> None:
    answer = form_of(visitor, "elections.partner-accounts")
    assert "these words are of base, and your own edit only adds to them" in answer.text
    assert set(re.findall(r'name="(words\.\d)"', answer.html)) == {"words.2"}
    left_out = visitor.open(f"{WORDS}/media.press-route").text
    assert "Your policy leaves it out: Our press" in left_out
    assert "As it would print Rule " in left_out
    assert "contents.leave_out names media" in form_of(visitor, "media.press-route").text
    assert "Say it our way" not in visitor.open("/body/fenwick/words/law.records").text
    assert visitor.open("/body/fenwick/words/law.records/edit").status == 403
    example = visitor.client.post(
        "/body/fenwick/words/house-rules.comments-off", data={"back": "1"}
    )
    assert example.status_code == 403
