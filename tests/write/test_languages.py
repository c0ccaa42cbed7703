"""A policy in Welsh with an English one beside it, to the finished files: every word in the language it is tagged with.

The English words of this library begin with E-, the Welsh ones with C-.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml import html as parser
from pdf_reader import Pdf
from small import Small

ABOUT = """\
# X-About

## X-Policy {#document.title}

### Overview

X-Short.

### Snapshot

X-Essentials.

### Rule

X-Whole.

## X-Control {#document.control}

### Overview

| X-Version | X-Issued |
|---|---|
| {{ policy.version }} | {{ policy.issued }} |

### Rule

| X-Item | X-What |
|---|---|
| X-Issued | {{ policy.issued }} |

## X-Ask {#document.who-to-ask}

### Rule

| X-When | X-Whom |
|---|---|
| X-Unsure | {{ policy.owner.role }} |
"""
LAW = """\
# X-Law

- lead: X-Lead.
- decides: X-Somebody
- by: X-Soon

## X-Keep {#law.records}

- under: may
- audience: managers

### Overview

X-Keep it.

### Snapshot

X-Keep it for {{ commitments.capture }}.

### Rule

X-Keep it for {{ commitments.capture }} from {{ policy.issued }}: {{ platforms | listed }}.

::: do
X-Keep.
:::
"""
LATE = """\

## E-Late {#law.late}

- under: never
- audience: managers

### Overview

E-Never late.

### Snapshot

E-Late: see [E-keep](#law.records).

### Rule

E-Late after {{ commitments.capture }} from {{ policy.issued }}, says {{ policy.owner.role }}:
{{ platforms | listed }}.

| E-Head | E-Other |
|---|---|
| E-Cell | E-More |

- E-Item
"""
PROFILE = """\
name: Glanmorfa
short_name: {en: E-council, cy: C-cyngor}
kind: council
jurisdiction: england
posture: balanced
languages: [cy, en-GB]
local_names: {cy: Cyngor Glanmorfa}
policy:
  status: approved
  version: "1.10"
  issued: 2026-12-07
  owner: {role: {en: E-Head of news, cy: C-Pennaeth}}
commitments: {capture: 1500}
channels: [{platform: Aa}, {platform: Bb}]
"""
SAID = {"cy": "C-", "en-GB": "E-", "en": "E-"}
EDITIONS = ("overview", "snapshot", "full-story")


@pytest.fixture
def welsh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Small:
    small = Small(tmp_path, monkeypatch)
    about, law = (ABOUT, "base/document"), (LAW, "base/law")
    small.write({f"{name}.md": text.replace("X-", "E-") for text, name in (about, law)})
    small.write(
        {
            f"{name}.cy.md": re.sub("^- (under|audience).*\n\n?", "", text, flags=re.M).replace(
                "X-", "C-"
            )
            for text, name in (about, law)
        }
    )
    small.write(
        {"base/law.md": LAW.replace("X-", "E-") + LATE, "organisation/profile.yaml": PROFILE}
    )
    return small


def built(small: Small, *words: str) -> None:
    result = small.run("build", "example", *words)
    assert result.exit_code == 0, result.output
    (warning,) = [line for line in result.stderr.splitlines() if "warning" in line]
    assert "1 clause has no words in cy in every layer, and stands in en: law.late." in warning


def spoken(node: Any, language: str = "") -> Iterator[tuple[str, str]]:
    """Every text of an HTML tree with the language that it is in."""
    inner = node.get("lang") or language
    if isinstance(node.tag, str) and node.tag not in ("style", "meta"):
        yield inner, node.text or ""
        for child in node:
            yield from spoken(child, inner)
            yield inner, child.tail or ""


def wrong(said: Iterator[tuple[str, str]]) -> list[tuple[str, str]]:
    """What is tagged as one language and said in another."""
    return [
        (lang, text)
        for lang, text in said
        for word in re.findall(r"\b([CE]-)", text)
        if SAID[lang] != word
    ]


@pytest.mark.parametrize("edition", EDITIONS)
def test_html(edition: str, welsh: Small) -> None:
    built(welsh, "-f", "html", "-e", edition)
    for name, language in ((edition, "cy"), (f"{edition}.en-GB", "en-GB")):
        page = parser.document_fromstring(Path(f"dist/example/{name}.html").read_text())
        said = list(spoken(page))
        assert page.get("lang") == language
        assert wrong(iter(said)) == []
        assert ("cy", "Cyngor Glanmorfa") in said
        assert any("E-" in text for lang, text in said)


@pytest.mark.parametrize("edition", EDITIONS)
def test_docx(edition: str, welsh: Small) -> None:
    built(welsh, "-f", "docx", "-e", edition)
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(f"dist/example/{edition}.docx") as file:
        body, styles = (
            etree.fromstring(file.read(f"word/{part}.xml")) for part in ("document", "styles")
        )
        core = file.read("docProps/core.xml").decode()
    assert {element.get(f"{w}val") for element in styles.iter(f"{w}lang")} == {"cy"}
    assert "<dc:language>cy</dc:language>" in core
    said = []
    for run in body.iter(f"{w}r"):
        tagged = [element.get(f"{w}val") for element in run.iter(f"{w}lang")]
        said.append(((tagged or ["cy"])[0], "".join(run.itertext())))
    assert wrong(iter(said)) == []
    assert any("E-" in text for _, text in said)


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_pdf(edition: str, welsh: Small) -> None:
    built(welsh, "-f", "pdf", "-e", edition)
    pdf = Pdf(Path(f"dist/example/{edition}.pdf").read_bytes())
    assert str(pdf.file.Root.Lang) == "cy"
    tagged = " ".join(
        " ".join(e.text.split()) for e in pdf.tree.walk() if str(e.raw.get("/Lang", "")) == "en"
    )
    whole = " ".join(pdf.tree.text.split())
    assert "C-Keep it" in whole
    assert set(re.findall(r"E-\w+", whole)) <= set(re.findall(r"E-\w+", tagged))
    assert "C-" not in tagged


def test_dates_numbers_and_words_follow_the_language(welsh: Small) -> None:
    built(welsh, "-f", "md")
    cy, en = (
        Path(f"dist/example/full-story{tag}.md").read_text().replace("\xa0", " ")
        for tag in ("", ".en-GB")
    )
    assert "C-Keep it for 1,500 diwrnod from 7 Rhagfyr 2026: Aa a Bb." in cy
    assert "E-Keep it for 1,500 days from 7 December 2026: Aa and Bb." in en
    # What waits for its translation is English to its dates, roles and lists.
    assert "E-Late after 1,500 days from 7 December 2026, says E-Head of news: Aa and Bb." in cy
    assert "fersiwn 1.10" in cy
    assert "version 1.10" in en
    assert "I managers." in cy  # the small outline names its readers in English only
    assert "For managers." in en
    assert "Cynnwys" in cy
    assert "Gwnewch" in cy


def test_files_bear_their_language_and_the_manifest_says_it(welsh: Small) -> None:
    built(welsh, "-f", "md")
    names = {p.name for p in Path("dist/example").iterdir()}
    assert names == {f"{e}{tag}.md" for e in EDITIONS for tag in ("", ".en-GB")} | {
        "policy.json",
        "policy.en-GB.json",
    }
    files = json.loads(Path("dist/manifest.json").read_bytes())["files"]
    assert {files[f"example/{n}"]["language"] for n in ("overview.md", "policy.json")} == {"cy"}
    assert {
        files[f"example/{n}"]["language"] for n in ("overview.en-GB.md", "policy.en-GB.json")
    } == {"en-GB"}


def test_they_stand_in_the_order_of_the_profile(welsh: Small) -> None:
    welsh.write({"organisation/profile.yaml": PROFILE.replace("[cy, en-GB]", "[en-GB, mi, cy]")})
    result = welsh.run("build", "example", "-f", "md", "-e", "overview")
    assert result.stdout.split() == [
        f"dist/example/{n}"
        for n in ("policy.json", "overview.md", "policy.cy.json", "overview.cy.md")
    ]
    assert 'warning: The library has no words in "mi" yet' in result.stderr


def test_what_a_draft_lacks_is_named_in_english_and_tagged_so(welsh: Small) -> None:
    welsh.write(
        {
            "organisation/profile.yaml": PROFILE.replace("approved", "draft").replace(
                '  version: "1.10"\n', ""
            )
        }
    )
    assert welsh.run("build", "example", "-f", "html", "-e", "full-story").exit_code == 0
    page = parser.document_fromstring(Path("dist/example/full-story.html").read_text())
    said = list(spoken(page.get_element_by_id("gaps")))
    assert ("en", "[Version]") in said or ("en", "Version") in said
    assert ("en", "The policy\u2019s owner") in said or ("en", "The policy's owner") in said
    assert "Beth sydd ar goll o hyd" in page.get_element_by_id("gaps").text_content()


def languages(page: Any) -> list[tuple[str, str, str]]:
    """What leads from a page to its translations: (language, its own name, file)."""
    lists = [nav for nav in page.iter("nav") if nav.get("aria-label") in LANGUAGES]
    marks = [mark for nav in lists for mark in nav.xpath(".//li/*")]
    return [(mark.get("lang"), mark.text, mark.get("href") or "") for mark in marks]


LANGUAGES = ("Y ddogfen hon mewn ieithoedd eraill", "This document in other languages")


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_leads_to_itself_in_the_other_languages(edition: str, welsh: Small) -> None:
    built(welsh, "-f", "html", "-e", edition)
    page, other = (
        parser.document_fromstring(Path(f"dist/example/{name}.html").read_text())
        for name in (edition, f"{edition}.en-GB")
    )
    assert languages(page) == [("cy", "Cymraeg", ""), ("en-GB", "English", f"{edition}.en-GB.html")]
    assert languages(other) == [("cy", "Cymraeg", f"{edition}.html"), ("en-GB", "English", "")]


def test_a_page_in_one_language_leads_to_no_other(welsh: Small) -> None:
    welsh.write({"organisation/profile.yaml": PROFILE.replace("[cy, en-GB]", "[en-GB]")})
    welsh.run("build", "example", "-f", "html", "-e", "overview")
    page = parser.document_fromstring(Path("dist/example/overview.html").read_text())
    assert languages(page) == []
