"""Three bodies work on the page in a real browser, from an empty folder to what they came for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from organisations import EVERYTHING
from returned_copy import ReturnedWord, W, edited
from test_in_a_browser import Served, faults, let_in, press, save
from visitor import workspace

from policygen.pipeline.build import build
from policygen.pipeline.compose_profile import compose_profile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.slow
audited = pytest.mark.skipif(not EVERYTHING, reason="twenty seconds: `make audit` takes them")
# What somebody in the council knows, by the end of the name of the field.
KNOWN = {
    "email": "who@thornbury.example",
    "phone": "01234 567890",
    "issued": "2026-12-07",
    "review_by": "2027-12-07",
    "version": "1.0",
    "number": "TV-12",
    "website": "https://www.thornbury.example",
    "published_at": "https://www.thornbury.example/social-media",
    "complaints": "https://www.thornbury.example/complaints",
    "approved_at": "Full Council, 30 November 2026",
}
ACCOUNT = {
    "platform": "Facebook",
    "handle": "thornburyvale",
    "purpose": "News",
    "owner": "the digital officer",
    "staffed_hours": "9am to 5pm",
    "response_time": "1 working day",
    "moderation": "after",
}
OLD = {
    "Records": "Save every post of the trust within 3 working days, and keep it for two years.",
    "Private accounts": "Staff may use social media in their own time and in their own name.",
    "Patients": "Never post anything from which a patient could be recognised.",
    "The choir": "The hospital choir chooses the pictures of its own concerts.",
}
REVIEWERS = ("A. Lawyer", "U. Nion", "M. Anager", "D. Officer")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    """An empty folder, which one body after another begins in."""
    site = Served(tmp_path_factory.mktemp("empty"))
    site.thread.start()
    assert site.ready.wait(20)
    return site


@pytest.fixture(autouse=True)
def _released_as_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    """For speed: which formats there are is no matter of the page."""
    monkeypatch.setattr("policygen.pipeline.publish.publish.default_formats", lambda: ("md",))
    monkeypatch.setattr("policygen.pipeline.release.default_formats", lambda: ("md",))


# A frame with an edition or a worksheet; what they show is looked at elsewhere.
FRAMES = re.compile(r"/show/|/worksheet\.html")


def without_frames(page: Page) -> None:
    """Spare the time that it takes to print what stands beside a form."""
    page.route(FRAMES, lambda route: route.abort())


def put(field: Locator, text: str) -> None:
    """Type into a field, or choose in it."""
    if field.evaluate("e => e.tagName") == "SELECT":
        field.select_option(text) if text else field.select_option(index=1)
    else:
        field.fill(text)


def begin(page: Page, words: str, *answers: str) -> str:
    """Answer what is asked first, and return the address of the new policy."""
    press(page, f"main a.govuk-button:has-text('{words}')")
    for answer in answers:
        if page.locator("main input[type=radio]").count():
            page.get_by_label(answer, exact=True).check()
        else:
            page.locator("main input:not([type=hidden])").first.fill(answer)
        press(page, "button:has-text('Continue')")
    press(page, "button:has-text('Make the draft now')")
    return page.url.partition("?")[0].removesuffix("/match")


def fill_in_all_that_is_unknown(page: Page, body: str, origin: str) -> None:
    """Follow each link of the list to its field, and write there what somebody knows."""
    for _ in range(4):
        page.goto(f"{body}/unknown")
        links = [one.get_attribute("href") or "" for one in page.locator("main ul a").all()]
        if not links:
            return
        for path in dict.fromkeys(link.partition("#")[0] for link in links):
            ids = [link.partition("#")[2] for link in links if link.startswith(f"{path}#")]
            page.goto(origin + path)
            for id in ids:
                field = page.locator(f"[id='{id}']")
                assert field.count(), f"the list leads to no field: {id}"
                if id == "channels":
                    for name, text in ACCOUNT.items():
                        put(page.locator(f"#channels-0-{name}"), text)
                else:
                    put(field, KNOWN.get(id.rpartition("-")[2], "the head of communications"))
            save(page)
            assert page.locator(".done").count(), page.inner_text("main")
    raise AssertionError("something is still unknown")


def test_a_council_goes_from_an_empty_folder_to_a_released_policy(
    browser: Browser, served: Served
) -> None:
    """Without script."""
    with let_in(browser, served, java_script_enabled=False) as page:
        without_frames(page)
        kinds = ("England", "Councils in England", "Yes", "Balanced", "What every body needs")
        body = begin(page, "Start new", "Thornbury Vale District Council", "the council", *kinds)
        assert "Your draft is made" in page.inner_text(".done")
        fill_in_all_that_is_unknown(page, body, served.origin)
        page.goto(f"{body}/release")
        assert "A draft is not released" not in page.inner_text("main")
        while links := page.locator("main .problems a").all():
            press(page, f"main .problems a[href='{links[0].get_attribute('href')}']")
            id = page.url.partition("#")[2]
            put(page.locator(f"[id='{id}']"), KNOWN.get(id.rpartition("-")[2], "the board"))
            save(page)
            page.goto(f"{body}/release")
        assert "Nothing stands in the way." in page.inner_text("main")
        page.fill("#summary", "First policy")
        press(page, "text=Release it")
        # It is a draft as yet, and the page says where that is changed.
        press(page, ".govuk-error-summary a")
        page.select_option("#policy-status", "approved")
        save(page)
        page.goto(f"{body}/release")
        page.fill("#summary", "First policy")
        press(page, "text=Release it")
        assert "Version 1.0 is frozen" in page.inner_text(".done")
        assert page.locator("text=Undo the last save").count() == 0
    folder = served.folder / body.rpartition("/")[2] / "releases/1.0"
    assert "Thornbury Vale" in (folder / "overview.md").read_text("utf-8")


@audited
def test_a_trust_starts_from_its_old_policy_and_takes_what_four_reviewers_say(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    old = docx.Document()
    for heading, words in OLD.items():
        old.add_heading(heading, 1)
        old.add_paragraph(words)
    old.save(str(tmp_path / "old policy.docx"))
    with let_in(browser, served) as page:
        without_frames(page)
        body = begin(
            page,
            "Start from your old policy",
            *("Harrow Dale NHS Trust", "the trust", "England", "Health bodies in England"),
            *("Balanced", "What every body needs"),
        )
        page.set_input_files("input[type=file]", tmp_path / "old policy.docx")
        press(page, "text=Read it")
        press(page, "nav >> text=The law")
        entry = page.locator("fieldset.row", has_text="Save every post of the trust").first
        entry.locator("select").first.select_option("covered")
        entry.get_by_label("Save every post of the trust").check()
        entry.locator("select").nth(1).select_option("theirs")
        entry.locator("[id$='-note']").fill("Ours is stricter")
        entry.locator("[id$='-cleared']").fill("Head of Legal, the board, 3 December 2026")
        press(page, "text=Save what is decided")
        assert "Saved." in page.inner_text(".done")
        press(page, "nav >> text=All of it")
        press(page, "text=Show what the decisions write")
        press(page, "text=Write this")
        assert "Done" in page.inner_text("h1")
        profile = served.folder / body.rpartition("/")[2] / "profile.yaml"
        own = "\n".join(file.read_text("utf-8") for file in profile.parent.glob("*.md"))
        assert OLD["Records"] in own
        page.goto(f"{body}/review")
        page.set_input_files("input[type=file]", list(copies(profile, tmp_path)))
        press(page, "text=Read them")
        assert all(who in page.inner_text("main") for who in REVIEWERS)
        for box in page.locator("input[type=checkbox]").all():
            box.check()
        press(page, "text=Show what will be written")
        for field in page.locator("input[type=text]").all():
            field.fill("Legal, 3 December 2026")
        if page.locator(".govuk-error-summary").count():
            press(page, "text=Show what will be written")
        press(page, "text=Write this")
        now = "\n".join(file.read_text("utf-8") for file in profile.parent.glob("*.md"))
        assert now.count("otherwise") - own.count("otherwise") == len(REVIEWERS)
        assert "Undo the last save: What you took over" in page.inner_text("nav.parts")


def copies(profile: Path, folder: Path) -> Iterator[Path]:
    """Four copies of the policy in Word; each reviewer changed a word of another clause."""
    made = build(profile, workspace(), ["policy"], ["docx"]).files[-1].data
    policy = compose_profile(profile, workspace()).policies[0]
    told = (one.id for one in policy.clauses() if not (one.omission or one.binding))
    clauses = [
        id
        for id in told
        if id.partition(".")[0] not in ("about", "document", "principles", "chart")
    ]
    for who, id in zip(REVIEWERS, clauses, strict=False):
        path = folder / f"{who}.docx"
        path.write_bytes(made)
        yield edited(path, partial(otherwise, id=id, who=who))


def otherwise(word: ReturnedWord, id: str, who: str) -> None:
    texts = [t.text for p in list(word.clause(id))[1:] for t in p.iter(f"{W}t")]
    said = max((text for text in texts if text), key=len)
    word.track(id, max(said.split(), key=len), "otherwise", who)


@audited
def test_a_ministry_changes_words_and_compares(browser: Browser, served: Served) -> None:
    with let_in(browser, served) as page:
        without_frames(page)
        press(page, "main .cards >> text=Start from it: Ministry of Weather and Oceans")
        page.fill("#name", "Ministry of Tides")
        press(page, "text=Copy it")
        body = page.url.partition("?")[0]
        page.goto(f"{body}/facts/document")
        page.select_option("#policy-status", "consultation")
        page.fill("#policy-issued", "2026-12-01")
        page.fill("#policy-review_by", "2027-12-01")
        page.fill("#policy-version", "0.9")
        save(page)
        page.goto(f"{body}/release")
        page.fill("#summary", "For comment")
        press(page, "text=Release it")
        assert "Version 0.9 is frozen" in page.inner_text(".done")
        page.goto(f"{body}/contents?open=crisis")
        press(page, "main >> text=First hour >> nth=0")
        press(page, "text=Say it our way")
        area = page.locator("textarea").last
        area.fill(f"{area.input_value()}\n\nThen tell the duty forecaster.")
        page.wait_for_selector("#found >> text=Then tell the duty forecaster.")
        if page.locator("#cleared_by").count():
            page.fill("#because", "We warn people of storms")
            page.fill("#cleared_by", "Chief Executive, 3 December 2026")
        save(page)
        assert "Then tell the duty forecaster." in page.inner_text("main")
        page.goto(f"{body}/compare")
        for wanted, words in (("The last release, 0.9", "duty forecaster"), ("Raup", "differ")):
            options = page.locator("main select option")
            chosen = options.filter(has_text=wanted).first.get_attribute("value")
            page.select_option("main select", chosen)
            press(page, "main >> text='Compare' >> nth=-1")
            report = page.frame_locator("iframe.document").locator("body")
            assert words in re.sub(r"\s+", " ", report.inner_text())
        assert faults(page) == []
