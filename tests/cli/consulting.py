"""A small body whose draft is out for comment, and what comes back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from lxml import etree
from returned_copy import LAWYER, UNION, ReturnedWord, W, edited
from small import ROOT, Small

LAW = """\
# The law

## Keep a record {#law.records}

- label: Records

### Rule

Save every post of {{ organisation.short_name }} within {{ commitments.capture }}.
Nobody deletes a post before that.

## Ask first {#law.advice}

- label: Advice

### Rule

Ask the lawyers before you post about a case.

## Save the replies {#law.replies}

- label: Replies

### Rule

Save a reply in the archive.
"""
PROFILE = """\
name: Fenwick Borough Council
short_name: the council
kind: council
jurisdiction: england
posture: balanced
commitments: {capture: 5}
unions: [UNISON]
policy:
  status: consultation
  version: "0.9"
  owner: {role: the Head of Communications, email: social@fenwick.example}
  issued: 2026-11-02
  consultation: {opens: 2026-11-02, closes: 2026-12-04, keep_until: 2027-12-31}
"""
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = (
    f'xmlns:w="{W[1:-1]}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
)
FOLDER = Path("profiles/example/consultations/0.9")
LETTERS, LOG = FOLDER / "letters", FOLDER / "log.jsonl"
PEOPLE = FOLDER / "people/respondents.yaml"
SENT = Path("profiles/example/releases/0.9/full-story.docx")
OPEN = ("consult", "open", "example", "-s", "Our first draft", "-e", "full-story", "-f", "docx")


def opened(small: Small, kept: Path) -> Small:
    """Open the consultation; what that writes is made once, and copied from then on."""
    small.write({"base/law.md": LAW, "organisation/profile.yaml": PROFILE})
    shutil.copy(ROOT / "templates/consultation.yaml", "templates/consultation.yaml")
    if not kept.exists():
        result = small.run(*OPEN)
        assert result.exit_code == 0, result.output
        shutil.copytree("profiles/example", kept)
    shutil.rmtree("profiles/example")
    shutil.copytree(kept, "profiles/example")
    return small


def word_copy(name: str, *edits: Any) -> str:
    """Send a copy of the draft back, edited."""
    shutil.copy(SENT, name)
    Path(name).chmod(0o644)
    edited(Path(name), *edits)
    return name


def lawyer() -> str:
    def edits(one: ReturnedWord) -> None:
        one.track("law.advice", "the lawyers", "counsel", LAWYER)
        one.track("law.replies", "a reply", "each reply", LAWYER)

    return word_copy("lawyer.docx", edits)


def union() -> str:
    def edits(one: ReturnedWord) -> None:
        one.track("law.advice", "the lawyers", "the union and the lawyers", UNION)
        one.track("law.replies", "in the archive", "where staff can read it", UNION)

    return word_copy("union.docx", edits)


def commented(one: ReturnedWord) -> None:
    """Comment on the lawyers, and reply to it, as two people do in Word."""
    said = "".join(
        f'<w:comment w:id="{id}" w:author="{author}" w:date="2026-11-30T09:00:00Z">'
        f'<w:p w14:paraId="0000000{id}"><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
        for id, author, words in ((1, LAWYER, "Which lawyers?"), (2, UNION, "Ours too."))
    )
    one.parts["word/comments.xml"] = f"<w:comments {_WORD}>{said}</w:comments>".encode()
    one.parts["word/extended.xml"] = (
        f'<w15:commentsEx {_WORD}><w15:commentEx w15:paraId="00000001"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001"/></w15:commentsEx>'
    ).encode()
    links = "".join(
        f'<Relationship Id="rIdC{kind}" Type="{_OFFICE}/{kind}" Target="{path}"/>'
        for kind, path in (("comments", "comments.xml"), ("commentsExtended", "extended.xml"))
    )
    relations = "word/_rels/document.xml.rels"
    end = b"</Relationships>"
    one.parts[relations] = one.parts[relations].replace(end, links.encode() + end)
    run = one.text("law.advice", "the lawyers").getparent()
    assert run is not None
    for id in ("1", "2"):
        run.addprevious(etree.Element(f"{W}commentRangeStart", {f"{W}id": id}))
        mark = etree.Element(f"{W}r")
        etree.SubElement(mark, f"{W}commentReference", {f"{W}id": id})
        run.addnext(mark)
        run.addnext(etree.Element(f"{W}commentRangeEnd", {f"{W}id": id}))


def director() -> str:
    return word_copy("director.docx", lambda one: one.retype("law.records", "deletes", "removes"))


def collated(small: Small, *files: str, more: tuple[str, ...] = ()) -> dict[str, Any]:
    """Collate files, and return the log as JSON has it."""
    result = small.run("consult", "collate", "example", *files, "--format", "json", *more)
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def responses(log: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"clause": one["clause"], **said} for one in log["clauses"] for said in one["responses"]
    ]


def everything() -> dict[str, bytes]:
    """All that lies in the body's folder."""
    files = (path for path in Path("profiles/example").rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in files if path.name != ".policygen.lock"}
