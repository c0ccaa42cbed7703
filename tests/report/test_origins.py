"""The provenance sheet: every clause with where it comes from, what needs a look, what the code leaves uncovered."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from organisations import ALL, ROOT, policies
from small import LAW, PROFILE, Small

from policygen.model import document as doc
from policygen.model.document import Document
from policygen.model.document.walk import plain
from policygen.model.policy import Policy
from policygen.model.provenance import provenance_schema, provenance_to_json
from policygen.report.origins.document import provenance_sheet
from policygen.report.origins.trace import narrow_provenance, trace

SOURCES = """\
code: {title: Code of conduct, publisher: P, url: https://a.example, status: in-force, kind: code}
act: {title: Records Act, publisher: P, url: https://b.example, status: unverified}
"""
MORE = """
- source: code
- source: act s 3

### Rule

Keep it.

## Delete nothing {#law.delete}

- source: act

### Rule

Delete nothing.

## Be kind {#law.kind}

- binding: yes

### Rule

Be kind.
"""
OWN = """\
## Be kind {#law.kind}

- change: extend
- because: Ours is a small town
- was: 000000000000

### Rule

{{ inherited }}

To all.
"""


@cache
def policy(organisation: str) -> Policy:
    return policies(organisation)[0]


def tables(document: Document) -> list[doc.Table]:
    return [
        block
        for part in document.body
        if isinstance(part, doc.Group)
        for block in part.blocks
        if isinstance(block, doc.Table)
    ]


def part(document: Document, anchor: str) -> str:
    """All that one part says, a line for a paragraph or a row."""
    (found,) = [
        block for block in document.body if isinstance(block, doc.Group) and block.anchor == anchor
    ]
    return "\n".join(
        plain(block.inlines)
        if isinstance(block, (doc.Paragraph, doc.Heading))
        else "\n".join(
            " | ".join(plain(cell).replace("\n", " ") for cell in row.cells) for row in block.rows
        )
        for block in found.blocks
        if isinstance(block, (doc.Paragraph, doc.Heading, doc.Table))
    )


def said(document: Document) -> dict[str, str]:
    """Clause id -> its row among all the clauses."""
    return {
        row.clause: "\n".join(plain(cell) for cell in row.cells)
        for table in tables(document)
        for row in table.rows
        if row.clause
    }


# --- Every clause -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("organisation", ALL)
def test_every_clause_stands_in_the_sheet_with_its_places_reasons_and_sources(
    organisation: str,
) -> None:
    rows, whole = said(provenance_sheet(policy(organisation))), policy(organisation)
    assert list(rows) == [clause.id for clause in whole.clauses()]
    titles = {source.id: source.title for source in whole.sources}
    for clause in whole.clauses():
        row = rows[clause.id]
        assert clause.number in row
        assert ("Binding" in row) == clause.binding
        for origin in clause.origins:
            assert f"{origin.path}:{origin.line}" in row
            assert origin.because in row
            assert origin.when in row
        for citation in clause.citations:
            assert titles[citation.source] in row
            assert citation.locator in row


@pytest.mark.parametrize("organisation", ALL)
def test_no_cell_is_empty_and_every_row_fits_its_head(organisation: str) -> None:
    for table in tables(provenance_sheet(policy(organisation))):
        assert table.head is not None
        assert table.rows
        for row in (table.head, *table.rows):
            assert len(row.cells) == len(table.head.cells) == len(table.shares)
            assert all(plain(cell).strip() for cell in row.cells)


@pytest.mark.parametrize("organisation", ALL)
def test_the_layers_account_for_every_edit(organisation: str) -> None:
    whole = policy(organisation)
    layers = trace(whole).layers
    assert sum(
        n for layer in layers for n in (layer.add, layer.replace, layer.extend, layer.remove)
    ) == len(list(whole.origins())) + sum(len(one.origins) for one in whole.left_out)


def test_a_layer_above_some_sections_only_says_so() -> None:
    said = "Cautious (only in About this policy, Permission and You online)"
    assert said in part(provenance_sheet(policy("fenwick")), "origins-layers")


def test_what_was_taken_out_says_by_which_layer_and_why() -> None:
    found = part(provenance_sheet(policy("rivers-and-tides")), "origins-removed")
    assert "Cautious: removes. Because: Our accounts speak with one voice" in found
    name = "templates/posture/cautious/accounts.md"
    lines = (ROOT / name).read_text("utf-8").splitlines()
    assert (
        f"{name}:{next(n for n, line in enumerate(lines, 1) if '{#accounts.signing-replies}' in line)}"
        in found
    )


def test_what_the_organisation_did_stands_first_with_its_reasons() -> None:
    document = provenance_sheet(policy("fenwick"))
    first = next(block for block in document.body if isinstance(block, doc.Group))
    assert first.anchor == "origins-own"
    found = part(document, "origins-own")
    assert found.count("profiles/fenwick/") == 3
    assert (
        "Residents told the scrutiny committee that closed comments felt like being shut out"
        in found
    )
    every = len(list(policy("fenwick").clauses()))
    assert (
        f"{every} clauses. {every - 3} stand as the model has them; "
        "Fenwick Borough Council wrote 1 and changed 2" in document.masthead.lead
    )
    assert "every clause stands as the model has it" in part(
        provenance_sheet(policy("rauporoa")), "origins-own"
    )


def test_a_draft_looks_like_one() -> None:
    assert not provenance_sheet(policy("rauporoa")).in_force
    assert provenance_sheet(policy("fenwick")).in_force


# --- What needs a look --------------------------------------------------------------------------------------


@pytest.fixture
def ready(small: Small) -> Small:
    return small.write(
        {
            "base/law.md": LAW.replace("\n### Rule\n\nKeep it.\n", MORE),
            "base/sources.yaml": SOURCES,
            "organisation/law.md": OWN,
        }
    )


def test_stale_edits_and_those_for_legal_review_are_flagged_wherever_they_stand(
    ready: Small,
) -> None:
    document = provenance_sheet(ready.policy())
    assert (
        "For legal review: 1. Stale edits: 1. Sources not yet checked: 1."
        in document.masthead.lead.replace(
            "Binding clauses that it extended or replaced, for", "For"
        )
    )
    for place in (part(document, "origins-own"), said(document)["law.kind"]):
        assert "For legal review" in place
        assert "Stale: the words beneath have changed" in place
        assert "Ours is a small town" in place
    state = part(document, "origins-state")
    assert "Binding clauses it extended or replaced, for legal review | 1.3 Be kind" in state
    assert "Edits whose words beneath have changed since | 1.3 Be kind" in state
    assert "Sources not yet checked | Records Act" in state


def test_what_a_body_leaves_out_stands_apart_with_its_reason(ready: Small) -> None:
    contents = (
        "contents: {leave_out: {law.records: {because: The archive’s rules, cleared_by: Legal,"
        " see: {title: Records policy, url: 'https://www.example.org/r'}}}}\n"
    )
    ready.write({"organisation/profile.yaml": PROFILE + contents})
    document = provenance_sheet(ready.policy())
    left_out = part(document, "origins-left_out")
    for words in ("The archive’s rules", "Records policy", "Cleared by Legal"):
        assert words in left_out
    ready.write({"organisation/profile.yaml": PROFILE + "extent: core\n"})
    beyond = part(provenance_sheet(ready.policy()), "origins-beyond_extent")
    assert "law.delete" in beyond, "nobody decided it"
    ready.write({"organisation/profile.yaml": PROFILE + contents})
    assert "Records policy" not in part(document, "origins-every")
    assert "law.records" not in {clause.id for clause in trace(ready.policy()).clauses}
    told = ready.run("explain", "example", "law.records").stdout
    assert "(left out)" in told
    assert "  left out because: The archive’s rules\n  see: Records policy https://www" in told
    assert "  cleared by: Legal" in told


def test_a_binding_clause_replaced_on_the_record_is_for_legal_review(ready: Small) -> None:
    on_record = (
        "- change: replace\n- because: Ours is a small town\n- cleared-by: Legal, May 2026\n"
    )
    own = OWN.replace("- change: extend\n- because: Ours is a small town\n", on_record)
    assert own != OWN
    ready.write({"organisation/law.md": own.replace("{{ inherited }}\n\n", "")})
    assert "For legal review" in said(provenance_sheet(ready.policy()))["law.kind"]
    told = ready.run("explain", "example", "law.kind").stdout
    assert "for legal review: replaces a binding clause" in told


def test_an_accepted_edit_is_not_stale_and_one_without_a_stamp_is_not_known(ready: Small) -> None:
    ready.write({"organisation/law.md": OWN.replace("- was: 000000000000\n", "")})
    document = provenance_sheet(ready.policy())
    assert "No stamp: not known whether stale" in said(document)["law.kind"]
    assert "Edits that bear no stamp, so that nobody knows | 1.3 Be kind" in part(
        document, "origins-state"
    )
    ready.run("accept")
    document = provenance_sheet(ready.policy())
    assert "stale" not in said(document)["law.kind"].lower()
    assert "For legal review" in said(document)["law.kind"]
    assert trace(ready.policy()).clauses[-1].steps[-1].written_against == "same"


def test_an_unverified_source_is_marked_where_it_is_cited(ready: Small) -> None:
    rows = said(provenance_sheet(ready.policy()))
    assert "Records Act, s 3 Not yet checked" in rows["law.records"]
    assert "Code of conduct\n" in rows["law.records"]
    assert "None cited" in rows["law.kind"]


# --- What the code leaves uncovered -------------------------------------------------------------------------


def test_what_the_code_alone_would_leave_uncovered_is_counted_from_the_sources(
    ready: Small,
) -> None:
    found = part(provenance_sheet(ready.policy()), "origins-code")
    assert "Clauses that cite a code of conduct: 1 of 3." in found
    assert "Sections in which no clause cites one: 0 of 1." in found
    assert "The codes cited: Code of conduct." in found
    assert "1 The law | 1.1 | 1.2 | 1.3" in found


def test_without_a_source_that_is_a_code_nothing_is_covered(ready: Small) -> None:
    ready.write({"base/sources.yaml": SOURCES.replace(", kind: code", "")})
    found = part(provenance_sheet(ready.policy()), "origins-code")
    assert "No code of conduct is among the sources of this policy." in found
    assert "1 The law | None | 1.1, 1.2 | 1.3" in found


def test_a_kind_of_source_that_does_not_exist_is_a_fault(ready: Small) -> None:
    ready.write({"base/sources.yaml": SOURCES.replace("kind: code", "kind: codex")})
    (problem,) = ready.problems()
    assert problem.what == 'code: kind: "codex" is not one of the choices.'
    assert problem.mend == 'Did you mean "code"?'
    assert str(problem.location) == "templates/base/sources.yaml:1:94"


@pytest.mark.slow
def test_every_numbered_clause_is_counted_once_in_its_section() -> None:
    for organisation in ALL:
        traced = trace(policy(organisation))
        (table,) = [
            t
            for t in tables(provenance_sheet(policy(organisation)))
            if t.head and "Cites a code" in str(t.head)
        ]
        assert len(table.rows) == len(policy(organisation).sections)
        order = [clause.number for clause in traced.clauses if clause.number]
        listed: list[str] = []
        for row in table.rows:
            for cell in row.cells[1:]:
                for run in filter(lambda text: text != "None", plain(cell).split(", ")):
                    first, _, last = run.partition(" to ")
                    listed += order[order.index(first) : order.index(last or first) + 1]
        assert sorted(listed) == sorted(order)


def test_the_codes_are_those_of_the_place_and_the_kind() -> None:
    assert "The codes cited: Civil Service Code; Civil Service Management Code." in part(
        provenance_sheet(policy("rivers-and-tides")), "origins-code"
    )
    australian = part(provenance_sheet(policy("tidal-data-agency")), "origins-code")
    assert "The codes cited: Code of Conduct of the Australian Public Service." in australian


# --- One clause, other languages, other programs --------------------------------------------------------------


def test_one_clause_stands_alone_with_its_words() -> None:
    document = provenance_sheet(policy("fenwick"), "elections.partner-accounts")
    assert list(said(document)) == ["elections.partner-accounts"]
    assert document.masthead.lead == ""
    assert any(getattr(block, "anchor", "") == "origins-rule" for block in document.body)
    (law,) = (section for section in policy("fenwick").sections if section.id == "law")
    told = {clause.id for clause in law.clauses if not clause.omission}
    assert set(said(provenance_sheet(policy("fenwick"), "law"))) == told
    assert narrow_provenance(trace(policy("rivers-and-tides")), "accounts.signing-replies").removed
    assert "removes" in part(
        provenance_sheet(policy("rivers-and-tides"), "accounts.signing-replies"), "origins-removed"
    )


def test_in_another_language_reasons_stay_in_theirs(ready: Small) -> None:
    ready.set("languages: [cy]\n").write({"base/law.cy.md": LAW.replace("Keep it.", "Cadwch ef.")})
    document = provenance_sheet(ready.policy())
    assert document.masthead.title == "O ble daw pob cymal"
    assert (
        doc.Foreign("en", (doc.Text("Ours is a small town"),))
        in tables(document)[0].rows[0].cells[2]
    )


@pytest.mark.parametrize("organisation", ["fenwick", "rauporoa"])
def test_json_holds_what_its_schema_says(organisation: str) -> None:
    data, schema = json.loads(provenance_to_json(trace(policy(organisation)))), provenance_schema()
    assert data["schema"] == "policygen/provenance/1"
    assert set(data) == set(schema["properties"])  # type: ignore[call-overload]
    shapes = schema["$defs"]
    for name, rows in (
        ("ClauseTrace", data["clauses"]),
        ("LayerShare", data["layers"]),
        ("HeadTrace", data["heads"]),
        ("Step", [s for c in data["clauses"] for s in c["steps"]]),
        ("Ground", [g for c in data["clauses"] for g in c["grounds"]]),
    ):
        assert all(set(row) == set(shapes[name]["properties"]) for row in rows), name  # type: ignore[index]
    assert data["summary"]["clauses"] == len(data["clauses"])


@pytest.mark.parametrize("key", ["Key", "A clause", "A ground", "A step"])
def test_the_page_about_it_names_every_key(key: str) -> None:
    page = (Path(__file__).parents[2] / "docs/show-provenance.md").read_text("utf-8")
    shapes = provenance_schema()["$defs"]
    wanted = {
        "Key": set(provenance_schema()["properties"])
        | set(shapes["Summary"]["properties"])
        | set(shapes["LayerShare"]["properties"])
        | set(shapes["HeadTrace"]["properties"]),  # type: ignore[call-overload,index]
        "A clause": set(shapes["ClauseTrace"]["properties"]),
        "A ground": set(shapes["Ground"]["properties"]),
        "A step": set(shapes["Step"]["properties"]),
    }[key]
    assert {name for name in wanted if f"`{name}`" not in page} == set()


def test_the_written_sheet_skips_no_heading_and_repeats_no_id() -> None:
    from lxml import html

    from policygen.cli.output import document_bytes

    page = html.fromstring(document_bytes(provenance_sheet(policy("rauporoa")), "html").decode())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert all(link[1:] in ids for link in page.xpath("//a/@href[starts-with(., '#')]"))
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    for table in page.xpath("//table"):
        assert {len(row) for row in table.xpath(".//tr")} == {
            len(table.xpath("./colgroup/col"))
        } or not table.xpath("./colgroup")
        assert all(cell.text_content().strip() for cell in table.xpath(".//th|.//td"))
