"""A policy in the body's own Word template: the trust's look around the policy's words, and both whole."""

from __future__ import annotations

import base64
import copy
import random
import re
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx_reader import Docx
from judges import libreoffice, ooxml_validate, openxml_audit
from lxml import etree
from organisations import EVERYTHING, ROOT, policies
from test_docs import follow
from test_word_readers import by_mammoth, by_pandoc, by_python_docx, lines, unread
from tools import outside_tool
from tracked import Tracked
from trust_template import (
    W as NAMESPACE,
)
from trust_template import (
    as_document,
    complex_field,
    control,
    repacked,
    saved,
    trust_template,
    words,
)

from policygen.diff import differences
from policygen.lint.look.word_template import word_template_faults
from policygen.model.document import Document
from policygen.model.policy import Policy
from policygen.model.theme import Theme
from policygen.model.word.names import FACT_STYLE
from policygen.model.word_template import template_faults
from policygen.present.edition import present
from policygen.problems import PolicygenError
from policygen.report.changes.redline import redline
from policygen.write.docx.writer import DocxWriter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "fenwick"  # approved, with every contact
SHORT = BODY if EVERYTHING else "little-marden"  # where what is looked at is the template alone
# What Word itself leaves in a template: marks of its editing, a smart tag, a drawn box with a field in it and the
# same box for older programs, a control within a control, a prompt that it keeps elsewhere, a remark.
TRAITS = f"""<w:p {NAMESPACE} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
  xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
  xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
  w:rsidR="00AA11BB" w:rsidRDefault="00CC22DD">
  <w:proofErr w:type="spellStart"/>
  <w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="place">
    <w:r w:rsidRPr="00AA11BB"><w:t xml:space="preserve">Owned by </w:t></w:r>
    {complex_field("DOCPROPERTY policy.owner.role", "Jane Doe")}
  </w:smartTag>
  <w:proofErr w:type="spellEnd"/>
  <w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>
    <wp:extent cx="1800000" cy="360000"/><wp:docPr id="1" name="Box 1"/>
    <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
      <wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="360000"/></a:xfrm>
        <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>
      <wps:txbx><w:txbxContent><w:p>{words("Version ")}{complex_field("DOCPROPERTY policy.version", "0.0")}</w:p>
      </w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
    <mc:Fallback><w:pict><v:rect style="width:140pt;height:28pt"><v:textbox><w:txbxContent><w:p>{words("Version ")}
      {complex_field("DOCPROPERTY policy.version", "0.0")}</w:p></w:txbxContent></v:textbox></v:rect></w:pict>
    </mc:Fallback></mc:AlternateContent></w:r>
  <w:sdt><w:sdtPr><w:alias w:val="Footer"/><w:tag w:val="trust-only"/></w:sdtPr><w:sdtContent>
    {control("policy.number", "Number").replace(NAMESPACE, "")}{words(" stays")}</w:sdtContent></w:sdt>
</w:p>"""


def policy(template: bytes, body: str = BODY, **control_changes: Any) -> Policy:
    found = policies(body)[0]
    changed = found.profile.policy.model_copy(update=control_changes)
    profile = found.profile.model_copy(update={"policy": changed})
    theme = Theme(word_template=base64.b64encode(template).decode())
    return replace(found, profile=profile, theme=theme)


def document(
    template: bytes, edition: str = "policy", body: str = BODY, **control_changes: Any
) -> Document:
    return present(policy(template, body, **control_changes), edition)


@cache
def written(
    edition: str = "policy", body: str = BODY, *, numbered: bool = False, extra: str = ""
) -> bytes:
    template = trust_template(numbered=numbered, extra=extra)
    return DocxWriter().write(document(template, edition, body))


@cache
def plainly(edition: str = "policy") -> bytes:
    return DocxWriter().write(present(policies(BODY)[0], edition))


def part(data: bytes, path: str) -> Any:
    with ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(path))


def files(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def text(data: bytes, path: str = "word/document.xml") -> str:
    return " ".join("".join(p.itertext(f"{W}t")) for p in part(data, path).iter(f"{W}p"))


def text_in(element: Any) -> str:
    return "".join(element.itertext(f"{W}t", with_tail=False))


def styles(data: bytes) -> dict[str, Any]:
    """By their names, as Word compares them."""
    found = part(data, "word/styles.xml").iter(f"{W}style")
    return {style.find(f"{W}name").get(f"{W}val").lower(): style for style in found}


def shown(data: bytes, tag: str) -> list[str]:
    """What the content controls of this tag show."""
    found = part(data, "word/document.xml").iter(f"{W}sdt")
    return [
        "".join(one.find(f"{W}sdtContent").itertext(f"{W}t"))
        for one in found
        if one.find(f"{W}sdtPr/{W}tag") is not None
        and one.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == tag
    ]


# --- What the trust sees ----------------------------------------------------------------------------------


def test_the_fields_of_the_cover_are_filled_as_documents_print_them() -> None:
    data = written()
    control = policies(BODY)[0].profile.policy
    assert control.version
    assert control.owner
    assert shown(data, "document.title") == ["Social media policy"] * 2
    assert shown(data, "policy.version") == [control.version]
    assert shown(data, "policy.owner.role") == [control.owner.role]
    assert shown(data, "policy.status") == ["Approved"]
    assert re.fullmatch(r"\d+\u00a0\w+\u00a0\d{4}", shown(data, "policy.issued")[0])
    assert "Fenwick Borough Council" in text(data)
    assert "[Enter" not in text(data)
    prompts = part(data, "word/document.xml").iter(f"{W}showingPlcHdr", f"{W}placeholder")
    assert list(prompts) == []


def test_a_field_in_the_foot_is_filled_and_stays_a_field() -> None:
    foot = next(name for name in files(written()) if re.match(r"word/footer\d*\.xml", name))
    control = policies(BODY)[0].profile.policy
    assert text(written(), foot).startswith(f"{control.number} version {control.version}")
    assert "0.0" not in text(written(), foot)
    instructions = "".join(part(written(), foot).itertext(f"{W}instrText"))
    assert "DOCPROPERTY" in instructions
    assert Docx(written()).properties["policy.version"] == control.version  # F9 finds the same


def test_its_own_look_is_kept() -> None:
    ours, theirs = styles(written()), styles(trust_template())
    for name in ("normal", "title", "heading 1", "heading 2", "heading 3", "toc 1", "list bullet"):
        assert etree.tostring(ours[name], method="c14n") == etree.tostring(
            theirs[name], method="c14n"
        )
    made, own = files(written()), files(trust_template())
    pictures = [name for name in own if name.startswith("word/media/")]
    assert pictures
    for name in (*pictures, "word/theme/theme1.xml"):
        assert made[name] == own[name]
    size, margins = (
        next(part(written(), "word/document.xml").iter(f"{W}{key}")) for key in ("pgSz", "pgMar")
    )
    assert (size.get(f"{W}w"), margins.get(f"{W}left")) == ("11906", "1304")


def test_nothing_stands_twice() -> None:
    read = docx.Document(BytesIO(written()))
    titles = [one for one in read.paragraphs if one.style.name in ("Title", "Subtitle")]
    assert len(titles) == 1
    lines = text(written())
    assert lines.count("Review date") + lines.count("Review by") == 1
    assert lines.count("Contents") == 1
    assert "No entries yet" not in lines
    assert "The words of the policy go here" not in lines


def test_the_words_stand_at_the_bookmark_and_the_contents_in_their_place() -> None:
    lines = text(written())
    order = ["Social media policy", "uncontrolled when printed", "Contents", "Who to ask", "1.1 "]
    places = [lines.index(one) for one in order]
    assert places == sorted(places)
    body = part(written(), "word/document.xml")[0]
    assert body[-1].tag == f"{W}sectPr"


def test_the_words_open_a_page_as_the_sample_did() -> None:
    read = docx.Document(BytesIO(written()))
    first = next(one for one in read.paragraphs if one.text == "Who to ask")
    assert first.paragraph_format.page_break_before


def test_a_list_of_the_template_does_not_count_our_headings() -> None:
    """Their numbers are the policy's; the trust's own heading on the cover keeps the list."""
    data = written(numbered=True)
    lists = part(data, "word/numbering.xml")
    kinds = {}
    for one in lists.iter(f"{W}num"):
        wanted = one.find(f"{W}abstractNumId").get(f"{W}val")
        definition = next(
            d for d in lists.iter(f"{W}abstractNum") if d.get(f"{W}abstractNumId") == wanted
        )
        level = definition.find(f"{W}lvl")
        kinds[one.get(f"{W}numId")] = level.find(f"{W}numFmt").get(f"{W}val")
    headings = [
        p
        for p in part(data, "word/document.xml").iter(f"{W}p")
        if (p.findtext(".") is not None or True)
        and (style := p.find(f"{W}pPr/{W}pStyle")) is not None
        and style.get(f"{W}val", "").startswith("Heading")
    ]
    assert len(headings) > 50
    for heading in headings:
        number = heading.find(f"{W}pPr/{W}numPr/{W}numId")
        assert kinds[number.get(f"{W}val")] == "none"


def test_styles_and_lists_are_no_ones_twice() -> None:
    for numbered in (False, True):
        data = written(numbered=numbered)
        found = list(part(data, "word/styles.xml").iter(f"{W}style"))
        for key in ("styleId",):
            ids = Counter(style.get(f"{W}{key}").lower() for style in found)
            assert max(ids.values()) == 1
        assert len(styles(data)) == len(found)
        lists = part(data, "word/numbering.xml")
        for element, key in (("num", "numId"), ("abstractNum", "abstractNumId")):
            ids = Counter(one.get(f"{W}{key}") for one in lists.iter(f"{W}{element}"))
            assert max(ids.values()) == 1
        used = {
            one.get(f"{W}val")
            for one in part(data, "word/document.xml").iter(
                f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle"
            )
        }
        assert used <= {style.get(f"{W}styleId") for style in found}


def test_our_sizes_are_in_proportion_to_its_own() -> None:
    """Its words have 11 points where ours have 12, so a table's words have 9.5 for our 10.5."""
    size = styles(written())["table text"].find(f"{W}rPr/{W}sz").get(f"{W}val")
    ours = styles(plainly())["table text"].find(f"{W}rPr/{W}sz").get(f"{W}val")
    assert int(size) == round(int(ours) * 22 / 24)
    assert styles(written())["body text"].find(f"{W}rPr") is None


def test_short_editions_keep_our_look() -> None:
    for edition in ("overview", "snapshot", "house-rules"):
        assert DocxWriter().write(document(trust_template(), edition)) == plainly(edition)


def test_what_word_leaves_in_a_template_is_no_hindrance() -> None:
    data = written(extra=TRAITS)
    control = policies(BODY)[0].profile.policy
    assert control.owner
    lines = text(data)
    assert f"Owned by {control.owner.role}" in lines
    boxes = [text_in(box) for box in part(data, "word/document.xml").iter(f"{W}txbxContent")]
    assert boxes == [f"Version {control.version}"] * 2  # the second is for older programs
    assert f"{control.number} stays" in lines
    assert "Jane Doe" not in lines
    assert "0.0" not in lines


# --- Fields that cannot be filled -------------------------------------------------------------------------


def test_a_draft_marks_what_it_lacks_and_says_that_it_is_one() -> None:
    data = DocxWriter().write(document(trust_template(), status="draft", number=None))
    assert shown(data, "policy.status") == ["Draft, not in force"]
    assert shown(data, "policy.number") == ["[policy number]"]
    run = next(
        run
        for run in part(data, "word/document.xml").iter(f"{W}r")
        if "".join(run.itertext(f"{W}t")) == "[policy number]"
    )
    assert run.find(f"{W}rPr/{W}rStyle").get(f"{W}val") == "Gap"


def test_an_approved_policy_prints_a_dash_and_its_owner_is_told() -> None:
    own = policy(trust_template(), number=None)
    data = DocxWriter().write(present(own, "policy"))
    assert shown(data, "policy.number") == ["\u2013"]
    (problem,) = word_template_faults(own)
    assert (problem.code, "policy.number" in problem.what) == ("PG436", True)


def test_a_field_that_names_nothing_is_left_and_told_with_the_nearest_name() -> None:
    extra = f"<w:p {NAMESPACE}>{control('policy.verion', 'Type it').replace(NAMESPACE, '')}</w:p>"
    template = trust_template(extra=extra)
    assert "[Type it]" in text(DocxWriter().write(document(template)))
    (problem,) = word_template_faults(policy(template))
    assert problem.code == "PG435"
    assert "policy.version" in problem.mend


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("name", True),
        ("organisation.name", True),
        ("Policy.Version", True),
        ("policy.owner", True),
        ("contacts.records.email", True),
        ("policy.equality_assessment.date", True),
        ("edition.title", True),
        ("company", True),
        ("policy.", False),
        ("goog_rdk_0", False),
        ("policy.owner.name", False),
        ("", False),
    ],
)
def test_what_names_a_fact(name: str, known: bool) -> None:
    from policygen.present.template_fields import unknown_field

    assert (unknown_field(name) == "") is known


def test_a_template_without_a_place_has_the_words_at_its_end() -> None:
    template = trust_template(place=False)
    data = DocxWriter().write(document(template))
    assert text(data).index("uncontrolled when printed") < text(data).index("1.1 ")
    (problem,) = word_template_faults(policy(template))
    assert problem.code == "PG434"


def test_a_control_may_name_the_place_instead() -> None:
    extra = control("policy_body", "The policy", block=True)
    template = trust_template(place=False, extra=extra)
    data = DocxWriter().write(document(template))
    assert "[The policy]" not in text(data)
    assert tuple(word_template_faults(policy(template))) == ()


@pytest.mark.slow
def test_a_template_that_has_only_a_look_gets_title_status_and_control() -> None:
    bare = docx.Document()
    data = DocxWriter().write(document(saved(bare), status="draft"))
    lines = text(data)
    assert (
        lines.index("Social media policy")
        < lines.index("Draft, not in force")
        < lines.index("1.1 ")
    )
    assert "COM" in lines or "Version" in lines
    assert openxml_audit_of(data) == []


# --- What the policy keeps --------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["policy", "full-story"])
def test_every_clause_and_fact_is_where_it_was(edition: str) -> None:
    ours, theirs = Docx(plainly(edition)), Docx(written(edition))
    ids = [clause.id for clause in policies(BODY)[0].clauses()]
    assert theirs.clauses(ids) == ours.clauses(ids)
    body, before = (Counter(read.facts("w:p")) for read in (theirs, ours))
    assert FACT_STYLE
    assert not before - body - Counter(read_control(plainly(edition)))
    assert [number for number, _ in theirs.headings()] == [number for number, _ in ours.headings()]
    imprint = {key: value for key, value in ours.properties.items() if key.startswith("policygen.")}
    assert imprint.items() <= theirs.properties.items()


def read_control(data: bytes) -> list[str]:
    """The facts in tables: those of our own control table stand in the trust's instead."""
    return Docx(data).facts("w:tc/w:p")


def test_bookmarks_are_ours_and_no_ids_stand_twice() -> None:
    marks = "".join(
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'
        for number, name in enumerate(["Conduct", *(f"trust_{n}" for n in range(60))])
    )
    data = written(extra=f"<w:p {NAMESPACE}>{marks}</w:p>")
    found = list(part(data, "word/document.xml").iter(f"{W}bookmarkStart"))
    ids = Counter(one.get(f"{W}id") for one in found)
    names = Counter(one.get(f"{W}name").lower() for one in found)
    assert max(ids.values()) == max(names.values()) == 1
    assert {"conduct", "law_records", "trust_7"} <= names.keys()


def test_a_template_that_does_not_print_the_status_makes_no_draft_look_approved() -> None:
    """Its field prints a value of the control table, so ours is left out, and the status with it."""
    bare = docx.Document()
    bare.add_paragraph()._p.append(docx.oxml.parse_xml(control("policy.version", "Version")))
    data = DocxWriter().write(document(saved(bare), status="draft"))
    assert text(data).count("Draft, not in force") == 1
    approved = DocxWriter().write(document(saved(bare)))
    assert text(approved).index("Approved") < text(approved).index("1.1 ")


@pytest.mark.slow
def test_the_changes_of_a_comparison_are_accepted_and_rejected() -> None:
    first, second = policies(BODY)[0], policies("strathlyon")[0]
    theme = Theme(word_template=base64.b64encode(trust_template()).decode())
    merged = redline(differences(first, replace(second, theme=theme)), "policy")
    data = DocxWriter().write(merged)
    ours, theirs = (
        Tracked(DocxWriter().write(redline(differences(first, second), "policy"))),
        Tracked(data),
    )
    assert theirs.faults() == []
    assert len(theirs.changes()) > 500
    for before, after in (
        (ours.accepted(), theirs.accepted()),
        (ours.rejected(), theirs.rejected()),
    ):
        start = [line.text for line in before].index("Who to ask")
        wanted = [line.text for line in before[start:] if line.text]
        assert not unread(wanted, "\n".join(line.text for line in after))
    assert openxml_audit_of(data) == []


def test_the_same_policy_gives_the_same_bytes() -> None:
    assert DocxWriter().write(document(trust_template())) == written()


@pytest.mark.slow
@pytest.mark.parametrize("reader", [by_pandoc, by_mammoth, by_python_docx])
def test_other_programs_read_it_whole(reader: Any, tmp_path: Path) -> None:
    path = tmp_path / "policy.docx"
    path.write_bytes(written())
    assert unread(lines(present(policies(BODY)[0], "policy").body), reader(path)) == []


# --- Judges -----------------------------------------------------------------------------------------------


def openxml_audit_of(data: bytes) -> list[str]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "policy.docx"
        path.write_bytes(data)
        return openxml_audit(path)


def saved_by_libreoffice(folder: Path) -> bytes:
    """The trust's template as LibreOffice saves it, whose controls are named by their titles."""
    (folder / "trust.docx").write_bytes(as_document(trust_template(numbered=True, by_title=True)))
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    kind = "dotx:MS Word 2007 XML Template"
    command = [
        outside_tool("soffice"),
        home,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        folder,
    ]
    subprocess.run([*command, folder / "trust.docx"], capture_output=True, check=True, timeout=300)
    return (folder / "trust.dotx").read_bytes()


@pytest.mark.slow
def test_judges_find_nothing_and_libreoffice_opens_it(tmp_path: Path) -> None:
    by_office = saved_by_libreoffice(tmp_path)
    every = {
        "policy": written(),
        "numbered": written("full-story", SHORT, numbered=True),
        "traits": written(body=SHORT, extra=TRAITS),
        "draft": DocxWriter().write(
            document(trust_template(), body=SHORT, status="draft", number=None)
        ),
        "libreoffice": DocxWriter().write(document(by_office, body=SHORT)),
    }
    assert shown_by_title(every["libreoffice"], "policy.version") == [
        policies(SHORT)[0].profile.policy.version
    ]
    paths = []
    for name, data in every.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        paths.append(path)
    assert [fault for path in paths for fault in openxml_audit(path)] == []
    assert ooxml_validate(paths) == []
    assert libreoffice(paths, tmp_path) == []


def shown_by_title(data: bytes, title: str) -> list[str]:
    return [
        "".join(one.find(f"{W}sdtContent").itertext(f"{W}t"))
        for one in part(data, "word/document.xml").iter(f"{W}sdt")
        if one.find(f"{W}sdtPr/{W}alias") is not None
        and one.find(f"{W}sdtPr/{W}alias").get(f"{W}val") == title
    ]


@pytest.mark.slow
def test_the_how_to_works(tmp_path: Path) -> None:
    theme = tmp_path / "profiles/thornby/theme"
    theme.mkdir(parents=True)
    (theme / "policy.dotx").write_bytes(trust_template())
    extra = f"<w:p {NAMESPACE}>{control('policy.verion', 'Type it').replace(NAMESPACE, '')}</w:p>"
    (tmp_path / "misspelt.dotx").write_bytes(trust_template(extra=extra))
    follow(ROOT / "docs/use-your-word-template.md", tmp_path)


# --- Templates that no program wrote ----------------------------------------------------------------------


def mangled(seed: int) -> bytes:
    """The trust's template without some of its elements and attributes, and with odd values: sound XML all the same."""
    chance = random.Random(seed)
    every = files(trust_template(numbered=True, extra=TRAITS))
    paths = [path for path in every if path.endswith(".xml") and path.startswith("word/")]
    path = chance.choice(["word/document.xml", "word/numbering.xml", "word/styles.xml", *paths])
    root = etree.fromstring(every[path])
    for _ in range(chance.randint(1, 6)):
        element = chance.choice(list(root.iter("*")))
        what = chance.randint(0, 3)
        if what == 0 and element.getparent() is not None:
            element.getparent().remove(element)
        elif what == 1 and element.attrib:
            element.set(
                chance.choice(list(element.attrib)), chance.choice(["", "x", "-1", "9" * 30, "é"])
            )
        elif what == 2 and element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        else:
            element.append(copy.deepcopy(chance.choice(list(root.iter("*")))))
    return repacked(
        trust_template(numbered=True, extra=TRAITS), {path: lambda _: etree.tostring(root)}
    )


@pytest.mark.slow
def test_any_template_gives_a_document_or_a_problem() -> None:
    """Never a traceback, whatever a file holds; most are opened."""
    made, told = 0, set()
    seeds = 40 if EVERYTHING else 10
    for seed in range(seeds):
        template = mangled(seed)
        if template_faults(template):
            continue
        try:
            data = DocxWriter().write(document(template, "handbook", SHORT))
        except PolicygenError as error:
            told.update(problem.code for problem in error.problems)
        else:
            made += zipfile.is_zipfile(BytesIO(data))
    assert told <= {"PG431"}
    assert made > seeds / 2


def test_a_text_without_a_body_is_a_problem() -> None:
    template = repacked(
        trust_template(),
        {"word/document.xml": lambda data: re.sub(rb"<w:body>.*</w:body>", b"", data, flags=re.S)},
    )
    with pytest.raises(PolicygenError, match="cannot be opened"):
        DocxWriter().write(document(template))


def test_a_coloured_page_is_no_hindrance() -> None:
    """Its colour stands before the body."""
    template = repacked(
        trust_template(),
        {
            "word/document.xml": lambda data: data.replace(
                b"<w:body>", b'<w:background w:color="FFFFEE"/><w:body>', 1
            )
        },
    )
    assert "1.1 " in text(DocxWriter().write(document(template)))
