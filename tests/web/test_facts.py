"""The form of the facts: what a visitor types, what the file then says, and what is told beside a field."""

from __future__ import annotations

import errno
import re
import shutil

import pytest
from visitor import Visitor

from policygen.model.profile import Profile
from policygen.pipeline.page.groups import GROUPS, NOT_HERE
from policygen.store import files


def test_every_fact_of_the_model_is_asked_for_once() -> None:
    asked = [name for _, names in GROUPS.values() for name in names if "." not in name]
    assert sorted([*asked, *NOT_HERE]) == sorted(Profile.model_fields)


def test_a_fact_is_saved_and_nothing_else_is_touched(visitor: Visitor) -> None:
    before = visitor.yaml
    answer = visitor.type("you", short_name="the borough")
    assert "Saved: one fact." in answer.text
    assert visitor.yaml == before.replace("short_name: the council ", "short_name: the borough ")


# `make quick` has the first; each takes a moment.
EACH_GROUP = [
    pytest.param(key, marks=pytest.mark.slow if n else ()) for n, key in enumerate(GROUPS)
]


@pytest.mark.parametrize("group", EACH_GROUP)
def test_a_page_that_is_saved_as_it_stands_writes_nothing(group: str, visitor: Visitor) -> None:
    before = visitor.profile.stat().st_mtime_ns
    answer = visitor.type(group)
    assert "Nothing had changed, so nothing was written." in answer.text
    assert visitor.profile.stat().st_mtime_ns == before


def test_headings_of_ones_own_and_a_name_in_another_language(visitor: Visitor) -> None:
    visitor.type("public", local_names__cy="Cyngor Fenwick")
    assert "cy: Cyngor Fenwick" in visitor.yaml
    path = "/body/ours/facts/headings"
    form = visitor.open(path).form(path)
    form.values["contents.headings.0.sections"] = ["law", "conduct"]
    saved = visitor.send(form, contents__headings__0__title="Duties")
    assert "Saved: one fact." in saved.text
    more = saved.form(path)
    assert more.values["contents.headings.0.sections"] == ["law", "conduct"]
    visitor.send(more, contents__headings__1__title="All else", contents__headings__1__rest="true")
    contents = visitor.open("/body/ours/contents").text
    assert "Their order is that of your own headings (Duties, All else)" in contents
    assert "Nothing had changed" in visitor.type("headings").text


def test_a_fact_is_described_and_says_who_will_know(visitor: Visitor) -> None:
    text = visitor.open("/body/ours/facts/contacts").text
    assert "Legal team" in text
    assert "Ask the data protection officer." in text
    promises = visitor.open("/body/ours/facts/promises").text
    assert "usual is" in promises


def test_what_is_wrong_stands_beside_its_field_and_leads_there(visitor: Visitor) -> None:
    before = visitor.yaml
    answer = visitor.type("document", policy__review_by="2020-01-01", policy__number="X-1")
    assert answer.status == 422
    assert visitor.yaml == before
    assert 'href="#policy-review_by"' in answer.html
    assert "Date to review it by (" in answer.text
    assert "before the date of issue" in answer.text
    assert 'id="policy-review_by-error"' in answer.html
    assert 'value="X-1"' in answer.html  # what was typed is still there
    assert "<title>Not saved: " in answer.html


def test_a_fault_that_was_there_before_stops_nobody(visitor: Visitor) -> None:
    visitor.profile.write_text(visitor.yaml.replace("comms@fenwick.example", "nonsense"))
    answer = visitor.open("/body/ours/facts/document")
    assert 'href="#policy-owner-email"' in answer.html
    assert "Saved" in visitor.type("document", policy__number="X-1").text
    assert "number: X-1" in visitor.yaml


def test_a_fact_that_is_cleared_is_not_given(visitor: Visitor) -> None:
    assert visitor.type("public", website="").status == 200
    assert "\nwebsite:\n" in visitor.yaml


def test_rows_come_and_go_without_a_script(visitor: Visitor) -> None:
    count = visitor.yaml.count("  - platform:")
    new = {f"channels__{count}__platform": "Bluesky", f"channels__{count}__handle": "@fenwick"}
    answer = visitor.type("channels", **new)
    assert '  - {platform: Bluesky, handle: "@fenwick"}\n' in visitor.yaml
    assert f"Account {count + 1}" in answer.text
    visitor.type("channels", remove__channels__0="1")
    assert "FenwickCouncil\n    purpose: News" not in visitor.yaml
    assert "Bluesky" in visitor.yaml


def test_a_row_that_lacks_something_says_what(visitor: Visitor) -> None:
    count = visitor.yaml.count("  - platform:")
    answer = visitor.type("channels", **{f"channels__{count}__handle": "@fenwick"})
    assert answer.status == 422
    assert f'href="#channels-{count}-platform"' in answer.html
    assert "Bluesky" not in visitor.yaml


def test_a_list_is_typed_one_on_a_line(visitor: Visitor) -> None:
    visitor.type("people", unions="UNISON\r\n\r\n Unite, north ")
    assert 'unions: [UNISON, "Unite, north"]' in visitor.yaml


def test_places_are_boxes_of_which_one_at_least_is_ticked(visitor: Visitor) -> None:
    path = "/body/ours/facts/you"
    form = visitor.open(path).form(path)
    form.values["jurisdiction"] = ["england", "wales"]
    visitor.send(form)
    assert "jurisdiction: [england, wales]" in visitor.yaml
    form = visitor.open(path).form(path)
    del form.values["jurisdiction"]
    answer = visitor.send(form)
    assert answer.status == 422
    assert "jurisdiction: [england, wales]" in visitor.yaml


def test_two_tabs_lose_nothing(visitor: Visitor) -> None:
    path = "/body/ours/facts/public"
    first, second = (visitor.open(path).form(path) for _ in range(2))
    assert visitor.send(first, website="https://one.example").status == 200
    answer = visitor.send(second, website="https://two.example")
    assert answer.status == 409
    assert "https://one.example" in visitor.yaml
    assert "You typed" in answer.text
    assert "https://two.example" in answer.text
    assert "https://one.example" in answer.text
    assert visitor.send(answer.form(path)).status == 200
    assert "https://two.example" in visitor.yaml


def test_an_edit_outside_is_kept_where_nobody_typed_over_it(visitor: Visitor) -> None:
    path = "/body/ours/facts/public"
    form = visitor.open(path).form(path)
    visitor.profile.write_text(visitor.yaml.replace("fenwick.example/complaints", "c.example/"))
    answer = visitor.send(form, website="https://two.example")
    assert answer.status == 409
    visitor.send(answer.form(path))
    assert "https://two.example" in visitor.yaml
    assert "https://www.c.example/" in visitor.yaml


def test_a_row_added_outside_is_never_typed_over(visitor: Visitor) -> None:
    path = "/body/ours/facts/elections"
    form = visitor.open(path).form(path)
    row = "  - {event: By-election, starts: 2027-06-01, ends: 2027-06-30}\n"
    visitor.profile.write_text(visitor.yaml.replace("elections:\n", f"elections:\n{row}", 1))
    answer = visitor.send(form, elections__0__event="Mayoral election")
    assert answer.status == 409
    assert "Mayoral election" in answer.text
    visitor.send(answer.form(path))
    assert "By-election" in visitor.yaml


def test_an_edit_of_another_page_is_no_clash(visitor: Visitor) -> None:
    path = "/body/ours/facts/public"
    form = visitor.open(path).form(path)
    visitor.profile.write_text(visitor.yaml.replace("COM-014", "COM-015"))
    assert visitor.send(form, website="https://two.example").status == 200
    assert "COM-015" in visitor.yaml
    assert "https://two.example" in visitor.yaml


def test_an_open_page_says_that_its_file_was_changed(visitor: Visitor) -> None:
    ours = visitor.profile.parent
    (ours / "theme").mkdir(exist_ok=True)
    for path in ("profile.yaml", "law.md", "theme/screen.css"):
        page = visitor.open("/body/ours/downloads").html
        watched = re.search(r"/body/ours/changed/\w+", page)
        assert watched
        assert visitor.open(watched[0]).text == ""
        with (ours / path).open("a") as file:
            file.write("\n")
        assert "changed elsewhere" in visitor.open(watched[0]).text


def test_line_endings_stay_as_the_editor_made_them(visitor: Visitor) -> None:
    visitor.profile.write_bytes(visitor.yaml.replace("\n", "\r\n").encode())
    visitor.type("public", website="https://two.example")
    data = visitor.profile.read_bytes()
    assert b"two.example" in data
    assert data.count(b"\n") == data.count(b"\r\n")


def test_a_form_of_an_earlier_run_is_told_so(visitor: Visitor) -> None:
    path = "/body/ours/facts/public"
    answer = visitor.send(visitor.open(path).form(path), digest="0" * 64, website="x")
    assert answer.status == 409
    assert "earlier run" in answer.text


def test_a_folder_that_cannot_be_written_is_told_plainly(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    before = visitor.yaml
    monkeypatch.setattr(files, "write_beside", read_only)
    answer = visitor.type("public", website="https://two.example")
    assert answer.status == 422
    assert "read-only file system. Nothing was changed" in answer.text
    assert visitor.yaml == before


def test_a_file_that_is_no_profile_any_more_is_told_plainly(visitor: Visitor) -> None:
    visitor.profile.write_text("name: [unfinished\n")
    for path in ("", "/facts/you", "/preview", "/check", "/downloads", "/release", "/unknown"):
        answer = visitor.open(f"/body/ours{path}")
        assert answer.status in (200, 422)
        assert "unfinished" in answer.text or "PG131" in answer.text
        assert "Traceback" not in answer.html
    shutil.rmtree(visitor.folder / "ours")
    assert visitor.open("/body/ours").status == 404


def test_an_example_is_not_written_to(visitor: Visitor) -> None:
    for path in ("/body/fenwick/facts/public", "/body/fenwick/release"):
        answer = visitor.open(path)
        assert answer.status == 403
        assert "This is an example" in answer.text
    form = visitor.open("/body/ours/facts/public").form("/body/ours/facts/public")
    form.action = "/body/fenwick/facts/public"
    assert visitor.send(form, website="https://two.example").status == 403


def test_the_list_to_send_names_who_will_know(visitor: Visitor) -> None:
    visitor.type("document", policy__status="draft")
    visitor.type("contacts", contacts__records__email="")
    text = visitor.open("/body/ours/unknown").text
    assert "Ask the records or information team" in text
    sent = visitor.open("/body/ours/unknown.txt")
    assert sent.html.startswith("What our social media policy still needs: Fenwick")
    assert "- records team email address" in sent.html


def test_a_page_is_seen_as_it_would_print_before_it_is_saved(visitor: Visitor) -> None:
    before = visitor.yaml
    answer = visitor.type("contacts", contacts__legal__role="the Town Clerk", **{"try": "1"})
    assert "Not saved yet. It would print like this:" in answer.text
    assert 'value="the Town Clerk"' in answer.html
    found = re.search(r'src="(/body/ours/show/[^"#]+)#([^"]+)"', answer.html)
    assert found
    frame = visitor.open(found[1].replace("&amp;", "&"))
    assert "the Town Clerk" in frame.text
    assert f'id="{found[2]}"' in frame.html  # the clause that tells it is brought into view
    assert "sandbox" in frame.headers["content-security-policy"]
    assert "the Town Clerk" not in visitor.open("/body/ours/show/policy").text
    wrong = visitor.type("document", policy__review_by="2020-01-01", **{"try": "1"})
    assert "Not like this: Date to review it by" in wrong.text
    assert visitor.yaml == before


def test_a_source_that_nobody_had_looked_up_is_confirmed(visitor: Visitor) -> None:
    for file in visitor.profile.parent.glob("*.md"):
        file.unlink()
    school = "kind: school\njurisdiction: northern-ireland\nposture: balanced\n"
    visitor.profile.write_text(f"name: Lough School\nshort_name: the school\n{school}")
    name = "confirmed__gtcni-code__"
    assert visitor.type("sources", **{f"{name}by": "Head of Legal"}).status == 422
    visitor.type("sources", **{f"{name}by": "Head of Legal", f"{name}on": "2026-05-01"})
    assert 'confirmed: {gtcni-code: {by: Head of Legal, "on": 2026-05-01}}\n' in visitor.yaml
    visitor.type("sources", **{"remove__confirmed__gtcni-code": "1"})
    assert "gtcni-code" not in visitor.yaml
