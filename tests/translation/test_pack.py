"""Words out to a translator and back again: what the pack holds, what comes of it, and what is refused."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from packs import XLF, Change, fill, said, units
from small import Small
from spoilt_books import with_macros
from translate.storage.xliff2 import Xliff2File

BASE = """\
# The law

- lead: The law applies.

## Keep a record {#law.records}

- label: Records
- under: may

### Overview

Keep it.

### Rule

Save posts{% if commitments.capture %} within {{ commitments.capture }}{% endif %}, says [the guide](https://guide.example/a_b).
{{ organisation.name }} keeps **everything**.

| Channel | Whose |
|---|---|
{% for channel in channels %}
| {{ channel.platform | sentence }} | Ours \\| theirs |
{% endfor %}

### In practice

1. Look.
"""
UK = """\
## Keep a record {#law.records}

- change: extend

### Rule

{{ inherited }}

Ring the archive.
"""
OWN = """\
## Our own {#law.own}

### Rule

We are {{ organisation.name }}.
"""
PACK = Path("pack.xliff")
RULE = "law.records.rule"


@pytest.fixture
def body(small: Small) -> Small:
    small.write({"base/law.md": BASE, "jurisdiction/uk/law.md": UK, "organisation/law.md": OWN})
    return small.set("languages: [en-GB, cy]\nchannels: [{platform: Aa}]\n")


def out(small: Small, *words: str, to: str = "cy", file: Path = PACK) -> str:
    file.unlink(missing_ok=True)  # one that came back is not written over
    result = small.run("translate", "example", "--to", to, "--out", str(file), *words)
    assert result.exit_code == 0, result.output
    return result.output


def back(small: Small, *words: str, status: int = 0, file: Path = PACK) -> str:
    result = small.run("translate", "example", "--in", str(file), *words)
    assert result.exit_code == status, result.output
    return " ".join(result.output.split())


def welsh(small: Small) -> dict[str, str]:
    """Every telling of the Welsh policy by clause and tier, with its language."""
    return {
        f"{clause.id}.{telling.tier}": f"{telling.wording.language}: {telling.wording.text}"
        for clause in small.policy("cy").clauses()
        for telling in clause.tellings
    }


def files() -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in Path("profiles").rglob("*") if p.is_file()}


# --- Out ------------------------------------------------------------------------------------------


def test_a_pack_holds_one_unit_for_each_part_and_layer_and_is_sound_xliff(body: Small) -> None:
    out(body)
    found = said(PACK)
    assert list(found) == [
        *("law.title", "law.lead", "law.records.title", "law.records.label"),
        *("law.records.overview", RULE, "law.records.practice", "law.own.title", "law.own.rule"),
    ]
    assert found["law.own.rule"] == ["We are ."]
    tree = etree.parse(PACK)
    originals = [file.get("original") for file in tree.iter(f"{XLF}file")]
    assert originals == [
        *("example/base/law.cy.md", "example/jurisdiction/uk/law.cy.md"),
        "example/organisation/law.cy.md",
    ]
    schema = etree.RelaxNG(etree.parse(Path(__file__).parent / "xliff.rng"))
    schema.assertValid(tree)
    # An independent reader finds the same segments, in order.
    store = Xliff2File.parsefile(str(PACK))
    assert [str(unit.source) for unit in store.units] == [
        text for texts in _texts(tree).values() for text in texts
    ]
    limits = {id: unit.get(f"{{{SIZES}}}sizeRestriction") for id, unit in units(PACK).items()}
    assert (limits["law.records.overview"], limits[RULE]) == ("40", None)


SIZES = "urn:oasis:names:tc:xliff:sizerestriction:2.0"


def _texts(tree: Any) -> dict[int, list[str]]:
    every = enumerate(tree.iter(f"{XLF}unit"))
    return {n: ["".join(s.itertext()) for s in unit.iter(f"{XLF}source")] for n, unit in every}


def test_facts_links_and_conditions_are_placeholders_that_say_what_they_print(body: Small) -> None:
    out(body)
    rule = units(PACK)[RULE]
    shown = [
        code.get("disp") or code.get("dispStart") for code in rule.iter(f"{XLF}ph", f"{XLF}pc")
    ]
    assert shown == [
        *("if commitments.capture", "7 days", "endif", "link (https://guide.example/a_b)"),
        *("Fenwick Borough Council", "strong words"),
    ]
    # What is no sentence is not there to be broken: rows, loops, marks of lists.
    texts = ["".join(segment.itertext()) for segment in rule.iter(f"{XLF}source")]
    assert texts[2:] == ["Channel", "Whose", "Ours | theirs"]
    assert said(PACK)["law.records.practice"] == ["Look."]


def test_only_what_an_edition_prints(body: Small) -> None:
    out(body, "-e", "overview")
    assert list(said(PACK)) == [
        *("law.title", "law.records.label", "law.records.overview"),
    ]


def test_the_same_pack_is_the_same_bytes(body: Small) -> None:
    out(body)
    first = PACK.read_bytes()
    out(body)
    assert PACK.read_bytes() == first


@pytest.mark.parametrize("to", ["en-GB", "Welsh", "c y"])
def test_what_is_no_language_to_translate_into(body: Small, to: str) -> None:
    result = body.run("translate", "example", "--to", to, "--out", "pack.xliff")
    assert "PG733" in result.output
    assert not PACK.exists()


# --- Back -----------------------------------------------------------------------------------------


def test_a_pack_that_came_back_prints_in_its_language(body: Small) -> None:
    out(body)
    fill(PACK)
    assert "10 units taken, 0 of them reviewed" in back(body, "--machine")
    written = [p for p in files() if p.endswith(".cy.md")]
    assert sorted(written) == [
        "profiles/example/law.cy.md",
        "profiles/example/translations/base/law.cy.md",
        "profiles/example/translations/jurisdiction/uk/law.cy.md",
    ]
    told = welsh(body)
    assert told["law.own.rule"] == "cy: WE ARE Fenwick Borough Council."
    rule = told[RULE].split("\n")
    assert (
        rule[0]
        == "cy: SAVE POSTS WITHIN 7\xa0diwrnod, SAYS [THE GUIDE](https://guide.example/a_b)."
    )
    assert rule[1] == "Fenwick Borough Council KEEPS **EVERYTHING**."
    assert [row for row in rule if "Aa" in row] == ["| Aa | OURS \\| THEIRS |"]
    assert rule[-1] == "RING THE ARCHIVE."
    assert told["law.records.practice"] == "cy: 1. LOOK."
    # The file that was written is read again to the very pack that it came of.
    assert "Nothing waits" in out(body)


def test_what_a_translator_types_is_words_and_never_markup(body: Small) -> None:
    out(body)
    typed = "<b> *a* [x](javascript:y) | # & `c` \\"
    fill(PACK, {"Look.": typed, "Ours": typed, "Keep it.": "# a", "Save posts": "*Save* <i>posts"})
    back(body)
    told = welsh(body)
    printed = body.run("build", "example", "-f", "md", "-f", "html", "-e", "full-story")
    assert printed.exit_code == 0, printed.output
    page = etree.HTML(Path("dist/example/full-story.cy.html").read_text())
    shown = " ".join("".join(page.itertext()).split())
    assert shown.count("<b> *a* [x](javascript:y) | # & `c` \\") == 2
    assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert told["law.records.overview"] == "cy: \\# a"
    assert told[RULE].startswith("cy: \\*Save\\* \\<i>posts within 7")


def unclosed(target: Any) -> None:
    target.text = "{% if organisation.name %}"


def without(tag: str) -> Change:
    def change(target: Any) -> None:
        for code in list(target.iter(f"{XLF}{tag}"))[:1]:
            code.getparent().text = (code.getparent().text or "") + (code.tail or "")
            code.getparent().remove(code)

    return change


def twice(target: Any) -> None:
    for code in list(target.iter(f"{XLF}ph"))[1:2]:
        code.addnext(etree.fromstring(etree.tostring(code)))


def out_of_its_condition(target: Any) -> None:
    codes = list(target.iter(f"{XLF}ph"))
    if len(codes) == 3:
        target.append(codes[1])


def blocks_turned_round(target: Any) -> None:
    codes = list(target.iter(f"{XLF}ph"))
    if len(codes) == 3:
        target.append(codes[0])


def without_words(target: Any) -> None:
    for pair in target.iter(f"{XLF}pc"):
        pair.text = ""


def renamed(target: Any) -> None:
    for code in list(target.iter(f"{XLF}ph"))[:1]:
        code.set("id", "77")


BROKEN: Mapping[str, tuple[Change, str]] = {
    "lost": (without("ph"), "lacks the placeholder {1} (if commitments.capture)"),
    "lost link": (without("pc"), "lacks the placeholder {4} (link (https://guide.example/a_b))"),
    "doubled": (twice, "has the placeholder {2} (7 days) twice"),
    "moved": (out_of_its_condition, "has the placeholder {2} (7 days) in another condition"),
    "turned": (blocks_turned_round, "has its conditions in another order"),
    "empty": (without_words, "has no words in the placeholder {4} (link (https://guide.example"),
    "unknown": (renamed, "has a placeholder {77} that is not in the original"),
    "typed": (unclosed, "holds a brace that belongs to no placeholder"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_placeholder_is_refused_by_line_and_unit(body: Small, name: str) -> None:
    change, message = BROKEN[name]
    out(body)
    fill(PACK, changes={RULE: change})
    before = files()
    told = back(body, status=1)
    assert "pack.xliff:" in told
    assert "law.records, rule: the translation of sentence 1" in told
    assert message in told
    assert "PG736" in told
    assert files() == before


def test_a_space_within_strong_words_prints_no_stars(body: Small) -> None:
    def spaced(target: Any) -> None:
        for pair in target.iter(f"{XLF}pc"):
            pair.text = f" {pair.text} "

    out(body)
    fill(PACK, changes={RULE: spaced})
    back(body)
    told = welsh(body)[RULE]
    assert "SAYS [THE GUIDE](https://guide.example/a_b) ." in told
    assert "KEEPS **EVERYTHING** ." in told


def test_a_unit_that_is_half_done_waits_and_so_does_one_that_nobody_touched(body: Small) -> None:
    out(body)
    fill(PACK, only=("law.own.rule", "law.title"))
    assert "8 units still wait" in back(body)
    told = welsh(body)
    assert told["law.own.rule"].startswith("cy: WE ARE")
    assert told[RULE].startswith("en: Save posts")
    assert RULE in said_after(body)


def said_after(small: Small, *words: str) -> dict[str, list[str]]:
    out(small, *words)
    return said(PACK)


def test_what_has_changed_comes_out_alone_and_stands_in_english_meanwhile(body: Small) -> None:
    out(body)
    fill(PACK)
    back(body, "--reviewed-by", "Siân Example")
    body.write({"base/law.md": BASE.replace("Keep it.", "Keep it safe.")})
    assert welsh(body)["law.records.overview"] == "en: Keep it safe."
    assert welsh(body)[RULE].startswith("cy: SAVE")
    (stale,) = [p.what for p in body.found() if p.code == "PG732"]
    assert "1 clause was translated into cy from words that have since changed" in stale
    assert list(said_after(body)) == ["law.records.overview"]
    (unit,) = units(PACK).values()
    assert unit.find(f".//{XLF}target").text == "KEEP IT."  # the old words, to be mended
    assert unit.find(f".//{XLF}segment").get("state") == "initial"
    assert "1 unit still waits" in back(body)  # nobody has looked at it
    fill(PACK, {"Keep it safe.": "Cadwch."})
    back(body)
    assert welsh(body)["law.records.overview"] == "cy: Cadwch."


def test_words_added_by_hand_print_and_stay(body: Small) -> None:
    """Beside parts that say of which words they were made, without saying so themselves."""
    out(body)
    fill(PACK, only=("law.records.overview", RULE))
    back(body)
    file = Path("profiles/example/translations/base/law.cy.md")
    by_hand = file.read_text() + "\n### In practice\n\n1. Edrych.\n"
    file.write_text(by_hand)
    assert welsh(body)["law.records.practice"] == "cy: 1. Edrych."
    assert "law.records.practice" not in said_after(body)
    fill(PACK, only=("law.title",))
    assert "left out" not in back(body)
    assert "1. Edrych." in file.read_text()
    assert "## Keep a record {#law.records}" in file.read_text()
    assert welsh(body)["law.records.practice"] == "cy: 1. Edrych."


def test_what_cannot_stay_in_a_file_is_told(body: Small) -> None:
    out(body)
    fill(PACK, only=("law.records.overview",))
    back(body)
    file = Path("profiles/example/translations/base/law.cy.md")
    gone = "\n## Hen {#law.old}\n\n### Rule\n\nHen.\n\n<!-- Ask Siân -->\n"
    file.write_text(file.read_text() + gone)
    out(body)
    fill(PACK, only=("law.title",))
    told = back(body, "--dry-run")
    lost = "left out: law.old, the comments in translations/base/law.cy.md."
    assert lost in told
    assert file.read_text().endswith(gone)
    assert lost in back(body)


def test_a_pack_made_of_older_words_gives_only_what_still_holds(body: Small) -> None:
    out(body)
    fill(PACK)
    body.write({"base/law.md": BASE.replace("Keep it.", "Keep it safe.")})
    told = back(body)
    assert "1 unit is of words that have changed since" in told
    assert "law.records.overview" in told
    assert welsh(body)["law.records.overview"] == "en: Keep it safe."


# --- Reviewed, and not ----------------------------------------------------------------------------


def test_it_prints_as_a_draft_until_a_named_person_has_reviewed_it(body: Small) -> None:
    out(body)
    fill(PACK)
    back(body, "--machine")
    page = printed(body)
    assert page.count("(drafft)") == 3  # a rule, its practice, and our own rule
    assert "Cyfieithwyd gan beiriant ac nis adolygwyd." in page
    assert page.rstrip().endswith("Cyfieithiad drafft gan beiriant, heb ei adolygu")
    assert any(p.code == "PG738" for p in body.found())
    assert "(drafft)" not in Path("dist/example/full-story.md").read_text()
    # It goes out to be read, and comes back under a name.
    assert len(said_after(body, "--which", "unreviewed")) == 9
    assert "10 of them reviewed" in back(
        body, "--reviewed-by", "Siân Example", "--on", "2027-01-05"
    )
    text = Path("profiles/example/law.cy.md").read_text()
    assert ", machine-made, reviewed by Siân Example on 2027-01-05" in text
    page = printed(body)
    assert "drafft" not in page
    assert not [p for p in body.found() if p.code == "PG738"]


def printed(small: Small) -> str:
    result = small.run("build", "example", "-f", "md", "-e", "full-story")
    assert result.exit_code == 0, result.output
    return Path("dist/example/full-story.cy.md").read_text()


def test_what_the_pack_marks_as_reviewed_needs_a_name_and_covers_no_more(body: Small) -> None:
    out(body)
    fill(PACK)
    fill(PACK, state="final", only=("law.own.rule",))
    assert "0 of them reviewed" in back(body)
    assert "1 of them reviewed" in back(body, "--reviewed-by", "Siân Example")


def test_a_short_page_bears_a_star_at_each_and_says_what_it_means(body: Small) -> None:
    out(body)
    fill(PACK)
    back(body)
    body.run("build", "example", "-f", "md", "-e", "overview")
    page = Path("dist/example/overview.cy.md").read_text()
    assert "* Nid adolygwyd y cyfieithiad hwn eto." in page.replace("\\*", "*")
    assert "KEEP IT.* (1.1)" in page.replace("\\*", "*")
    body.run("build", "example", "-f", "md", "-e", "snapshot")
    snapshot = Path("dist/example/snapshot.cy.md").read_text().replace("\\*", "*")
    assert "THE LAW APPLIES.*\n" in snapshot, "what a section tells, too"
    assert "* Nid adolygwyd y cyfieithiad hwn eto." in snapshot


def test_only_editions_that_are_mostly_translated_are_made_unasked(body: Small) -> None:
    outline = body.path("outline.yaml")
    outline.write_text(
        outline.read_text()
        .replace("layout: poster, ", "layout: poster, default: yes, ")
        .replace("layout: book}", "layout: book, default: yes}")
    )
    out(body, "-e", "overview")
    fill(PACK)
    back(body)
    result = body.run("build", "example", "-f", "html")
    names = {Path(line).name for line in result.stdout.split()}
    assert names == {
        "policy.json",
        "policy.cy.json",
        "overview.html",
        "overview.cy.html",
        "full-story.html",
    }
    assert "full-story.cy.html" not in Path("dist/example/full-story.html").read_text()


# --- As a workbook --------------------------------------------------------------------------------

BOOK = Path("pack.xlsx")


def test_a_workbook_goes_out_and_comes_back(body: Small) -> None:
    out(body, file=BOOK)
    book = load_workbook(BOOK)
    sheet = book.active
    rows = list(sheet.iter_rows(min_row=4))
    assert rows[0][3].value == "The law"
    codes = [row[5].value for row in rows if row[5].value]
    assert codes[0].startswith(
        "{1}: if commitments.capture\n{2}: 7 days\n{3}: endif\n{4}...{/4}: link"
    )
    for row in rows:
        row[4].value = row[3].value.upper()
        row[7].value = "a machine"
    rows[-1][8].value = "Siân Example"
    rows[-1][9].value = "4 January 2027"
    book.save(BOOK)
    assert "10 units taken, 1 of them reviewed" in back(body, "--on", "2027-01-05", file=BOOK)
    assert welsh(body)["law.own.rule"] == "cy: WE ARE Fenwick Borough Council."
    text = Path("profiles/example/law.cy.md").read_text()
    assert "machine-made, reviewed by Siân Example on 2027-01-04" in text


def test_a_reviewer_may_be_named_on_two_lines(body: Small) -> None:
    """With Alt and Enter; of a slip it is one line."""
    out(body, file=BOOK)
    book = load_workbook(BOOK)
    for row in book.active.iter_rows(min_row=4):
        row[4].value = row[3].value.upper()
        row[8].value = "Siân Example\n  Cyfieithydd"
    book.save(BOOK)
    assert "10 units taken, 10 of them reviewed" in back(body, "--on", "2027-01-05", file=BOOK)
    text = Path("profiles/example/law.cy.md").read_text()
    assert ", reviewed by Siân Example Cyfieithydd on 2027-01-05\n" in text
    assert "Nothing to give out" in out(body, "--which", "unreviewed")


def spoil(change: Any) -> Any:
    def spoiled(small: Small) -> str:
        out(small, file=BOOK)
        book = load_workbook(BOOK)
        sheet = book.active
        for row in sheet.iter_rows(min_row=4):
            row[4].value = row[3].value.upper()
        change(sheet)
        book.save(BOOK)
        before = files()
        told = back(small, status=1, file=BOOK)
        assert files() == before
        return told

    return spoiled


def test_a_workbook_at_fault_is_refused_by_its_cell(body: Small) -> None:
    def lose(sheet: Any) -> None:
        cell = next(c for c in sheet["E"] if c.value and "{2}" in str(c.value))
        cell.value = cell.value.replace("{2}", "")

    told = spoil(lose)(body)
    assert "pack.xlsx E" in told
    assert "lacks the placeholder {2} (7 days)" in told
    for change, message in (
        (lambda sheet: sheet.__setitem__("E5", "=1+1"), "a formula or merged cells: E5"),
        (lambda sheet: sheet.merge_cells("D4:E4"), "a formula or merged cells: D4:E4"),
        (lambda sheet: sheet.__setitem__("E3", "Cyfieithiad"), "headings of this workbook"),
        (lambda sheet: sheet.__setitem__("J4", "soon"), '"soon" is no day'),
        (lambda sheet: sheet.__setitem__("H4", "an elf"), '"an elf" is neither'),
        (lambda sheet: sheet.__setitem__("A4", "law"), "no longer names a unit"),
    ):
        assert message in spoil(change)(body), message
    out(body, file=BOOK)
    with_macros(str(BOOK))
    assert "This workbook holds macros" in back(body, status=1, file=BOOK)


def test_of_two_translations_of_a_sentence_none_is_taken(body: Small) -> None:
    """As where somebody has put what two translators sent into one file."""

    def doubled(sheet: Any) -> None:
        last = sheet.max_row
        for at, cell in enumerate(sheet[last], 1):
            sheet.cell(last + 1, at).value = cell.value
        sheet.cell(last + 1, 5).value = "Ni."

    told = spoil(doubled)(body)
    assert "other words for the same sentence. PG734 Keep one of the two." in told

    out(body)
    fill(PACK)
    tree = etree.parse(PACK)
    unit = next(tree.iter(f"{XLF}unit"))
    unit.addnext(twin := copy.deepcopy(unit))
    tree.write(PACK)
    assert "10 units taken" in back(body, "--dry-run")
    next(twin.iter(f"{XLF}target")).text = "Arall"
    tree.write(PACK)
    assert "too, with other words. PG734" in back(body, status=1)


# --- From strangers -------------------------------------------------------------------------------

LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>"
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
HOSTILE = {
    "entities": (LAUGHS + "<x>&b;</x>", "declares entities"),
    "a file": (
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        "declares entities",
    ),
    "a DTD": (OUTSIDE + "<x/>", "declares entities"),
    "older XLIFF": ('<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "no XLIFF 2"),
    "depth": ("<x>" * 3000, "no XML that can be read"),
    "nothing": ("", "no XML that can be read"),
    "an encoding": ('<?xml version="1.0" encoding="klingon"?><x/>', "no XML that can be read"),
    "no unit": (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" trgLang="cy"/>',
        "holds no unit",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_pack_is_refused(body: Small, name: str) -> None:
    text, message = HOSTILE[name]
    PACK.write_text(text)
    told = back(body, status=1)
    assert message in told
    assert "PG734" in told
    assert "root:" not in told


def test_another_bodys_pack_and_another_languages(body: Small) -> None:
    out(body)
    fill(PACK)
    text = PACK.read_text()
    PACK.write_text(text.replace('"example/', '"fenwick/'))
    assert "This pack is of fenwick, and the profile is example." in back(body, status=1)
    PACK.write_text(text.replace('trgLang="cy"', 'trgLang="mi"'))
    assert "PG735" in back(body, status=1)
    PACK.write_text(text)
    assert "This pack is not of mi" in back(body, "--to", "mi", status=1)
    PACK.write_text(text.replace("example/base/law.cy.md", "example/../../law.cy.md"))
    assert "units are of words that have changed" in back(body)
    assert not [p for p in files() if ".." in p or ("law.cy.md" in p and "base" in p)]


def test_dry_run_writes_nothing_and_wrong_usage_says_so(body: Small) -> None:
    out(body)
    fill(PACK)
    before = files()
    assert "Nothing was written." in back(body, "--dry-run")
    assert files() == before
    for words in (
        ["--out", "a.xliff"],
        ["--to", "cy"],
        ["--to", "cy", "--out", "a.docx"],
        ["--to", "cy", "--out", "a.xliff", "--in", "b"],
    ):
        assert body.run("translate", "example", *words).exit_code == 2
