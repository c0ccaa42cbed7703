"""Copies that came back from Word: read, decided on and taken on the page."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from consulting import commented, lawyer, union, word_copy
from returned_copy import LAWYER, ReturnedWord, edited
from small import Small
from visitor import Answer, Form, Visitor, a_town, bring

from policygen.load.returned.package.open import ReturnedFile
from policygen.model.given_file import GivenFile
from policygen.model.review.acceptance import Acceptance
from policygen.pipeline.returned.accept import write_acceptance
from policygen.pipeline.returned.given import open_copy
from policygen.web import asked

REVIEW = "/body/example/review"
OWN = Path("profiles/example/law.md")
PROFILE = Path("profiles/example/profile.yaml")


def sent(name: str) -> tuple[str, bytes]:
    return name, Path(name).read_bytes()


def ticked(answer: Answer, *ends: str) -> Form:
    """The form of the page with these boxes ticked."""
    names = re.findall(r'name="(take\.[^"]+)"', answer.html)
    return Form(REVIEW, {name: "1" for name in names if name.endswith(ends)})


def written(town: Visitor, form: Form) -> Answer:
    """Look at what will be written, and agree."""
    shown = town.send(form)
    assert "What will be written" in shown.text
    return town.send(shown.form(REVIEW), write="1")


def test_what_came_back_is_shown_clause_by_clause_and_written_once_seen(town: Visitor) -> None:
    page = bring(town, "review", sent(lawyer()), sent(union()))
    assert page.status == 200
    text = page.text
    assert text.index("1.2 Advice") < text.index("1.3 Replies")
    advice = text[text.index("1.2 Advice") : text.index("1.3 Replies")]
    assert "lawyer.docx" in advice
    assert "union.docx" in advice
    assert "Ask gone: the lawyers new: counsel before you post about a case." in advice
    shown = town.send(ticked(page, ".law.advice"))
    assert "Ask counsel before you post about a case." in shown.text
    # Both copies change one line: the first is taken, and the second is a person's to do.
    assert "This is yours to do" in shown.text
    assert not OWN.exists()
    file = town.open("/body/example/review.docx")
    assert file.data.startswith(b"PK")
    assert "example-review.docx" in file.headers["content-disposition"]
    done = town.send(shown.form(REVIEW), write="1")
    assert "law.md: written" in done.text
    assert "Ask counsel before you post about a case." in OWN.read_text()


def test_words_that_a_template_chose_say_why_they_print(small: Small) -> None:
    words = "{% if elections %}\nSave it twice.\n{% else %}\nSave it once a week.\n{% endif %}\n"
    small.write({"base/law.md": f"## Keep it {{#law.records}}\n\n### Rule\n\n{words}"})
    small.run("build", "example", "-e", "full-story", "-f", "docx", "--out", "sent")
    copy = shutil.copy("sent/example/full-story.docx", "copy.docx")
    edited(Path(copy), lambda one: one.retype("law.records", "once a week", "once a day"))
    page = bring(a_town(small), "review", sent(copy))
    assert "These words print because elections is not set (" in page.text
    assert "The words for the other case are untouched." in page.text


def test_a_copy_is_read_once_until_something_of_ours_changes(
    town: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def heard(given: GivenFile, organisation: str) -> ReturnedFile:
        read.append(given.name)
        return open_copy(given, organisation)

    monkeypatch.setattr("policygen.pipeline.returned.review.open_copy", heard)
    page = bring(town, "review", sent(lawyer()))
    assert town.open(REVIEW).text == page.text
    assert read == ["lawyer.docx"]
    PROFILE.write_text(PROFILE.read_text().replace("the council", "the town council"))
    town.open(REVIEW)
    assert read == ["lawyer.docx", "lawyer.docx"]


def test_a_value_is_taken_into_the_profile(town: Visitor) -> None:
    def edit(word: ReturnedWord) -> None:
        word.track("law.records", "5\u00a0days", "3\u00a0days", LAWYER)

    page = bring(town, "review", sent(word_copy("copy.docx", edit)))
    assert "“5 days” became “3 days” by A. Lawyer" in page.text.replace("\u00a0", " ")
    written(town, ticked(page, ".capture"))
    assert "capture: 3" in PROFILE.read_text()


def test_comments_stand_at_their_clause_as_text_whatever_they_say(town: Visitor) -> None:
    def hostile(word: ReturnedWord) -> None:
        commented(word)
        part = word.parts["word/comments.xml"]
        attack = b"&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}"
        word.parts["word/comments.xml"] = part.replace(b"Which lawyers?", attack)

    page = bring(
        town, "review", ("<img src=x>.docx", Path(word_copy("c.docx", hostile)).read_bytes())
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in page.html
    assert "<script>alert" not in page.html
    assert "<img src=x>" not in page.html
    assert "U. Nion, 30 November 2026 replies: Ours too." in page.text


def test_a_deletion_wants_its_reason_beside_the_box(town: Visitor) -> None:
    page = bring(
        town, "review", sent(word_copy("gone.docx", lambda one: one.take_out("law.replies")))
    )
    form = ticked(page, ".law.replies")
    refused = town.send(form)
    assert refused.status == 422
    assert "1.3 Replies: Save the replies is not taken without a reason." in refused.text
    (name,) = re.findall(r'name="(because\.[^"]+\.law\.replies)"', refused.html)
    assert f'href="#{name.replace("because.", "because-", 1)}"' in refused.html
    form.values[name] = "The archive does it"
    written(town, form)
    assert "- because: The archive does it" in OWN.read_text()


def test_nothing_is_written_over_what_changed_meanwhile(town: Visitor) -> None:
    page = bring(town, "review", sent(lawyer()))
    shown = town.send(ticked(page, ".law.advice"))
    OWN.write_text("# Ours\n")
    answer = town.send(shown.form(REVIEW), write="1")
    assert answer.status == 409
    assert "something was changed elsewhere meanwhile" in answer.text
    assert OWN.read_text() == "# Ours\n"
    assert "law.md: written" in town.send(answer.form(REVIEW), write="1").text


def test_a_change_in_the_last_moment_is_not_written_over_either(
    town: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking once more and writing: a colleague saves the same file."""
    page = bring(town, "review", sent(lawyer()))
    shown = town.send(ticked(page, ".law.advice"))

    def saved_by_a_colleague(page: Path, acceptance: Acceptance) -> object:
        OWN.write_text("# Ours\n")
        return write_acceptance(page, acceptance)

    monkeypatch.setattr(
        "policygen.pipeline.page.others.returned.write_acceptance", saved_by_a_colleague
    )
    answer = town.send(shown.form(REVIEW), write="1")
    assert answer.status == 422
    assert "This file was changed meanwhile, so nothing was written." in answer.text
    assert OWN.read_text() == "# Ours\n"


def test_one_may_change_ones_mind_before_it_is_written(town: Visitor) -> None:
    page = bring(town, "review", sent(lawyer()))
    shown = town.send(ticked(page, ".law.advice"))
    back = town.send(shown.form(REVIEW), back="1")
    assert back.status == 200
    assert back.html.count("checked") == 1
    assert town.send(Form(REVIEW)).status == 422  # nothing is ticked
    (key,) = re.findall(r'name="away" value="(\w+)"', back.html)
    assert "lawyer.docx" not in town.send(Form(REVIEW), away=key).text


# --- What is none of ours -------------------------------------------------------------------------


def bomb() -> bytes:
    """A Word file that unpacks to much more than any reader wants."""
    data = BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 61_000_000)
    return data.getvalue()


def foreign() -> bytes:
    def edit(word: ReturnedWord) -> None:
        name = "docProps/custom.xml"
        word.parts[name] = re.sub(rb"[0-9a-f]{64}", b"0" * 64, word.parts[name])
        word.parts[name] = word.parts[name].replace(b">example<", b">another<")

    return Path(word_copy("foreign.docx", edit)).read_bytes()


@pytest.mark.parametrize("data", [b"no Word file", b"PK\x03\x04 broken", None, "foreign"])
def test_what_is_none_of_ours_is_refused_and_not_kept(
    data: bytes | str | None, town: Visitor
) -> None:
    given = bomb() if data is None else foreign() if isinstance(data, str) else data
    before = sorted(Path().rglob("*"))
    answer = bring(town, "review", ("../../evil.docx", given), sent_copy())
    assert answer.status == 422
    assert "evil.docx: " in answer.text
    assert 'href="#file"' in answer.html
    assert "Put it away" not in town.open(REVIEW).text  # the sound one is not kept either
    assert sorted(Path().rglob("*")) == before


def sent_copy() -> tuple[str, bytes]:
    return "sound.docx", Path("profiles/example/releases/0.9/full-story.docx").read_bytes()


def test_no_file_at_all_is_told_beside_its_field(town: Visitor) -> None:
    """As a browser sends it: with the name of no file."""
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\n\r\n--x--\r\n'
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = town.client.post(REVIEW, content=part, headers=headers)
    assert answer.status_code == 422
    assert '<a href="#file">No file was chosen, or it was empty.' in answer.text


def test_a_macro_is_told_and_never_taken(town: Visitor) -> None:
    def edit(word: ReturnedWord) -> None:
        types = word.parts["[Content_Types].xml"]
        kind = b"application/vnd.ms-word.document.macroEnabled.main+xml"
        plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        word.parts["[Content_Types].xml"] = types.replace(plain, kind)
        word.parts["word/vbaProject.bin"] = b"macro"

    page = bring(town, "review", ("law.docm", Path(word_copy("m.docx", edit)).read_bytes()))
    assert "A macro" in page.text


def test_a_huge_upload_is_read_no_further_than_its_bound(
    town: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "_LIMIT_OF_FILES", 2_000_000)
    answer = bring(town, "review", ("huge.docx", b"x" * 2_000_001))
    assert answer.status == 413
    assert "larger than 2 MB" in answer.text


def test_two_copies_of_one_name_are_told_apart_and_no_more_are_held_than_fit(
    town: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = bring(town, "review", sent(lawyer()), ("x/lawyer.docx", Path(union()).read_bytes()))
    assert "lawyer (2).docx" in page.text
    monkeypatch.setattr("policygen.pipeline.page.others.uploads._MOST_FILES", 2)
    answer = bring(town, "review", sent_copy())
    assert "more files than this page holds" in answer.text


def test_an_example_is_nobodys_to_review(town: Visitor) -> None:
    for page in ("review", "consult", "match"):
        assert town.open(f"/body/fenwick/{page}").status == 403


def test_a_copy_of_another_body_of_the_folder_stays_there(town: Visitor) -> None:
    shutil.copytree("profiles/example", "profiles/other")
    bring(town, "review", sent(lawyer()))
    assert "lawyer.docx" not in town.open("/body/other/review").text
