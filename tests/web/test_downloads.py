"""What is looked at, downloaded and released."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from visitor import Visitor

from policygen.pipeline.build import build
from policygen.write.pdf.press import press_for


def test_an_edition_is_shown_as_it_would_be_published(visitor: Visitor) -> None:
    page = visitor.open("/body/ours/preview?edition=snapshot")
    assert 'src="/body/ours/show/snapshot"' in page.html
    shown = visitor.open("/body/ours/show/snapshot")
    made = build(visitor.profile, visitor.session.workspace, ["snapshot"], ["html"])
    assert shown.data == made.files[-1].data


def test_what_is_saved_is_on_the_screen_at_once(visitor: Visitor) -> None:
    visitor.type("document", policy__status="draft", policy__number="NEW-99")
    assert "NEW-99" in visitor.open("/body/ours/show/policy").html


def test_each_edition_in_each_format(visitor: Visitor) -> None:
    page = visitor.open("/body/ours/downloads").html
    for name in ("overview.pdf", "handbook.docx", "full-story.md", "snapshot.html"):
        assert f'href="/body/ours/file/{name}"' in page
    file = visitor.open("/body/ours/file/overview.md")
    assert file.headers["content-disposition"] == "attachment; filename*=UTF-8''ours-overview.md"
    assert "Fenwick Borough Council" in file.html
    assert visitor.open("/body/ours/file/principles.pdf").data.startswith(b"%PDF")


def test_all_of_it_in_one_zip(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one format, for speed: which formats there are is no matter of the page."""
    monkeypatch.setattr("policygen.pipeline.publish.publish.default_formats", lambda: ("md",))
    first, second = (visitor.open("/body/ours/all.zip").data for _ in range(2))
    assert first == second
    names = zipfile.ZipFile(io.BytesIO(first)).namelist()
    assert {"ours/overview.md", "ours/full-story.md", "ours/policy.json"} <= set(names)


def test_the_checklist_says_what_stands_in_the_way(visitor: Visitor) -> None:
    assert "Nothing stands in the way." in visitor.open("/body/ours/release").text
    visitor.type("document", policy__status="draft", policy__approved_at="")
    visitor.type("contacts", contacts__records__email="")
    page = visitor.open("/body/ours/release")
    assert "Where and when it was approved is not given." in page.text
    assert (
        'href="/body/ours/facts/document#policy-approved_at">Go to “Where and when it was approved”'
        in page.html
    )
    assert "1 fact is not known yet: see which, and who will know" in page.text
    unknown = visitor.open("/body/ours/unknown")
    assert 'href="/body/ours/facts/contacts#contacts-records-email"' in unknown.html


@pytest.mark.slow
def test_a_version_is_frozen_from_the_page(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policygen.pipeline.publish.publish.default_formats", lambda: ("md",))
    monkeypatch.setattr("policygen.pipeline.release.default_formats", lambda: ("md",))
    form = visitor.open("/body/ours/release").form("/body/ours/release")
    refused = visitor.send(form, summary=" ")
    assert refused.status == 422
    assert "The summary is empty." in refused.text
    assert 'href="#summary"' in refused.html
    done = visitor.send(form, summary="First policy")
    assert "Version 1.0 is frozen" in done.text
    assert "1.0 (2026-12-07): First policy" in done.text
    assert (visitor.folder / "ours/releases/1.0/release.json").is_file()
    assert "Nothing stands in the way." in done.text  # the form asks for the next version
    again = visitor.send(done.form("/body/ours/release"), summary="Again")
    assert "released already" in again.text
    assert "Choose the second or the third answer to “Which version is it?”" in again.text


def test_a_computer_without_pango_releases_all_but_pdf(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    formats = ("md", "pdf")
    monkeypatch.setattr("policygen.pipeline.release.default_formats", lambda: formats)
    monkeypatch.setattr("policygen.pipeline.publish.publish.default_formats", lambda: formats)
    monkeypatch.setattr("policygen.pipeline.page.printed.default_formats", lambda: formats)
    press_for.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # as where its library is missing
    path = "/body/ours/release"
    first = visitor.open(path).form(path)
    assert "without_pdf" not in visitor.open(path).html
    refused = visitor.send(first, summary="First policy")
    assert refused.status == 422
    assert "PDF needs the Pango library, which this computer lacks" in refused.text
    assert "tick below that you release it without" in refused.text
    assert 'href="#without_pdf"' in refused.html
    assert not (visitor.folder / "ours/releases").exists()
    done = visitor.send(refused.form(path), without_pdf="1")
    assert "Version 1.0 is frozen" in done.text
    names = {file.name for file in (visitor.folder / "ours/releases/1.0").iterdir()}
    assert {"full-story.md", "policy.json", "release.json"} <= names
    assert not any(name.endswith(".pdf") for name in names)


def test_nothing_is_released_that_was_not_seen(visitor: Visitor) -> None:
    form = visitor.open("/body/ours/release").form("/body/ours/release")
    visitor.profile.write_text(visitor.yaml.replace("COM-014", "COM-015"))
    answer = visitor.send(form, summary="First policy")
    assert "changed meanwhile" in answer.text
    assert not (visitor.folder / "ours/releases").exists()


def test_every_problem_leads_to_its_field(visitor: Visitor) -> None:
    visitor.profile.write_text(visitor.yaml.replace("comms@fenwick.example", "nonsense"))
    page = visitor.open("/body/ours/check")
    assert 'href="/body/ours/facts/document#policy-owner-email"' in page.html


def test_the_button_ends_it(visitor: Visitor) -> None:
    ended: list[bool] = []
    visitor.session.stop = lambda: ended.append(True)
    form = visitor.open("/stop").form("/stop")
    assert ended == []
    assert "has ended" in visitor.send(form).text
    assert ended == [True]


def test_a_folder_that_is_not_there_yet_is_an_empty_one(tmp_path: Path) -> None:
    page = Visitor(tmp_path / "profiles").open("/")
    assert "There is no policy here yet." in page.text
    assert "Start from it" in page.text
