"""The page in a real browser, served as a user has it: axe, the keyboard, narrow and in forced colours."""

from __future__ import annotations

import re
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import axe
import pytest
from organisations import PROFILES
from returned_copy import LAWYER, ReturnedWord, W, edited
from visitor import a_body, workspace

from policygen.pipeline.build import build
from policygen.pipeline.in_force.index import YEAR_PARTS
from policygen.pipeline.release import release
from policygen.web.app import ROUTES
from policygen.web.server import run_server
from policygen.write.pdf.press import press_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
OLD = Path(__file__).parents[2] / "bench/match/invented/harrowdale.txt"
# All that axe knows, its best practices too.
RULES = [*axe.RULES, "best-practice"]
PAGES = [
    "/",
    "/new",
    "/copy?example=fenwick",
    "/none",
    "/accessibility",
    "/stop",
    "/body/ours",
    "/body/ours/facts/you",
    "/body/ours/facts/channels",
    "/body/ours/facts/look",
    "/body/ours/facts/headings",
    "/body/ours/contents?open=law",
    "/body/ours/contents/crisis",
    "/body/ours/words",
    "/body/ours/words/house-rules.comments-off",
    "/body/ours/words/elections.partner-accounts/edit",
    "/body/ours/unknown",
    "/body/ours/preview",
    "/body/ours/check",
    "/body/ours/downloads",
    "/body/ours/release",
    "/body/fenwick",
]
BROUGHT = ["/body/ours/compare", "/body/ours/consult", "/body/ours/match", "/body/ours/review"]
YEAR = ["/body/released/in-force", *(f"/body/released/in-force/{part}" for part in YEAR_PARTS)]
# Files, printed documents and parts of a page.
NO_PAGES = re.compile(
    r"/static/|.*/(changed|show|file)/|.*\.\w+$|.*\.\{ending\}$|.*-\{file\}$|.*/(logo|undo)$"
)
# What a reader of a screen must not have to do: move it sideways.
WIDER = "document.documentElement.scrollWidth - innerWidth"
STOP = "a[href], button, input:not([type=hidden]), select, textarea, iframe, [tabindex='0']"
FOCUS = """() => {
  const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect()
  return {tag: element.tagName, name: element.name || element.textContent.trim(), line: style.outlineStyle,
          width: parseFloat(style.outlineWidth), seen: box.bottom > 0 && box.top < innerHeight}
}"""


# What has more words than its box shows, without a bar to move them.
CUT_OFF = """() => [...document.querySelectorAll('main *')].filter(e => getComputedStyle(e).overflowX == 'hidden'
  && !e.classList.contains('govuk-visually-hidden') && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"""
# The name of what has the focus, where something else lies over its first line.
COVERED = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect()
  const top = document.elementFromPoint(Math.max(1, box.left) + 2, Math.max(0, box.top) + 2)
  return element == document.body || element.contains(top) || top?.contains(element) ? '' : element.name || element.textContent
}"""


class Served:
    """The server in a thread of its own, with the address that it printed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = ""
        self.ready = threading.Event()
        self.thread = threading.Thread(
            target=run_server,
            args=(folder, workspace(), 0, self._ready, lambda: date(2027, 2, 10)),
            daemon=True,
        )

    def _ready(self, address: str) -> None:
        self.address = address
        self.ready.set()

    @property
    def origin(self) -> str:
        return self.address.partition("/?")[0]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    """It ends by its button, which the last test presses."""
    site = Served(a_body(tmp_path_factory.mktemp("profiles")))
    site.thread.start()
    assert site.ready.wait(20)
    return site


@contextmanager
def let_in(browser: Browser, served: Served, **settings: Any) -> Iterator[Page]:
    """A window that came in by the printed address, and reaches nothing but it."""
    asked: list[str] = []
    settings = {"viewport": {"width": 1280, "height": 800}, **settings}
    with browser.new_context(**settings) as context:
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(served.address)
        page.wait_for_url(f"{served.origin}/")
        yield page
        assert [url for url in asked if not url.startswith(served.origin)] == []


@pytest.fixture(scope="module")
def window(browser: Browser, served: Served) -> Iterator[Page]:
    with let_in(browser, served) as page:
        yield page


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


def press(page: Page, words: str) -> None:
    """Press what bears some words, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.click(words)


def faults(page: Page) -> list[str]:
    return axe.axe_faults(page, RULES)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_a_telephone(
    path: str, window: Page, served: Served
) -> None:
    window.emulate_media(color_scheme="dark" if len(path) % 2 else "light")
    window.goto(served.origin + path)
    assert faults(window) == []
    window.set_viewport_size({"width": 320, "height": 640})
    assert window.evaluate(WIDER) <= 0
    window.set_viewport_size({"width": 1280, "height": 800})


def test_every_kind_of_page_is_looked_at() -> None:
    """So that the accessibility statement may say so."""
    for path, _, _ in ROUTES:
        pattern = re.sub(r"\{\w+\}", "[^/?]+", path) + r"(\?.*)?"
        looked_at = any(re.fullmatch(pattern, one) for one in (*PAGES, *BROUGHT, *YEAR))
        assert looked_at or NO_PAGES.match(path), path


def test_axe_is_seen_to_find_a_fault(window: Page, served: Served) -> None:
    window.goto(served.origin)
    window.evaluate("document.querySelector('h1').outerHTML = '<h4><img src=x></h4>'")
    found = faults(window)
    assert any(fault.startswith("image-alt") for fault in found)
    assert any(fault.startswith("page-has-heading-one") for fault in found)


def test_a_form_with_faults_and_one_that_clashes(window: Page, served: Served) -> None:
    window.goto(f"{served.origin}/body/ours/facts/document")
    window.fill("#policy-review_by", "2020-01-01")
    save(window)
    assert window.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert faults(window) == []
    window.click(".govuk-error-summary a")
    assert window.evaluate("document.activeElement.id") == "policy-review_by"
    window.goto(f"{served.origin}/body/ours/facts/public")
    profile = served.folder / "ours/profile.yaml"
    profile.write_text(profile.read_text().replace("fenwick.example/complaints", "c.example/"))
    window.fill("#website", "https://two.example")
    save(window)
    assert window.evaluate("document.activeElement.className") == "clash"
    assert faults(window) == []


def test_words_and_contents_are_previewed_as_one_types(window: Page, served: Served) -> None:
    window.goto(f"{served.origin}/body/ours/words/permission.default/edit")
    window.fill("[id='words.3']", "Say so to .")
    window.evaluate("document.getElementById('words.3').setSelectionRange(10, 10)")
    window.focus("[id='words.3']")
    window.click("summary")
    window.click("[data-fact='contacts.legal.role']")
    window.wait_for_selector("#found >> text=Say so to the Monitoring Officer.")
    window.fill("[id='words.3']", "<b>{{ nothing }}</b>")
    window.wait_for_selector("#found >> text=Not like this")
    save(window)
    assert window.evaluate("document.activeElement.className") == "govuk-error-summary"
    assert faults(window) == []
    window.goto(f"{served.origin}/body/ours/facts/contacts")
    window.fill("#contacts-legal-role", "the Town Clerk")
    window.wait_for_selector("#found >> text=Not saved yet")
    assert "the Town Clerk" in window.frame_locator("#found iframe").locator("body").inner_text()
    assert faults(window) == []
    window.fill("#contacts-legal-role", "the Monitoring Officer")
    save(window)
    window.goto(f"{served.origin}/body/ours/contents/crisis")
    window.check("text=Leave it out")
    window.fill("#because", "Our plan")
    window.fill("#see_title", "Emergency plan")
    window.wait_for_selector("#found >> text=You would promise no more")
    assert faults(window) == []
    save(window)
    window.press("[name=up][value=law]", "Enter")
    window.wait_for_selector("text=Moved up: 19 Law")
    assert window.evaluate("document.activeElement.value") == "law"


def test_a_change_outside_is_told_on_an_open_page(window: Page, served: Served) -> None:
    window.goto(f"{served.origin}/body/ours/facts/public")
    profile = served.folder / "ours/profile.yaml"
    profile.write_text(f"{profile.read_text()}# A note.\n")
    window.evaluate(
        "htmx.trigger('.meanwhile', 'load'); htmx.ajax('GET', document.querySelector('.meanwhile').getAttribute('hx-get'), '.meanwhile')"
    )
    window.wait_for_selector(".meanwhile .warn", timeout=9_000)
    assert faults(window) == []


def test_nobody_loses_one_form_by_sending_another(window: Page, served: Served) -> None:
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    window.goto(f"{served.origin}/body/ours/facts/look")
    before = window.url
    window.locator("[name='brand.colour']").press_sequentially("#123")
    window.on("dialog", stay)
    window.get_by_role("button", name="Upload the logo").click()
    window.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert window.url == before
    assert "#123" in window.locator("[name='brand.colour']").input_value()
    window.locator("[name='brand.colour']").fill("#123456")
    save(window)  # what is sent itself is not asked for
    assert asked == ["beforeunload"]
    window.remove_listener("dialog", stay)


def test_the_state_of_a_release_without_pdf(
    window: Page, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policygen.pipeline.release.default_formats", lambda: ("md", "pdf"))
    monkeypatch.setattr("policygen.pipeline.publish.publish.default_formats", lambda: ("md", "pdf"))
    press_for.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # as where its library is missing
    window.goto(f"{served.origin}/body/ours/release")
    window.fill("#summary", "First policy")
    press(window, "text=Release it")
    assert window.locator("text=Release it without PDF").count() == 1
    assert faults(window) == []


def test_the_keyboard_reaches_all_in_order_and_one_sees_where_one_is(
    window: Page, served: Served
) -> None:
    window.goto(f"{served.origin}/body/ours/facts/public")
    stops = []
    for _ in range(window.locator(STOP).count() + 1):
        window.keyboard.press("Tab")
        stops.append(window.evaluate(FOCUS))
    assert stops[0]["name"] == "Skip to the main part"
    unseen = [
        s
        for s in stops
        if s["tag"] not in ("BODY", "IFRAME") and not (s["seen"] and s["width"] >= 2)
    ]
    assert unseen == []
    names = [stop["name"] for stop in stops]
    assert [name for name in names if name in ("languages", "website", "complaints")] == [
        "languages",
        "website",
        "complaints",
    ]
    assert "Save" in names


@pytest.mark.parametrize(
    "path",
    ["facts/channels", "contents?open=law", "words/permission.default/edit", "release", "compare"],
)
def test_at_four_times_the_size_all_is_read_downwards_and_no_focus_is_hidden(
    path: str, browser: Browser, served: Served
) -> None:
    """A zoom of 400 % on a window of 1280 by 1024: a quarter of its width and of its height."""
    zoom = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
    with let_in(browser, served, **zoom) as page:
        page.goto(f"{served.origin}/body/ours/{path}")
        assert page.evaluate(WIDER) <= 0
        assert page.evaluate(CUT_OFF) == []
        for _ in range(min(40, page.locator(STOP).count())):
            page.keyboard.press("Tab")
            assert page.evaluate(COVERED) == ""


def test_a_zoom_test_sees_what_it_looks_for(browser: Browser, served: Served) -> None:
    with let_in(browser, served, viewport={"width": 320, "height": 256}) as page:
        page.goto(f"{served.origin}/body/ours/facts/public")
        page.evaluate(
            "Object.assign(document.querySelector('h1').style, {width: '10rem', overflow: 'hidden', whiteSpace: 'nowrap'})"
        )
        page.evaluate(
            "Object.assign(document.querySelector('.bar').style, {position: 'fixed', inset: 0, background: '#fff'})"
        )
        assert page.evaluate(CUT_OFF) == ["Languages and addresses"]
        page.focus("#website")
        assert page.evaluate(COVERED) == "website"


def test_a_key_saves_and_forced_colours_show_every_field(browser: Browser, served: Served) -> None:
    with let_in(browser, served, forced_colors="active") as page:
        page.goto(f"{served.origin}/body/ours/facts/public")
        page.fill("#website", "https://three.example")
        page.press("#website", "Enter")
        page.wait_for_selector(".done")
        page.wait_for_load_state()
        borders = page.evaluate(
            "[...document.querySelectorAll('.govuk-input, .govuk-button')].map(e => getComputedStyle(e).borderTopStyle)"
        )
        assert set(borders) == {"solid"}
    assert "https://three.example" in (served.folder / "ours/profile.yaml").read_text()


def first_words(word: ReturnedWord, id: str) -> None:
    """Put other words in the place of some of a clause."""
    texts = [t.text for p in word.clause(id) for t in p.iter(f"{W}t")]
    said = next(text for text in texts if text and len(text.split()) > 4)
    word.track(id, said.split()[1], "otherwise", LAWYER)


def test_what_others_bring_is_decided_without_script_and_axe_finds_nothing(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    """Axe needs the script of its own only: the page's does not run before the form is sent."""
    profile = served.folder / "ours/profile.yaml"
    copy = tmp_path / "lawyer.docx"
    copy.write_bytes(build(profile, workspace(), ["policy"], ["docx"]).files[-1].data)
    edited(copy, *(partial(first_words, id=id) for id in ("law.records", "law.defamation")))
    with let_in(browser, served) as page:
        ours = f"{served.origin}/body/ours"
        page.route("**/static/*.js", lambda route: route.abort())
        page.goto(f"{ours}/compare?other=posture.cautious")
        shown = page.frame_locator("iframe").locator("h1").inner_text()
        assert shown == "How two policies differ"
        assert faults(page) == []
        page.goto(f"{ours}/consult")
        press(page, "text=Open the consultation")
        assert faults(page) == []
        page.goto(f"{ours}/match")
        page.set_input_files("input[type=file]", OLD)
        press(page, "text=Read it")
        press(page, "nav >> text=What we post")
        assert faults(page) == []
        page.goto(f"{ours}/review")
        page.set_input_files("input[type=file]", copy)
        press(page, "text=Read them")
        for box in page.locator("input[type=checkbox]").all():
            box.check()
        press(page, "text=Show what will be written")
        assert page.locator(".govuk-error-message").count() == 2
        assert faults(page) == []
        for field in page.locator("input[type=text]").all():
            field.fill("Legal, 3 December 2026")
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate(WIDER) <= 0
        press(page, "text=Show what will be written")
        assert page.evaluate(WIDER) <= 0
        assert faults(page) == []


def test_a_year_is_carried_without_script_and_axe_finds_nothing(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    """Of a body with a long name, on a wide screen, a telephone's and at four times the size."""
    profile = served.folder / "released/profile.yaml"
    shutil.copytree(PROFILES / "fenwick", profile.parent)
    named = "name: The Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Joint Authority"
    profile.write_text(re.sub("(?m)^name: .*$", named, profile.read_text("utf-8")), "utf-8")
    release(profile, workspace(), "First", "", ["overview"], ["md"])
    back = tmp_path / "back.csv"
    back.write_text("Name,Role,Version,Signed on\nAda Byrne,Officer,1.0,2026-12-09\nBo Cole,Porter,,\n")  # fmt: skip
    with let_in(browser, served) as page:
        page.route("**/static/*.js", lambda route: route.abort())
        for path in YEAR:
            page.goto(served.origin + path)
            assert (path, faults(page)) == (path, [])
            page.set_viewport_size({"width": 320, "height": 640})
            assert (path, page.evaluate(WIDER)) == (path, 0)
            page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{served.origin}{YEAR[0]}")
        page.click("text=Who has signed")
        page.set_input_files("#file", back)
        press(page, "button >> text=Read")
        assert "Bo Cole" in page.frame_locator("iframe").locator("body").inner_text()
        assert faults(page) == []
        page.goto(f"{served.origin}/body/released/in-force/evidence")
        page.fill("#on", "2026-01-01")
        press(page, "text=Look it up")
        assert faults(page) == []
        page.click(".govuk-error-summary a")
        assert page.evaluate("document.activeElement.id") == "on"
        page.fill("#on", "2027-01-15")
        press(page, "text=Look it up")
        assert "version 1.0 was in force" in page.locator("main").inner_text()
        page.go_back()
        assert "No version of released was in force" in page.locator("main").inner_text()
    zoom = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}
    with let_in(browser, served, **zoom) as page:
        page.goto(f"{served.origin}/body/released/in-force/evidence")
        assert (page.evaluate(WIDER), page.evaluate(CUT_OFF)) == (0, [])
        reached = []
        for _ in range(page.locator(STOP).count()):
            page.keyboard.press("Tab")
            assert page.evaluate(COVERED) == ""
            reached.append(page.evaluate("document.activeElement.name"))
        assert list(dict.fromkeys(filter(None, reached))) == ["on", "clauses", "audience", "full"]


def test_without_script_all_of_it_works(browser: Browser, served: Served) -> None:
    """The last: its button ends the server."""
    with let_in(browser, served, java_script_enabled=False) as page:
        page.goto(f"{served.origin}/body/ours/words/law.data-protection/edit")
        page.fill("[id='words.1']", "Ask {{ contacts.legal.role }}.")
        page.click("text=See how it prints")
        assert "Ask the Monitoring Officer." in page.locator("#found").inner_text()
        save(page)
        assert "Saved." in page.locator(".done").inner_text()
        page.goto(f"{served.origin}/body/ours/facts/channels")
        rows = page.locator("fieldset.row").count()
        page.fill(f"#channels-{rows - 1}-platform", "Bluesky")
        save(page)
        assert page.locator("fieldset.row").count() == rows + 1
        page.goto(f"{served.origin}/body/fenwick/preview")
        shown = page.frame_locator("iframe.document").locator("h1")
        assert "Social media policy" in shown.inner_text()
        page.goto(f"{served.origin}/body/ours/facts/look")
        page.set_input_files("input[type=file]", served.folder / "ours/logo.svg")
        page.click("text=Upload the logo")
        assert "Saved" in page.locator(".done").inner_text()
        page.goto(served.origin)
        page.click("text=End policygen")
        page.click("text=End it")
        assert "has ended" in page.locator("main").inner_text()
    served.thread.join(10)
    assert not served.thread.is_alive()
