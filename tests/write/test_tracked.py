"""The second policy with every change tracked: accepted it is the second, rejected it is the first.

Read by a reader of our own that knows nothing of the writer, judged by two validators, and settled by LibreOffice.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from functools import cache
from hashlib import sha256
from io import BytesIO
from itertools import combinations, pairwise, takewhile
from pathlib import Path
from zipfile import ZipFile

import pytest
from covering import covering
from judges import ooxml_validate, openxml_audit
from organisations import ALL, EVERYTHING, once, policies
from sample import COUNCIL, sample_document
from tools import outside_tool
from tracked import Line, Tracked, W

from policygen.diff import differences
from policygen.diff.blocks import Redline
from policygen.model import document as doc
from policygen.model.document import Revision, Text
from policygen.model.policy import Policy
from policygen.present.cut import NO_NUMBERING, Cut, Numbering
from policygen.present.edition import lay_out
from policygen.report.changes.redline import redline
from policygen.write.docx import neighbours
from policygen.write.docx.table_visitor import TableVisitor
from policygen.write.docx.writer import DocxWriter

Case = tuple[str, str, str]  # the first policy, the second, how deep both are told

PAIRS = list(combinations(ALL, 2))
# Every pair in one direction at the first depth, in the other at the second; in full, bodies and their neighbours.
SHORT = [case for a, b in PAIRS for case in ((a, b, "overview"), (b, a, "snapshot"))]
LONG = [(a, b, "full-story") for a, b in pairwise(ALL)]
if not EVERYTHING:  # each body on either side at each depth, and every twelfth case
    chosen = {*covering(SHORT, enumerate), *SHORT[::12]}
    SHORT, LONG = [case for case in SHORT if case in chosen], LONG[::3]
# What `make quick` has of them: every body once on either side.
QUICK = set(covering(SHORT, enumerate))
EACH = [
    pytest.param(case, marks=() if case in QUICK else pytest.mark.slow) for case in (*SHORT, *LONG)
]
# Those whose words differ most, for what takes its time.
FAR = [("fenwick", "rauporoa", tier) for tier in ("overview", "snapshot", "full-story")]


@cache
def policy(name: str) -> Policy:
    return policies(name)[0]


@cache
def tracked(case: Case) -> bytes:
    first, second, tier = case
    return DocxWriter().write(redline(differences(policy(first), policy(second)), tier))


def numbers(case: Case) -> Numbering:
    """In a comparison, the first policy's sources and gaps bear the second's numbers; only the full story lists sources."""
    _, second, tier = case
    given = Cut(policy(second), policy(second).outline.editions[tier]).numbering
    return given if tier == "full-story" else replace(given, sources=())


@cache
def plain(name: str, tier: str, given: Numbering) -> bytes:
    """One policy without a comparison. With the numbers of another's sources, its own are text and have gaps."""
    made = lay_out(Cut(policy(name), policy(name).outline.editions[tier], given))
    return DocxWriter().write(
        replace(made, meta=replace(made.meta, reviser="Nobody")) if given.sources else made
    )


@cache
def lines(name: str, tier: str, given: Numbering = NO_NUMBERING) -> list[Line]:
    return Tracked(plain(name, tier, given)).lines()


# --- By the letter of the standard ----------------------------------------------------------------------


@pytest.mark.parametrize("case", EACH, ids="-".join)
def test_accepted_it_is_the_second_policy_and_rejected_the_first(case: Case) -> None:
    (first, second, tier), made = case, Tracked(tracked(case))
    assert made.accepted() == lines(second, tier)
    assert made.rejected() == lines(first, tier, numbers(case))
    assert made.faults() == []


@pytest.mark.slow
@pytest.mark.parametrize("case", LONG[:2], ids="-".join)
def test_settled_either_way_every_clause_cites_the_same_sources(case: Case) -> None:
    """Whatever their numbers are then."""
    (first, second, tier), made = case, Tracked(tracked(case))
    for found, name in ((made.accepted(), second), (made.rejected(), first)):
        assert cited(found) == cited(lines(name, tier))
        citing = [c for s in policy(name).sections for c in s.clauses if c.citations]
        assert len(cited(found)) == len(citing) > 0


def cited(found: list[Line]) -> list[set[str]]:
    """The titles of the sources that each clause cites."""
    references = (line.text for line in found if line.style == "Reference")
    listed = (text.split(".\t", 1) for text in references if ".\t" in text)  # but the days, last
    titles = {number: told.split(" Cited in ")[0] for number, told in listed}
    slips = (re.search(r"Sources? (.*)", line.text) for line in found if line.style == "Remark")
    told = (
        re.sub(r"\((?:[^()]|\([^()]*\))*\)", "", slip[1]) for slip in slips if slip
    )  # without places in them
    return [{titles[number] for number in re.findall(r"\d+", numbers)} for numbers in told]


@pytest.mark.slow
def test_the_contents_list_is_the_second_policys() -> None:
    for case in LONG[:3]:
        made, second = (
            Tracked(data) for data in (tracked(case), plain(case[1], case[2], numbers(case)))
        )
        assert [entry.strip() for entry in made.contents()] == [
            entry.strip() for entry in second.contents()
        ]


def test_a_reviewer_reads_whose_changes_they_are_and_the_second_policys_date() -> None:
    for first, second, name, date in (
        ("fenwick", "rauporoa", "Raupōroa District Council", "2026-12-07"),
        ("rauporoa", "fenwick", "Fenwick Borough Council", "2026-12-07"),
    ):
        changes = Tracked(tracked((first, second, "overview"))).changes()
        assert {(one.get(f"{W}author"), one.get(f"{W}date")[:10]) for one in changes} == {
            (name, date)
        }


def test_a_redline_says_under_its_title_what_it_is_compared_with() -> None:
    """Another body by its name, another version of the same policy by its version."""
    other = redline(differences(policy("fenwick"), policy("rauporoa")), "overview")
    assert other.masthead.lead.endswith(". Compared with Fenwick Borough Council.")
    now = policy("fenwick")
    control = now.profile.policy.model_copy(update={"version": "2.0"})
    later = replace(now, profile=now.profile.model_copy(update={"policy": control}))
    lead = redline(differences(now, later), "overview").masthead.lead
    assert lead.endswith(". Compared with version 1.0, approved.")


# --- What bit -------------------------------------------------------------------------------------------


def p(words: str, change: Revision | None = None) -> doc.Paragraph:
    return doc.Paragraph((Text(words),), change=change)


def bullets(*items: str) -> doc.List:
    return doc.List(tuple(doc.ListItem((p(item),), f"c.{item}", clause=True) for item in items))


def table(*rows: str) -> doc.Table:
    return doc.Table(None, tuple(doc.Row(((Text(row),), (Text("said"),))) for row in rows))


def topic(name: str, *items: str, **facts: str) -> doc.Topic:
    told = tuple((label, (Text(fact),)) for label, fact in facts.items())
    return doc.Topic(name, name[-1], (Text(name),), (bullets(*items),), told)


def clause(name: str, *blocks: doc.Block) -> doc.ClauseBlock:
    return doc.ClauseBlock(name, (doc.Heading(3, (Text(f"Clause {name}"),), name), *blocks))


def aside(*blocks: doc.Block) -> doc.Aside:
    return doc.Aside(doc.AsideKind.EXAMPLE, "Example", blocks)


def note(*passages: str) -> doc.Aside:
    return doc.Aside(doc.AsideKind.NOTE, "Note", tuple(map(p, passages)))


def column(*blocks: doc.Block) -> doc.Columns:
    return doc.Columns((doc.Column(blocks), doc.Column((p("Beside."),))))


LINK = doc.Paragraph((doc.Link("#c.moved", (Text("see there"),)),))
BIT = {
    "the last item of a cell": (column(bullets("a", "b")), column(bullets("a"))),
    "the last passage of a cell": (column(p("A."), p("Old words.")), column(p("A."), table("x"))),
    "all of a row of columns": ((), column(p("A."), p("B."))),
    "a row of columns of which one goes": (
        column(p("One thing."), p("Two.")),
        column(p("Another altogether.")),
    ),
    "a pair of a do and a do not": ((), doc.DoDont(aside(p("A.")), aside(p("B."), bullets("x")))),
    "a box": (aside(p("A."), bullets("x", "y")), ()),
    "the first passage of a note": (note("One thing.", "Stays."), note("Stays.")),
    "a note that begins in other words": (
        note("One thing.", "Stays."),
        note("Quite another.", "Stays."),
    ),
    "a topic": (
        topic("t1", "a", decides="she"),
        (topic("t1", "a", decides="she"), topic("t2", "b", by="May")),
    ),
    "a topic's facts": (topic("t1", "a", decides="she", by="May"), topic("t2", "a", by="June")),
    "a topic's last fact": (
        topic("t1", "a", decides="she"),
        topic("t1", "a", decides="she", by="June"),
    ),
    "what stood between two tables": (
        (table("a"), p("Between."), table("b", "c")),
        (table("a"), table("b", "c")),
    ),
    "a passage and a table": (p("Stays."), (p("Stays."), p("New."), table("a"))),
    "the last of all": ((p("Stays."), p("Goes.")), (p("Stays."),)),
    "a table's title": (replace(table("a"), caption=(Text("Title"),)), table("a")),
    "a table": ((p("Stays."), replace(table("a"), caption=(Text("Title"),))), p("Stays.")),
    "a row": (table("a", "b", "c"), table("a", "c", "d")),
    "an item that reads otherwise": (bullets("a", "b"), bullets("a", "wholly new")),
    "a clause that has moved": (
        (LINK, clause("c.moved", p("M.")), clause("c.b", p("B.")), clause("c.c", p("C."))),
        (LINK, clause("c.b", p("B.")), clause("c.c", p("C.")), clause("c.moved", p("M."))),
    ),
    "a clause of another name": (
        clause("c.a", p("Same.")),
        replace(clause("c.b", p("Same.")), id="c.a"),
    ),
    "a number": (
        doc.Heading(3, (Text("Same"),), "c.a", "1.2"),
        doc.Heading(3, (Text("Same"),), "c.a", "1.3"),
    ),
    "a link": (
        doc.Paragraph((Text("Read "), doc.Link("https://a.example/", (Text("this"),)))),
        p("Read that"),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["brief", "book"])
@pytest.mark.parametrize("what", BIT)
@pytest.mark.parametrize("around", [False, True], ids=["alone", "within"])
def test_nothing_is_left_of_a_change_that_is_settled(what: str, layout: str, around: bool) -> None:
    first, second = (side if isinstance(side, tuple) else (side,) for side in BIT[what])
    if around:
        first, second = ((p("Before."), *side, p("After.")) for side in (first, second))
    made = Tracked(write(layout, *Redline().blocks(first, second)))
    assert made.accepted() == Tracked(write(layout, *second)).lines()
    assert made.rejected() == Tracked(write(layout, *first)).lines()
    assert made.changes()
    assert made.faults() == []


def write(layout: str, *body: doc.Block) -> bytes:
    sample = sample_document(layout)
    head = replace(sample.masthead, control=None)
    return DocxWriter().write(
        replace(sample, body=body, masthead=head, meta=replace(sample.meta, reviser=COUNCIL))
    )


def test_thin_lines_stand_where_libreoffice_would_join_or_leave_a_passage() -> None:
    """Where a passage ends with a change and the next is one; and before what comes or goes with a table."""
    ended = doc.Paragraph(
        (Text("Write to "), doc.Deleted((Text("her"),)), doc.Inserted((Text("him"),)))
    )
    new, stays = p("New.", Revision.INSERTED), p("Stays.")
    assert styles(ended, new, stays) == ["BodyText", "Spacer", "BodyText", "BodyText"]
    assert styles(stays, new, stays) == ["BodyText", "BodyText", "BodyText"]
    rows = tuple(replace(row, change=Revision.INSERTED) for row in table("x").rows)
    assert styles(stays, new, doc.Table(None, rows))[:4] == [
        "BodyText",
        "Spacer",
        "BodyText",
        "Spacer",
    ]


def styles(*body: doc.Block) -> list[str]:
    """Of the paragraphs of the body, without the head."""
    found = Tracked(write("book", *body)).body().findall(f"{W}p")
    named = [one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for one in found]
    return named[named.index("BodyText") + 1 :]  # the first is the document's status


@pytest.mark.parametrize(
    ("holder", "left_out", "what"),
    [
        (TableVisitor, "_close", "the last item of a cell"),
        (TableVisitor, "_close", "all of a row of columns"),
        (neighbours, "_separate_table", "what stood between two tables"),
    ],
)
def test_it_would_be_noticed(
    holder: object, left_out: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holder, left_out, lambda *_: None)
    with pytest.raises((AssertionError, IndexError)):
        test_nothing_is_left_of_a_change_that_is_settled(what, "book", True)


# --- The reader itself ----------------------------------------------------------------------------------

INS, DEL = (
    f'<w:pPr><w:rPr><w:{kind} w:id="1" w:author="a" w:date="d"/></w:rPr></w:pPr>'
    for kind in ("ins", "del")
)
A, B, GONE = (
    "<w:r><w:t>a</w:t></w:r>",
    "<w:r><w:t>b</w:t></w:r>",
    "<w:r><w:delText>b</w:delText></w:r>",
)
LEADS = '<w:p><w:hyperlink w:anchor="b"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>'
CELL = "<w:tc><w:p/></w:tc>"


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (f"<w:p>{INS}{A}</w:p><w:p>{B}</w:p>", ["a", "b"], ["ab"]),
        (f"<w:p>{DEL}{A}</w:p><w:p>{B}</w:p>", ["ab"], ["a", "b"]),
        (f"<w:p>{A}</w:p><w:p>{DEL}</w:p>", ["a", ""], ["a", ""]),
        (f"<w:p>{DEL}</w:p><w:tbl><w:tr>{CELL}</w:tr></w:tbl>", ["1", ""], ["", "1", ""]),
        (f'<w:p><w:ins w:id="1">{A}</w:ins><w:del w:id="2">{GONE}</w:del></w:p>', ["a"], ["b"]),
        (f'<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr>{CELL}</w:tr></w:tbl>', [], ["1", ""]),
    ],
)
def test_the_reader_settles_as_the_standard_says(
    body: str, accepted: list[str], rejected: list[str]
) -> None:
    made = Tracked(package(body))
    assert [line.text for line in made.accepted()] == accepted
    assert [line.text for line in made.rejected()] == rejected


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (
            '<w:p><w:del w:id="1" w:author="a" w:date="d"><w:r><w:t>x</w:t></w:r></w:del></w:p>',
            "text in a deletion",
        ),
        ("<w:p><w:r><w:delText>x</w:delText></w:r></w:p>", "deleted text outside a deletion"),
        ('<w:p><w:ins w:id="1" w:author="a"/></w:p>', "no date"),
        ('<w:p><w:ins w:id="1" w:date="d"/></w:p>', "no author"),
        (
            '<w:p><w:ins w:id="1"/><w:bookmarkStart w:id="1" w:name="b"/></w:p>',
            "2 things are number 1",
        ),
        (
            '<w:p><w:bookmarkStart w:name="b"/><w:bookmarkStart w:name="B"/></w:p>',
            "bookmark b stands 2 times",
        ),
        (LEADS, "accepted, a link leads to b, which is nowhere"),
        (
            f'<w:p>{DEL}<w:bookmarkStart w:name="b"/></w:p>{LEADS}',
            "accepted, a link leads to b, which is gone",
        ),
        (
            f"<w:tbl><w:tr/></w:tbl><w:p>{DEL}</w:p><w:tbl><w:tr/></w:tbl>",
            "accepted, two tables touch",
        ),
        ("<w:p><w:pPr><w:pPrChange/></w:pPr></w:p>", "pPrChange, which this reader does not know"),
    ],
)
def test_the_reader_finds_faults(body: str, fault: str) -> None:
    assert fault in Tracked(package(body)).faults()


def package(body: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        space = f'xmlns:w="{W[1:-1]}"'
        archive.writestr(
            "word/document.xml",
            f"<w:document {space}><w:body>{body}<w:sectPr/></w:body></w:document>",
        )
    return made.getvalue()


# --- Outside judges -------------------------------------------------------------------------------------


def written(folder: Path, cases: list[Case]) -> list[Path]:
    made = [folder / f"{'-'.join(case)}.docx" for case in cases]
    for path, case in zip(made, cases, strict=True):
        path.write_bytes(tracked(case))
    return made


@pytest.mark.slow
def test_both_validators_find_nothing(tmp_path: Path) -> None:
    paths = written(tmp_path, [*FAR, *SHORT[:: 20 if EVERYTHING else 40]])
    assert [fault for path in paths for fault in openxml_audit(path)] == []
    assert ooxml_validate(paths) == []


# --- LibreOffice ----------------------------------------------------------------------------------------

# Every body once, on one side or the other, and both depths. Each takes LibreOffice seconds, and a full story minutes:
# `make audit` has every pair. In the snapshot, a draft's list of gaps comes after a passage that stays: it left an empty heading once.
OFFICE = (
    [*SHORT, FAR[-1]]
    if EVERYTHING
    else [*covering(SHORT, tuple), ("rivers-and-tides", "rauporoa", "snapshot")]
)
# The head is the second policy's in either, and thin lines stand where LibreOffice needs them.
HEAD = (
    "Local Name: ",
    "Organisation: ",
    "Title: ",
    "Subtitle: ",
    "Depth: ",
    "Contents ",
    "Spacer: ",
)
WHOM = "Heading 1: Who to ask"
Settled = dict[tuple[bytes, str], tuple[bool, list[str]]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """Whether LibreOffice finds changes in each file, and the lines that it has once they are settled."""
    outside_tool("soffice"), outside_tool("uno")  # each worker says for itself that one is missing
    return once("settled", lambda: settled(tmp_path_factory.mktemp("office")))


def settled(folder: Path) -> Settled:
    soffice, python = outside_tool("soffice"), outside_tool("uno")
    tasks: dict[tuple[bytes, str], Path] = {}
    for case in OFFICE:
        made, (second, first) = tracked(case), both(case)
        for data, what in ((made, "accept"), (made, "reject"), (second, ""), (first, "")):
            tasks[data, what] = folder / f"{sha256(data).hexdigest()}.docx"
            tasks[data, what].write_bytes(data)
    asked = json.dumps([(str(path), what) for (_, what), path in tasks.items()])
    command = [python, Path(__file__).with_name("office.py"), soffice, folder]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=3600)
    assert done.returncode == 0, done.stderr
    return dict(zip(tasks, json.loads(done.stdout), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("case", OFFICE, ids="-".join)
def test_libreoffice_settles_it_too(case: Case, office: Settled) -> None:
    made, (second, first) = tracked(case), both(case)
    for what, expected in (("accept", second), ("reject", first)):
        changes, found = office[made, what]
        assert changes
        assert told(found) == told(office[expected, ""][1])


def both(case: Case) -> tuple[bytes, bytes]:
    """The second policy and the first, by themselves."""
    first, second, tier = case
    return plain(second, tier, numbers(case)), plain(first, tier, numbers(case))


def told(lines: list[str]) -> list[str]:
    """Without the head: of a cover, not even the tables that place its words.

    Nor the code to scan beside whom to ask, a cell with a picture: it is the second policy's in either.
    """
    kept = [line for line in lines if not line.startswith(HEAD)]
    if WHOM in kept:
        table = kept.index(WHOM) + 1
        assert kept[table].startswith("table of ")
        asked = list(takewhile(lambda line: line.startswith("Text body: "), kept[table + 1 :]))
        named = [line for line in asked if line != "Text body: "]
        assert len(asked) - len(named) <= 1
        kept[table : table + 1 + len(asked)] = named
    at = next((at for at, line in enumerate(kept) if not line.startswith("table of ")), 0)
    return kept[max(at - 1, 0) :]
