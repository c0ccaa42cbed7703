"""A consultation on the page: opened, gathered, answered, printed, forgotten."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from consulting import (
    FOLDER,
    LETTERS,
    LOG,
    OPEN,
    PEOPLE,
    PROFILE,
    commented,
    lawyer,
    union,
    word_copy,
)
from filled_forms import filled_csv
from returned_copy import LAWYER, ReturnedWord
from small import policygen
from visitor import Answer, Form, Visitor, bring, the_form

CONSULT = "/body/example/consult"
OWN = Path("profiles/example/law.md")


def gathered(town: Visitor) -> Answer:
    if not Path("union.docx").exists():  # the same files once more, not the like
        lawyer(), union()
    files = [(name, Path(name).read_bytes()) for name in ("lawyer.docx", "union.docx")]
    return bring(town, "consult", *files, version="0.9", received="2026-11-20")


def log() -> list[dict[str, object]]:
    return [json.loads(line)["entry"] for line in LOG.read_text().splitlines()]


def test_what_is_sent_and_what_came_back_stand_there(town: Visitor) -> None:
    page = town.open(CONSULT)
    assert "is out for comment from 2 November 2026 to 4 December 2026." in page.text.replace(
        "\u00a0", " "
    )
    sent = town.open("/body/example/consult-covering-letter.docx?version=0.9")
    assert sent.data == (LETTERS / "covering-letter.docx").read_bytes()
    assert town.open("/body/example/consult-full-story.docx").data.startswith(b"PK")
    answer = gathered(town)
    assert "4 responses are new in the log." in answer.text
    assert "1.2 Advice 1. r1 (private) reworded it, 3 December 2026." in answer.text
    assert {one["received"] for one in log() if one["type"] == "file"} == {"2026-11-20"}
    again = gathered(town)
    assert "0 responses are new in the log." in again.text
    assert "lawyer.docx is in the log already." in again.text


def test_a_form_speaks_for_whom_it_says_and_nothing_of_its_name_is_a_path(town: Visitor) -> None:
    filled_csv(LETTERS / "comment-form.csv", Path("f.csv"), {"1.1": ("<b>Why?</b>",)})
    name = "../../../pwned/..%2Fx.csv"
    form = (name, Path("f.csv").read_bytes())
    answer = bring(town, "consult", form, sender="Jo Shaw", **{"for": "UNISON"})
    assert "UNISON commented" in answer.text
    assert "&lt;b&gt;Why?&lt;/b&gt;" in answer.html
    (kept,) = (FOLDER / "people/files").iterdir()
    assert re.fullmatch(r"[0-9a-f]{64}\.csv", kept.name)
    assert "pwned" not in PEOPLE.read_text()
    refused = bring(town, "consult", ("x.docx", b"none of ours"), received="yesterday")
    assert refused.status == 422
    assert '"yesterday" is no day.' in refused.text
    assert 'href="#received"' in refused.html
    assert "x.docx: " in bring(town, "consult", ("../x.docx", b"none of ours")).text


def test_an_answer_is_recorded_with_the_words_that_come_of_it(town: Visitor) -> None:
    form = the_form(gathered(town), "decision.1")
    refused = town.send(form, decision__1="accepted")
    assert refused.status == 422
    assert "The answer to response 1 has no reason." in refused.text
    assert 'href="#because-1"' in refused.html
    shown = town.send(form, decision__1="accepted", because__1="It is shorter")
    assert "1 answer is recorded; 3 wait for one." in shown.text
    assert "Ask counsel before you post about a case." in shown.text
    before = LOG.read_bytes()
    done = town.send(shown.form(CONSULT), write="1")
    assert "law.md: written" in done.text
    assert "Ask counsel before" in OWN.read_text()
    assert LOG.read_bytes().startswith(before)
    assert log()[-1] == {
        "response": 1,
        "verdict": "accepted",
        "because": "It is shorter",
        "type": "answer",
    }
    paper = town.open("/body/example/consult-you-said.html?frame=1")
    assert "It is shorter" in paper.html
    assert paper.headers["content-security-policy"].startswith("sandbox;")
    for name, start in (
        ("sheet.xlsx", b"PK"),
        ("log.csv", b"\xef\xbb\xbf"),
        ("record.docx", b"PK"),
    ):
        assert town.open(f"/body/example/consult-{name}").data.startswith(start)


def test_nobody_answers_over_what_came_in_meanwhile(town: Visitor) -> None:
    form = the_form(gathered(town), "decision.1")
    copy = word_copy("more.docx", commented)
    bring(town, "consult", (copy, Path(copy).read_bytes()))
    answer = town.send(form, decision__1="noted", because__1="Thank you")
    assert answer.status == 422
    assert "The log has grown since this page was opened" in answer.text
    assert "Thank you" in answer.html  # what was typed is still there
    assert not [one for one in log() if one["type"] == "answer"]


def test_a_sheet_of_answers_is_read_and_shown_first(town: Visitor) -> None:
    gathered(town)
    sheet = town.open("/body/example/consult-sheet.csv").data.decode("utf-8-sig")
    filled = re.sub(r"(?m)^(2,.*),,,\s*$", r"\1,noted,We read it,", sheet)
    assert filled != sheet
    form = Form(CONSULT, {"version": "0.9"})
    shown = town.send(form, files=[("sheet", ("answers.csv", filled.encode()))])
    assert "1 answer is recorded; 3 wait for one." in shown.text
    town.send(shown.form(CONSULT), write="1")
    assert log()[-1]["because"] == "We read it"
    broken = town.send(form, files=[("sheet", ("answers.csv", b"1,noted,x\n"))])
    assert 'href="#sheet"' in broken.html


def test_a_second_sheet_says_nothing_of_what_is_answered_already(town: Visitor) -> None:
    """Two people fill in a sheet each, printed before there was any answer."""
    gathered(town)
    sheet = town.open("/body/example/consult-sheet.csv").data.decode("utf-8-sig")
    first = re.sub(r"(?m)^(2,.*),,,\s*$", r"\1,noted,We read it,", sheet)
    second = re.sub(r"(?m)^2,(.*),,,\s*$", r"law.replies,\1,declined,It stays so,", sheet)
    form = Form(CONSULT, {"version": "0.9"})
    shown = town.send(form, files=[("sheet", ("first.csv", first.encode()))])
    town.send(shown.form(CONSULT), write="1")
    shown = town.send(form, files=[("sheet", ("second.csv", second.encode()))])
    assert "1 answer is recorded; 2 wait for one." in shown.text


def test_who_cleared_it_on_a_sheet_is_not_lost_on_the_way_back(town: Visitor) -> None:
    gathered(town)
    sheet = town.open("/body/example/consult-sheet.csv").data.decode("utf-8-sig")
    filled = re.sub(r"(?m)^(1,.*),,,\s*$", r"\1,accepted,Clearer,The board", sheet)
    form = Form(CONSULT, {"version": "0.9"})
    shown = town.send(form, files=[("sheet", ("answers.csv", filled.encode()))])
    back = town.send(shown.form(CONSULT), back="1")
    assert the_form(back, "decision.1").values["cleared.1"] == "The board"


def test_a_name_is_erased_once_that_was_seen(town: Visitor) -> None:
    page = gathered(town)
    assert "r1" in re.findall(r'name="forget"[^>]*value="(\w+)"', page.html)
    nobody = town.send(the_form(page, "erase"))
    assert nobody.status == 422
    assert "Nobody is ticked." in nobody.text
    assert 'href="#forget"' in nobody.html
    shown = town.send(the_form(page, "erase"), forget="r1")
    assert "These are erased: the names of r1, and 1 file." in shown.text
    assert "A. Lawyer" in PEOPLE.read_text()
    town.send(shown.form(CONSULT), write="1")
    assert "A. Lawyer" not in PEOPLE.read_text()
    assert len(list((FOLDER / "people/files").iterdir())) == 1


def test_a_consultation_is_opened_with_what_it_lacks_told_at_its_field(town: Visitor) -> None:
    shutil.rmtree("profiles/example/consultations")
    shutil.rmtree("profiles/example/releases")
    profile = Path("profiles/example/profile.yaml")
    profile.write_text(PROFILE.replace("status: consultation", "status: draft"))
    form = the_form(town.open(CONSULT), "summary")
    refused = town.send(form, summary="Our first draft")
    assert refused.status == 422
    assert 'href="/body/example/facts/document#policy-status"' in refused.html
    profile.write_text(PROFILE)
    stale = town.send(form, summary="Our first draft")
    assert "changed meanwhile" in stale.text
    assert not FOLDER.exists()


def test_a_file_that_is_none_of_the_consultation_is_not_handed_out(town: Visitor) -> None:
    for name in ("..%2Fconsultation.json", "log.jsonl", "people", "log.exe", "sheet.html"):
        assert town.open(f"/body/example/consult-{name}").status == 404


def test_a_copy_that_was_passed_on_waits_until_somebody_says_whose_it_is(town: Visitor) -> None:
    """In the log it would stay: so nobody is taken for its author unasked."""

    def edits(one: ReturnedWord) -> None:
        one.track("law.advice", "the lawyers", "counsel", LAWYER)
        one.retype("law.records", "deletes", "removes")

    name = word_copy("passed-on.docx", edits)
    held = bring(town, "consult", (name, Path(name).read_bytes()))
    assert "Not in the log yet: whose words are these?" in held.text
    assert "say beside the file who sent it" in held.text
    assert log() == []
    added = town.send(the_form(held, "sure"), sender="Mara Dunn, Director")
    assert "2 responses are new in the log." in added.text
    assert "Mara Dunn, Director" in PEOPLE.read_text()
    assert {one["respondent"] for one in log() if one["type"] == "response"} == {"r1", "r2"}


def test_what_waits_is_added_once_and_never_another_file(town: Visitor) -> None:
    names = ("law.records", "deletes", "removes"), ("law.replies", "Save a reply", "Keep a reply")
    copies = [
        word_copy(f"{number}.docx", lambda one, said=said: one.retype(*said))
        for number, said in enumerate(names)
    ]
    first, second = (
        the_form(bring(town, "consult", (name, Path(name).read_bytes())), "sure") for name in copies
    )
    late = town.send(first, sender="Mara Dunn")
    assert late.status == 422
    assert "What you sent is here no longer, so nothing was added." in late.text
    assert 'href="#file"' in late.html
    refused = town.send(second, sender="Jo Shaw", received="yesterday")
    assert '"yesterday" is no day.' in refused.text
    assert log() == []
    added = town.send(the_form(refused, "sure"), received="2026-11-20")
    assert "1 response is new in the log." in added.text
    assert "Jo Shaw" in PEOPLE.read_text()
    again = town.send(second, sender="Jo Shaw")
    assert "What you sent is here no longer" in again.text


def test_what_is_done_in_an_earlier_consultation_is_shown_of_it(town: Visitor) -> None:
    Path("profiles/example/profile.yaml").write_text(PROFILE.replace('"0.9"', '"0.10"'))
    assert policygen(*OPEN).exit_code == 0
    assert "Version 0.10 is out for comment" in town.open(CONSULT).text
    page = gathered(town)
    assert "4 responses are new in the log." in page.text
    assert "Version 0.9 is out for comment" in page.text
    shown = town.send(the_form(page, "decision.1"), decision__1="noted", because__1="Thank you")
    done = town.send(shown.form(CONSULT), write="1")
    assert f'href="{CONSULT}?version=0.9">Go on' in done.html


def test_an_answered_consultation_leads_to_the_release(town: Visitor) -> None:
    page = gathered(town)
    assert "4 of 4 wait for an answer." in page.text
    assert "/body/example/release" not in page.html.partition("<main")[2]
    form = the_form(page, "decision.1")
    for number in range(1, 5):
        form.values |= {f"decision.{number}": "declined", f"because.{number}": "It stays so"}
    form.values |= {"decision.1": "accepted", "because.1": "It is clearer"}
    town.send(town.send(form).form(CONSULT), write="1")
    page = town.open(CONSULT)
    assert "Each of the 4 has its answer." in page.text
    assert "/body/example/release" in page.html.partition("<main")[2]
    refused = town.send(
        the_form(town.open("/body/example/release"), "summary"), summary="Ours", bump="major"
    )
    assert "Version 0.9 is out for comment already." in refused.text
    assert not Path("profiles/example/releases/1.0").exists()
    agreed = {
        "status": "approved",
        "version": "1.0",
        "approver__role": "the Cabinet",
        "approved_at": "Cabinet, 10 December 2026",
        "issued": "2026-12-14",
    }
    facts = the_form(town.open("/body/example/facts/document"), "policy.status")
    town.send(facts, **{f"policy__{name}": value for name, value in agreed.items()})
    done = town.send(the_form(town.open("/body/example/release"), "summary"), summary="Ours")
    assert "Version 1.0 is frozen in your folder, with every file." in done.text
    kept = (Path("profiles/example/releases/1.0") / "policy.json").read_text("utf-8")
    assert "Ask counsel before you post about a case." in kept
    assert "the union and the lawyers" not in kept
