"""The year after a release, on the page: each flow of it, and every file that it must refuse."""

from __future__ import annotations

import io
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import icalendar
import openpyxl
import pypdf
import pytest
from frozen import FILE, everything
from handbooks import files_of, released_handbook
from packs import fill
from spoilt_books import answer, with_macros
from visitor import Answer, Visitor, a_town, the_form

from policygen.pipeline.page.others.uploads import Uploads
from policygen.pipeline.released import release_handbook
from policygen.write.pdf.press import press_for

IN_FORCE = "/body/example/in-force"
HEADS = "Name,Role,Version,Signed on\n"
SIGNED = f"{HEADS}Ada Byrne,Officer,1.0,2026-12-09\nBo Cole,Porter,,\n"


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """A small body whose version 1.0 is in force, on 10 February 2027."""
    visitor = a_town(released_handbook(tmp_path, monkeypatch))
    visitor.session.day = lambda: date(2027, 2, 10)
    return visitor


def give(town: Visitor, part: str, name: str, data: bytes | str, **typed: str) -> Answer:
    """Send a file with the form of a page that has a field for one."""
    page = town.open(f"{IN_FORCE}/{part}")
    reads = page.html.rpartition("<form")[2] if part != "review" else page.html
    assert 'type="file"' in reads
    form = the_form(page, "digest")
    form.values = {"digest": form.values["digest"]}
    sent = data.encode() if isinstance(data, str) else data
    return town.send(form, files=[("file", (name, sent))], **typed)


def workbook(change: Callable[[openpyxl.Workbook], None], data: bytes) -> bytes:
    """Open a workbook, change it, and return it."""
    book, saved = openpyxl.load_workbook(io.BytesIO(data)), io.BytesIO()
    change(book)
    book.save(saved)
    return saved.getvalue()


def unzipped(data: bytes) -> Mapping[str, bytes]:
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_is_due_leads_to_its_fact_and_into_a_calendar(town: Visitor) -> None:
    page = town.open(IN_FORCE)
    assert "Version 1.0 is in force since 7 December 2026." in page.text
    html = page.html.replace("\u00a0", " ")
    row = re.search(r"<li><a[^>]*>Borough elections.*?22 March 2027 to 6 May 2027.*?</li>", html)
    assert row
    assert 'href="/body/example/facts/elections#elections-0"' in row[0]
    assert 'id="elections-0"' in town.open("/body/example/facts/elections").html
    assert re.findall(r"<h2>(.*?)</h2>", page.html)[1:] == ["Soon", "No date yet"]
    assert "What is due : soon 1, no date yet 1." in page.text
    town.session.day = lambda: date(2027, 4, 1)
    assert "<h2>Running now</h2>" in town.open(IN_FORCE).html
    file = town.open(f"{IN_FORCE}-dates.ics")
    events = icalendar.Calendar.from_ical(file.data).walk("VEVENT")
    assert "Borough elections" in str([event["summary"] for event in events])
    assert file.headers["content-type"].startswith("text/calendar")
    town.session.day = lambda: None  # nobody's day
    assert town.open(IN_FORCE).status == 404


def test_a_draft_is_told_what_it_lacks_on_every_page(town: Visitor) -> None:
    shutil.rmtree(FILE.parent / "releases")
    FILE.write_text(FILE.read_text().replace("status:   approved", "status: draft"))
    assert "No version is in force yet." in town.open(IN_FORCE).text
    assert "No approved version stands as it was released" in town.open(f"{IN_FORCE}/handbook").text
    assert "the page Release does that" in town.open(f"{IN_FORCE}/signed").text
    form = the_form(town.open(f"{IN_FORCE}/evidence"), "on")
    refused = town.send(form, on="2027-01-15")
    assert refused.status == 422
    assert 'href="#on"' in refused.html
    assert town.open(f"{IN_FORCE}/review").status == 200
    assert town.open(f"{IN_FORCE}-kit.zip").status == 422
    assert town.open(f"{IN_FORCE}/none").status == 404
    assert town.open(f"{IN_FORCE}-none.zip").status == 404
    assert town.open("/body/fenwick/in-force").status == 403, "an example"


def test_beside_a_draft_the_next_issue_is_shown_as_it_will_be(town: Visitor) -> None:
    path = f"{IN_FORCE}/handbook"
    text = FILE.read_text().replace("960 001", "960 901").replace("capture: 5", "capture: 3")
    FILE.write_text(text.replace("status:   approved", "status: draft").replace('"1.0"', '"2.0"'))
    page = town.open(path)
    assert re.search(r"Since 1.0-h1 this has changed: [\d.]+ Keep a record\.", page.text)
    assert "this issue has the rules of 1.0 as they were signed" in page.text
    done = town.send(the_form(page, "summary"), summary="A new number", issued="2027-02-10")
    assert "Handbook 1.0-h2 is frozen in your folder." in done.text
    assert "status: draft" in FILE.read_text()


def test_a_new_number_is_released_and_no_rule_with_it(town: Visitor) -> None:
    signed = files_of("1.0")
    path = f"{IN_FORCE}/handbook"
    assert "Nothing in the handbook has changed since 1.0-h1." in town.open(path).text
    form = the_form(town.open(path), "summary")
    FILE.write_text(FILE.read_text().replace("960 001", "960 901"))
    stale = town.send(form, summary="A new number", issued="2027-02-10")
    assert "changed meanwhile" in stale.text
    page = town.open(path)
    assert re.search(r"Since 1.0-h1 this has changed: [\d.]+ Keep a record\.", page.text)
    form = the_form(page, "summary")
    for field, typed in (
        ("summary", {"summary": "", "issued": "2027-02-10"}),
        ("issued", {"summary": "x", "issued": "soon"}),
        ("issued", {"summary": "x", "issued": "2026-01-01"}),
    ):
        refused = town.send(form, **typed)
        assert (refused.status, f'href="#{field}"' in refused.html) == (422, True), typed
    assert 'value="2026-01-01"' in refused.html, "nothing that was typed is lost"
    done = town.send(form, summary="A new number", issued="4 May 2027", changed_by="the duty officer")  # fmt: skip
    assert "Handbook 1.0-h2 is frozen in your folder." in done.text
    assert files_of("1.0") == signed
    assert b"960 901" in files_of("1.0-h2")["full-story.md"].replace("\u00a0".encode(), b" ")
    assert "1.0-h2 (2027-05-04): A new number" in done.text

    FILE.write_text(
        FILE.read_text()
        .replace("960 901", "960 902")
        .replace("contacts:", "commitments: {capture: 3}\ncontacts:")
    )
    before = everything()
    moved = town.open(path)
    assert "the policy no longer says the same in law.records" in moved.text
    refused = town.send(the_form(moved, "summary"), summary="x", issued="2027-06-01")
    assert refused.status == 422
    assert "the rules have moved since 1.0: law.records" in refused.text
    assert everything() == before


def test_a_computer_without_pdf_is_offered_a_handbook_without(
    town: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release_handbook, "_published_formats", lambda record: ("md", "pdf"))
    press_for.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # as where its library is missing
    FILE.write_text(FILE.read_text().replace("960 001", "960 901"))
    path = f"{IN_FORCE}/handbook"
    page = town.open(path)
    assert "without PDF" not in page.text
    refused = town.send(the_form(page, "summary"), summary="A new number", issued="2027-02-10")
    assert 'href="#without_pdf"' in refused.html
    done = town.send(the_form(refused, "summary"), without_pdf="1")
    assert "Handbook 1.0-h2 is frozen" in done.text
    assert not [name for name in files_of("1.0-h2") if name.endswith(".pdf")]


def test_a_kit_goes_out_and_who_has_not_signed_is_shown_and_kept_nowhere(town: Visitor) -> None:
    kit = unzipped(town.open(f"{IN_FORCE}-kit.zip").data)
    assert {"record.docx", "people/sign-off-1.0.csv", "people/sign-off-1.0.xlsx"} <= set(kit)
    before = everything()
    back = give(town, "signed", "back.csv", SIGNED)
    assert "back.csv Put it away : back.csv" in back.text
    shown = town.open(f"{IN_FORCE}-signed.html?frame=1")
    assert "1 of 2 have signed what is in force" in shown.text
    assert "Bo Cole" in shown.text
    assert "1 of 2 have signed what is in force." in back.text
    assert shown.headers["content-security-policy"].startswith("sandbox;")
    assert "Bo Cole,Porter," in town.open(f"{IN_FORCE}-signed.csv").html
    assert "no-store" in shown.headers["cache-control"]
    # The counts go into the evidence, and the names do not.
    asked = town.send(the_form(town.open(f"{IN_FORCE}/evidence"), "on"), on="2027-01-15", signed="1")  # fmt: skip
    assert "signed=1" in asked.html
    assert everything() == before, "nothing about people is in the folder"
    away = the_form(town.open(f"{IN_FORCE}/signed"), "digest")
    away.values["away"] = re.findall(r'name="away" value="(\w+)"', back.html)[0]
    assert "back.csv" not in town.send(away).text
    assert town.open(f"{IN_FORCE}-signed.html").status == 404


def test_evidence_says_what_was_in_force_and_comes_as_a_paper_and_a_zip(
    town: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{IN_FORCE}/evidence"
    form = the_form(town.open(path), "on")
    for field, typed in (
        ("on", {"on": ""}),
        ("on", {"on": "2026-11-01"}),
        ("clauses", {"on": "2027-01-15", "clauses": "law.nothing"}),
    ):
        refused = town.send(form, **typed)
        assert (refused.status, f'href="#{field}"' in refused.html) == (422, True), typed
    assert "law.nothing" in refused.html.partition("<textarea")[2]
    assert "The page Contents has the number and the name of each." in refused.text
    with monkeypatch.context() as without:  # a look-up prints no PDF, which takes seconds
        press_for.cache_clear()
        without.setitem(sys.modules, "weasyprint", None)
        assert town.send(form, on="2027-01-15", audience="managers").status == 200
        found = town.send(form, on="2027-01-15", clauses="law.records")
    press_for.cache_clear()
    assert "On 15 January 2027 version 1.0 was in force: issued on 7 December 2026." in found.text
    assert "yet to come" not in found.text
    assert 'value="2027-01-15"' in found.html
    links = re.findall(r'href="(/body/example/in-force-evidence[^"]+)"', found.html)
    answers = [town.open(link.replace("&amp;", "&")) for link in links]
    assert answers[1].headers["content-disposition"].endswith("example-evidence-2027-01-15.zip")
    paper, bundle = (one.data for one in answers)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages)
    assert "Keep a record" in text
    files = unzipped(bundle)
    assert {"evidence.pdf", "SHA256SUMS", "releases/1.0/policy.md"} <= set(files)
    later = town.send(form, on="2028-01-15")
    assert "That day is yet to come" in later.text


def test_facts_go_out_and_each_change_is_shown_before_it_is_written(town: Visitor) -> None:
    sent = town.open(f"{IN_FORCE}-facts.xlsx").data
    before = FILE.read_text()

    def filled(book: openpyxl.Workbook) -> None:
        answer(book, "contacts.legal.phone", "01632 960 099")
        answer(book, "unions", "UNISON; GMB")

    shown = give(town, "facts", "back.xlsx", workbook(filled, sent))
    said = "Legal team phone number It says now: 01632 960 001 It would say: 01632 960 099"
    assert f"{said} back.xlsx, sheet Legal team, C7" in shown.text
    assert FILE.read_text() == before
    action = f"{IN_FORCE}/facts"
    FILE.write_text(f"{before}# A note of somebody else's.\n")
    meanwhile = town.send(shown.form(action), write="1")
    assert (meanwhile.status, "changed elsewhere meanwhile" in meanwhile.text) == (409, True)
    done = town.send(meanwhile.form(action), write="1")
    assert "Done" in done.text
    after = FILE.read_text()
    assert "960 099" in after
    assert "# A note of somebody else's." in after
    undo = the_form(town.open(IN_FORCE), "save")
    assert "Undone: Facts from a workbook." in town.send(undo).text
    assert "960 099" not in FILE.read_text()
    again = give(town, "facts", "back.xlsx", sent)
    assert "Nothing is to be written" in again.text
    town.session.uploads = Uploads()  # policygen was ended and begun again meanwhile
    gone = town.send(shown.form(action), write="1")
    assert (gone.status, "No file was chosen" in gone.text) == (422, True)


def test_the_review_pack_takes_the_log_of_what_was_kept(town: Visitor) -> None:
    empty = town.open(f"{IN_FORCE}-log.csv").data.decode("utf-8-sig")
    assert "capture" in empty
    without = town.open(f"{IN_FORCE}-review.html?frame=1").text
    log = "Promise,Began,Done,Kept,What happened,Incident\ncapture,2027-02-01,2027-02-03,,,\n,2027-02-04,,,A stranger posted,False account\n"
    page = give(town, "review", "log.csv", log)
    assert "With the log that you gave." in page.text
    with_log = town.open(f"{IN_FORCE}-review.html?frame=1").text
    assert "1 incident" in with_log
    assert "1 incident" not in without
    later = give(town, "review", "later.csv", f"{log},2027-02-05,,,Another,False account\n")
    assert re.findall(r"(\S+) Put it away", later.text) == ["later.csv"], "in place of the first"
    refused = give(town, "review", "log.csv", "Promise,Began\nnobody,2027-02-01\n")
    assert refused.status == 422
    held = town.open(f"{IN_FORCE}-review.html?frame=1").text
    assert "2 incidents" in held, "the last still holds"


def test_a_translation_goes_out_is_shown_written_and_undone(town: Visitor) -> None:
    path = f"{IN_FORCE}/translation"
    form = the_form(town.open(path), "language")
    refused = town.send(form, language="Welsh")
    assert (refused.status, 'href="#language"' in refused.html) == (422, True)
    made = town.send(form, language="cy")
    assert re.search(
        r"\d+ parts of \d+ clauses and sections, \d+ words, from English to Cymraeg\.", made.text
    )
    pack = Path("pack.xliff")
    pack.write_bytes(town.open(f"{IN_FORCE}-pack.xliff?language=cy").data)
    assert town.open(f"{IN_FORCE}-pack.xlsx?language=cy").data.startswith(b"PK")
    fill(pack)
    before = everything()
    shown = give(town, "translation", "pack.xliff", pack.read_bytes(), reviewed_by="Non Rees")
    assert "reviewed by a named person." in shown.text
    assert "add cy to the languages" in shown.text
    assert everything() == before
    done = town.send(shown.form(path), write="1")
    assert "law.cy.md: written" in done.text
    written = Path("profiles/example/translations/base/law.cy.md").read_text()
    assert "KEEP A RECORD" in written
    assert "Non Rees" in written
    town.send(the_form(town.open(path), "save"))
    assert not Path("profiles/example/translations/base/law.cy.md").exists()
    bad = pack.read_bytes().replace(b"<ph ", b"<zz ")
    broken = give(town, "translation", "pack.xliff", bad)
    assert (broken.status, 'href="#file"' in broken.html) == (422, True)


def formula(book: openpyxl.Workbook) -> None:
    book.worksheets[-1]["A6"] = "=1+1"


def merged(book: openpyxl.Workbook) -> None:
    book.worksheets[-1].merge_cells("A6:B7")


def macros(data: bytes) -> bytes:
    Path("macros.xlsx").write_bytes(data)
    with_macros("macros.xlsx")
    return Path("macros.xlsx").read_bytes()


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "formulas": lambda book: workbook(formula, book),
    "merged cells": lambda book: workbook(merged, book),
    "macros": macros,
    "ten thousand rows": lambda book: b"Name,Role\n" + b"A,B\n" * 10_000,
    "no spreadsheet at all": lambda book: b"\x00\xff<script>alert(1)</script>",
    "half a workbook": lambda book: book[: len(book) // 2],
    "nothing": lambda book: b"",
}
EMPTY = {"signed": "kit.zip", "facts": "facts.xlsx", "review": "log.xlsx", "translation": "pack.xlsx?language=cy"}  # fmt: skip


@pytest.mark.parametrize("part", EMPTY)
def test_a_hostile_file_is_told_at_its_field_and_changes_nothing(part: str, town: Visitor) -> None:
    book = town.open(f"{IN_FORCE}-{EMPTY[part]}").data
    if part == "signed":
        book = unzipped(book)["people/sign-off-1.0.xlsx"]
    before = everything()
    for what, spoil in HOSTILE.items():
        answer = give(town, part, '../<b>"x".xlsx', spoil(book))
        assert answer.status == 422, what
        assert re.search(r'<a href="#file">', answer.html), what
        assert "<script>alert" not in answer.html
        assert "<b>" not in answer.html
    assert everything() == before
    assert "Put it away" not in town.open(f"{IN_FORCE}/{part}").text, "and is not held"
