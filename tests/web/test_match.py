"""An old policy on the page: set beside the clauses, decided, written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from visitor import Answer, Form, Visitor, bring, the_form

MATCH = "/body/example/match"
MEMORY = Path("profiles/example/match.yaml")
OWN = Path("profiles/example/law.md")
OLD = """\
# Our old protocol

## Records

Save every post of the council within 3 days in the archive of the records team.

## <script>alert(1)</script> Twinning

The twinning committee chooses its own pictures of our partner towns in France.
"""
FRAME = 'src="/body/example/worksheet.html?frame=1'


def given(town: Visitor, name: str = "../../old-policy.md") -> Answer:
    return bring(town, "match", (name, OLD.encode()))


def rows(town: Visitor, page: Answer, section: str) -> Form:
    """The form of one part of the worksheet."""
    (document,) = set(re.findall(r"document=(sent\.\w+)", page.html))
    return the_form(town.open(f"{MATCH}?document={document}&section={section}"), "section")


def test_an_old_policy_is_set_beside_the_clauses(town: Visitor) -> None:
    before = sorted(Path().rglob("*"))
    page = given(town)
    assert "Our old protocol" in page.text
    assert "The law (3 open)" in page.text
    assert FRAME in page.html
    document = re.findall(r"document=(sent\.\w+)", page.html)[0]
    sheet = town.open(f"/body/example/worksheet.html?frame=1&document={document}")
    assert "Save every post of the council" in sheet.html
    assert "<script>alert" not in sheet.html
    assert town.open(f"/body/example/worksheet.xlsx?document={document}").data.startswith(b"PK")
    assert sorted(Path().rglob("*")) == before  # it is nowhere on the disk


def test_a_row_is_decided_remembered_and_written_once_seen(town: Visitor) -> None:
    page = given(town)
    form = rows(town, page, "law")
    refused = town.send(form, law__records__found="covered")
    assert refused.status == 422
    assert 'href="#law.records-others"' in refused.html
    form.values |= {"law.records.passages": "1", "law.records.keep": "theirs"}
    saved = town.send(form, law__records__found="covered", law__records__note="Ours is stricter")
    assert "Saved." in saved.text
    assert "Decided: Covered. Your own words are kept. Ours is stricter." in saved.text
    assert "  old-policy.md:\n" in MEMORY.read_text()
    stale = town.send(form, law__advice__found="not found")
    assert stale.status == 422
    assert "was changed meanwhile, so nothing was saved" in stale.text
    assert "law.advice" not in MEMORY.read_text()
    shown = town.send(Form(MATCH, {"document": str(form.values["document"])}))
    assert "within 3 days in the archive" in shown.text
    assert not OWN.exists()
    town.send(shown.form(MATCH), write="1")
    assert "within 3 days in the archive" in OWN.read_text()


def test_clauses_for_which_no_passage_was_found_are_noted_at_once(town: Visitor) -> None:
    first = rows(town, given(town), "law")
    town.send(first, law__records__found="covered", law__records__others="1")
    page = given(town)
    (found,) = re.findall(r"For (\d+) clauses no passage was found\.", page.text)
    form = the_form(page, "digest")
    saved = town.send(form, unsaid="1")
    assert "Saved." in saved.text
    assert "no passage was found" not in saved.text
    decided = MEMORY.read_text()
    assert decided.count("{found: not found") == int(found) == 2
    assert "law.records: {found: covered" in decided
    stale = town.send(form, unsaid="1")
    assert "was changed meanwhile, so nothing was saved" in stale.text
    assert MEMORY.read_text() == decided


def test_passages_keep_the_order_that_they_were_decided_in(town: Visitor) -> None:
    page = given(town)
    town.send(rows(town, page, "law"), law__records__found="covered", law__records__others="2, 1")
    first, second = re.findall(r'read: \["(\w+)", "(\w+)"\]', MEMORY.read_text())[0]
    assert f'passages: ["{first}", "{second}"]' in MEMORY.read_text()  # as the document has them
    sheet = b'Id,Found,Passages,Document\nlaw.records,covered,"2, 1",\n'
    town.send(the_form(page, "document"), files=[("sheet", ("s.csv", sheet))])
    assert f'passages: ["{second}", "{first}"]' in MEMORY.read_text()
    town.send(rows(town, page, "law"), law__records__note="Still so")
    assert "Still so" in MEMORY.read_text()
    assert f'passages: ["{second}", "{first}"]' in MEMORY.read_text()


def test_a_row_is_undecided_again(town: Visitor) -> None:
    page = given(town)
    town.send(rows(town, page, "law"), law__advice__found="not found")
    assert "law.advice: {found: not found" in MEMORY.read_text()
    saved = town.send(rows(town, page, "law"), law__advice__found="")
    assert "The law (3 open)" in saved.text
    assert "law.advice" not in MEMORY.read_text()


def test_what_was_typed_beside_no_decision_is_not_lost(town: Visitor) -> None:
    page = given(town)
    form = rows(town, page, "law")
    for name, words in (("note", "Ask the board"), ("others", "1"), ("keep", "theirs")):
        refused = town.send(form, **{f"law.records.{name}": words})
        assert refused.status == 422
        assert "is not decided, so what else stands there would be lost." in refused.text
        assert 'href="#law.records-found"' in refused.html
        assert the_form(refused, "section").values[f"law.records.{name}"] == words
    assert not MEMORY.exists()
    loose = rows(town, page, "passages")
    label = [name for name in loose.values if name.endswith(".label")][-1]
    refused = town.send(loose, **{label: "Twinning"})
    assert f'href="#{label.replace(".label", "-section")}"' in refused.html
    assert "Saved." in town.send(loose).text


def test_what_no_clause_answers_is_kept_as_a_rule_of_ones_own(town: Visitor) -> None:
    page = given(town)
    form = rows(town, page, "passages")
    where = [name for name in form.values if name.endswith(".section")][-1]
    label = where.replace(".section", ".label")
    refused = town.send(form, **{where: "law"})
    assert f'href="#{label.replace(".", "-")}"' in refused.html
    assert "This rule has no name" in refused.text
    town.send(form, **{where: "law", label: "Twinning"})
    shown = town.send(Form(MATCH, {"document": str(form.values["document"])}))
    assert "{#law.twinning}" in shown.text
    again = rows(town, page, "passages")
    assert again.values[where] == "law"
    town.send(again, **{label: "Twin towns"})
    assert "law.twinning" in MEMORY.read_text()  # an id stays, whatever its clause is called
    town.send(rows(town, page, "passages"), **{where: ""})
    assert "law.twinning" not in MEMORY.read_text()


def test_a_filled_worksheet_is_read_back(town: Visitor) -> None:
    document = rows(town, given(town), "law").values["document"]
    sheet = b"Id,Found,Passages,Document\nlaw.advice,not found,,\n"
    form = Form(MATCH, {"document": document})
    assert "Saved." in town.send(form, files=[("sheet", ("s.csv", sheet))]).text
    assert "law.advice: {found: not found" in MEMORY.read_text()
    broken = town.send(
        form, files=[("sheet", ("../s.csv", sheet.replace(b"not found", b"perhaps")))]
    )
    assert 'href="#sheet"' in broken.html
    assert '"perhaps" cannot stand under Found.' in broken.text
    gone = town.send(Form(MATCH, {"document": "sent.0"}))
    assert "This document is no longer here." in gone.text


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("old.pdf", b"%PDF-1.7 broken"),
        ("old.docx", b"PK\x03\x04 broken"),
        ("old.rtf", b"{\\rtf1 x}"),
    ],
)
def test_what_cannot_be_read_is_refused_and_not_kept(name: str, data: bytes, town: Visitor) -> None:
    answer = bring(town, "match", (f"..\\{name}", data))
    assert answer.status == 422
    assert f"{name}: " in answer.text
    assert 'href="#file"' in answer.html
    assert "sent." not in town.open(MATCH).html


def test_one_that_lies_beside_the_profile_is_there_already(town: Visitor) -> None:
    Path("profiles/example/existing").mkdir()
    Path("profiles/example/existing/ours.txt").write_text(OLD)
    page = town.open(f"{MATCH}?document=kept.ours.txt")
    assert FRAME in page.html
    assert FRAME not in town.open(f"{MATCH}?document=kept.../profile.yaml").html


def test_a_name_in_another_encoding_is_led_to_as_well(town: Visitor) -> None:
    Path("profiles/example/existing").mkdir()
    Path("profiles/example/existing/caf\udce9.txt").write_text(OLD)
    (link,) = re.findall(r'href="([^"]*document=kept[^"]*)"', town.open(MATCH).html)
    assert FRAME in town.open(link.replace("&amp;", "&")).html
    shutil.copytree("profiles/example", "profiles/caf\udce9")
    assert "Fenwick Borough Council" in town.open("/").text


def test_one_goes_on_from_part_to_part_and_is_asked_for_nothing_in_vain(town: Visitor) -> None:
    form = rows(town, given(town), "law")
    assert "law.records.cleared" not in form.values  # no clause of it is binding
    saved = town.send(form, law__records__found="not found", next="1")
    assert "Saved." in saved.text
    assert 'name="section" value="passages"' in saved.html  # after the last part of the clauses
    last = the_form(saved, "section")
    assert "Show what the decisions write" in town.send(last, next="1").text
