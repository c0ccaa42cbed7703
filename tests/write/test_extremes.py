"""The short editions of an organisation that stretches everything, as printed: nothing cut, torn or nearly empty."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from lxml import etree
from organisations import PROFILES, library, once, workspace
from PIL import Image
from sample import sample_document
from tools import outside_tool
from tracked import W

from policygen.lint.budget import pages_fault
from policygen.model.document import Document, Paragraph, Text
from policygen.model.policy import Policy
from policygen.pipeline.compose_profile import compose_profile
from policygen.present.edition import present
from policygen.write.docx.writer import DocxWriter
from policygen.write.pdf.writer import render

NAME = "The Combined Authority for the Parishes and Districts of Northern Wexmoorshire, the Vale and the Islands"
WELSH = "Yr Awdurdod Cyfun dros Blwyfi a Dosbarthiadau Gogledd Swydd Wecsmŵr, y Dyffryn â’r Ynysoedd Ŷd a Thŷ Dŵr"
OWNER = "Assistant Director of Communications, Engagement and Democratic Participation"
CHANNEL = """  - platform: Facebook
    handle: "@NorthernWexmoorshireValeAndIslands{number}"
    purpose: Museums, archives, libraries and everything that is on, with live films of the meetings
    owner: Digital Communications Officer
    languages: [en-GB]
    staffed_hours: Monday to Friday, 9am to 5pm
    response_time: 1 working day
    moderation: after
    status: active
"""
# What each does to the profile of Glanmorfa: a name and roles as long as they come, thirty accounts, and no facts.
STRETCHED = [
    (r"^name: .*", f"name: {NAME}"),
    (r"^local_names: .*", f'local_names: {{cy: "{WELSH}"}}'),
    (r"role: the Head of Communications,", f'role: "{OWNER}",'),
    (r"^  number: .*", "  number: NWVI-COMMS-POL-2026-000147-B"),
    (r"^brand: .*", 'brand: {colour: "#ffe58a"}'),
    (
        r"^channels:\n(?:  .*\n)*",
        "channels:\n" + "".join(CHANNEL.format(number=n) for n in range(30)),
    ),
]
BARE = """\
name: Raupōroa Āwhina Trust
short_name: the trust
kind: council
jurisdiction: new-zealand
posture: cautious
"""
BUDGETED = ("overview", "snapshot", "principles")


@cache
def policy(kind: str) -> Policy:
    text = BARE
    if kind in ("stretched", "drafted"):
        text = (PROFILES / "glanmorfa/profile.yaml").read_text("utf-8")
        for pattern, put in STRETCHED:
            text, count = re.subn(pattern, lambda _, put=put: put, text, flags=re.M)
            assert count, pattern
    if kind == "drafted":
        text = text.replace("  status: approved", "  status: draft")
    with TemporaryDirectory() as folder:
        file = Path(folder) / "profile.yaml"
        file.write_text(text, "utf-8")
        return compose_profile(file, workspace()).policies[0]


def document(kind: str, edition: str) -> Document:
    return present(policy(kind), edition)


@cache
def printed(kind: str, edition: str) -> tuple[bytes, int]:
    """The PDF and its pages."""
    return once(f"{kind}-{edition}.pdf", lambda: _print(kind, edition))


def _print(kind: str, edition: str) -> tuple[bytes, int]:
    data, pages, messages, _ = render(document(kind, edition))
    assert [message.getMessage() for message in messages] == []
    return data, pages


@cache
def shown(kind: str, edition: str, *options: str) -> str:
    """What pdftotext reads."""
    command = [outside_tool("pdftotext"), *(options or ["-layout"]), "-", "-"]
    return subprocess.run(
        command, input=printed(kind, edition)[0], capture_output=True, check=True
    ).stdout.decode()


@pytest.mark.slow
@pytest.mark.parametrize("edition", BUDGETED)
def test_the_longest_name_and_thirty_accounts_keep_to_their_pages(edition: str) -> None:
    budget = library().outline.editions[edition].pages
    assert budget
    assert printed("stretched", edition)[1] <= budget


@pytest.mark.slow
def test_a_poster_of_gaps_is_one_page_too() -> None:
    assert printed("bare", "overview")[1] == 1


@pytest.mark.slow
def test_a_list_of_gaps_has_a_page_of_its_own_that_no_budget_counts() -> None:
    pages = shown("bare", "snapshot", "-raw").split("\f")[:-1]
    assert printed("bare", "snapshot")[1] == len(pages) - 1 == 4
    assert "What is still missing" in pages[-1]
    assert list(pages_fault(policy("bare"), "snapshot", 4)) == []


def test_every_gap_of_a_close_draft_leads_to_what_it_lacks() -> None:
    data = DocxWriter().write(document("bare", "snapshot"))
    root = etree.fromstring(ZipFile(BytesIO(data)).read("word/document.xml"))
    places = {one.get(f"{W}name") for one in root.iter(f"{W}bookmarkStart")}
    links = [one for one in root.iter(f"{W}hyperlink") if "[gap" in "".join(one.itertext())]
    assert len(links) > 3
    assert {one.get(f"{W}anchor") for one in links} <= places


@pytest.mark.slow
def test_setting_closer_is_what_keeps_it_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, the roomy setting holds the longest name: ask for more."""
    monkeypatch.setattr(
        "policygen.write.pdf.writer._NEARLY_EMPTY", 0
    )  # it is set closer for that too
    roomy = replace(document("stretched", "overview"), pages=0)  # as many as it takes
    assert render(roomy)[1] > printed("stretched", "overview")[1]


def last_lines(data: bytes) -> int:
    """How many lines of text stand on the last page, between its head and its foot."""
    tool = [outside_tool("pdftotext"), "-bbox-layout", "-", "-"]
    pages = subprocess.run(tool, input=data, stdout=subprocess.PIPE, check=True).stdout
    last = pages.decode().rpartition("<page ")[2]
    tops = [float(top) for top in re.findall(r'<line [^>]*yMin="([\d.]+)"', last)]
    return sum(60 < top < 780 for top in tops)  # points of an A4 page


ONE_PAGE = 15  # lines that fit on the first


@pytest.mark.slow
def test_no_last_page_holds_but_a_few_lines() -> None:
    """Of documents each a line longer than the one before, through a whole page."""
    few: list[tuple[int, int]] = []
    whole = sample_document("brief")
    for number in range(ONE_PAGE, 32):
        lines = tuple(Paragraph((Text(f"Line {at}."),)) for at in range(number))
        rendered = render(replace(whole, body=(*whole.body[:1], *lines), pages=0))
        assert number > ONE_PAGE or rendered.pages == 1
        if rendered.pages > 1 and last_lines(rendered.pdf) < 3:
            few.append((number, rendered.pages))
    assert few == []


def test_what_cannot_fit_is_said() -> None:
    (problem,) = pages_fault(policy("stretched"), "policy", 23)
    assert "23 pages, and its budget is 20" in problem.what
    assert problem.mend.startswith("Cut the longest: conduct.seven-limits")


EVERY = [*(("stretched", edition) for edition in (*BUDGETED, "house-rules")), ("bare", "overview")]


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "edition"), EVERY)
def test_no_page_is_nearly_empty(kind: str, edition: str) -> None:
    pages = shown(kind, edition).split("\f")[:-1]
    assert len(pages) == printed(kind, edition)[1]
    assert min(len(page.split()) for page in pages) >= 50


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "edition"), EVERY)
def test_nothing_is_cut_at_the_edges(kind: str, edition: str) -> None:
    boxes = shown(kind, edition, "-bbox")
    width, height = (
        float(value)
        for value in re.search(r'<page width="([\d.]+)" height="([\d.]+)"', boxes).groups()
    )  # type: ignore[union-attr]
    words = re.findall(
        r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>',
        boxes,
    )
    edge = 8  # points
    out = [
        w
        for *box, w in words
        if not _within([float(side) for side in box], edge, width - edge, height - edge)
    ]
    assert out == []


@cache
def begun(edition: str) -> bytes:
    """The first pages of a draft, as a PDF."""
    draft = document("drafted", edition)
    return once(f"begun-{edition}.pdf", lambda: render(replace(draft, body=draft.body[:4]))[0])


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["policy", "snapshot", "house-rules"])
def test_the_head_of_a_page_is_one_line_ten_millimetres_from_its_edge(edition: str) -> None:
    command = [outside_tool("pdftotext"), "-bbox", "-f", "2", "-l", "2", "-", "-"]
    boxes = subprocess.run(command, input=begun(edition), capture_output=True, check=True).stdout
    words = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="[\d.]+">(.*)<', boxes.decode())
    top = min(float(y) for y, _ in words)
    head = " ".join(word for y, word in words if float(y) < top + 13)  # points, one line
    assert top > 72 / 2.54
    assert head.startswith("The council: policy not in force ")
    title = library().outline.editions[edition].title
    assert head.endswith(f": {title.lower()}"), "not cut off"


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["policy", "snapshot", "house-rules"])
def test_the_band_of_a_draft_and_a_long_name_do_not_touch(edition: str) -> None:
    """Down the second page the first ink is the band alone: six points, and then paper."""
    resolution = 144  # two rows of dots to a point
    command = [outside_tool("pdftoppm"), "-r", str(resolution), "-f", "2", "-l", "2", "-gray", "-"]
    page = subprocess.run(command, input=begun(edition), capture_output=True, check=True).stdout
    with Image.open(BytesIO(page)) as picture:
        width, dots = picture.width, picture.convert("L").tobytes()
    rows = [min(dots[at : at + width]) < 128 for at in range(0, len(dots) // 8, width)]
    top = rows.index(True)
    assert rows[top:].index(False) <= 2 * 6 + 2


def _within(box: list[float], least: float, right: float, bottom: float) -> bool:
    return least <= box[0] and least <= box[1] and box[2] <= right and box[3] <= bottom


@pytest.mark.slow
def test_a_short_name_stands_at_the_head_of_every_page_where_the_whole_one_is_too_long() -> None:
    for page in shown("stretched", "snapshot").split("\f")[1:-1]:
        head = " ".join(page.lstrip().split("\n")[0].split())
        assert head == "The council Social media policy: snapshot"
    for page in shown("bare", "snapshot").split("\f")[1:-1]:
        assert page.lstrip().startswith("Raupōroa Āwhina Trust: policy not in force")


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["overview", "principles", "snapshot"])
def test_a_date_in_the_control_line_is_not_torn(edition: str) -> None:
    assert "14 December 2027" in shown("stretched", edition).replace("\u00a0", " ")
