"""Other ways to the same words, each where it is at hand: what it took, and what it does not do.

psp (npm: @jupiterone/security-policy-builder) is found by PSP, the path of its command;
pandoc, Chromium and LibreOffice are found on the path.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bodies import document, policy
from measure import Measure, Work, against
from processes import POLICYGEN, command

from policygen.write.writer import writer

EDITION = "policy"
ASKED_FOR = ("needStandardHIPAA", "haveSecurityScorecard")  # each makes psp ask further questions


def psp(folder: Path) -> Work | None:
    """One file a clause, with the words of fenwick's clauses, its name to be filled in; None without psp."""
    program = os.environ.get("PSP")
    if not program:
        return None
    at, found = folder / "psp", policy("fenwick")
    pages = {}
    for clause in found.clauses():
        words = "\n\n".join(telling.wording.text for telling in clause.tellings)
        pages[clause.id] = f"# {clause.title.text}\n\n{words}\n"
    name = found.profile.name
    for id, text in pages.items():
        page = at / "templates/policies" / f"{id}.md.tmpl"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text.replace(name, "{{companyFullName}}"), "utf-8")
    (at / "templates/mkdocs").mkdir()
    (at / "templates/mkdocs/mkdocs.yml.tmpl").write_text("site_name: policies\n", "utf-8")
    (at / "config.json").write_text(_answers(Path(program), name, list(pages)), "utf-8")
    return command(
        *(program, "build", "--noninteractive", "--config", at / "config.json"),
        *("--templates", at / "templates", "--partials", at / "partials", "--output", at / "docs"),
    )


def _answers(program: Path, name: str, ids: list[str]) -> str:
    """All that psp asks, so that it stops for no question."""
    own = program.resolve().parents[2] / "security-policy-templates/templates/config.json"
    asked = json.loads(own.read_text("utf-8"))["organization"]
    given = {key: value if isinstance(value, bool) else name for key, value in asked.items()}
    policies = [{"id": id, "file": f"policies/{id}.md", "name": id, "adopted": True} for id in ids]
    answers = {
        "organization": given | dict.fromkeys(ASKED_FOR, False),
        "standards": [],
        "policies": [one | {"procedures": []} for one in policies],
        "procedures": [],
        "references": [],
    }
    return json.dumps(answers)


def converters() -> Iterator[Measure]:
    """Ours folds the layers, checks and writes; the others are given the finished words and only convert them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subject = document(EDITION)
        for format in ("md", "docx", "html"):
            (folder / f"p.{format}").write_bytes(writer(format).write(subject))
        for format, program, words, lacks in _others(folder):
            if found := shutil.which(program):
                ours = command(
                    *(POLICYGEN, "build", "fenwick", "--edition", EDITION, "--format", format),
                    *("--out", folder / "ours"),
                    before=lambda: shutil.rmtree(folder / "ours", ignore_errors=True),
                )
                work = f"{EDITION} edition as {format}, cold"
                yield against(work, ours, program, command(found, *words), runs=3, lacks=lacks)


def _others(folder: Path) -> Iterator[tuple[str, str, list[str | Path], str]]:
    """Of each: the format, the program, its words, and what its result lacks beside ours."""
    text, page, word = folder / "p.md", folder / "p.html", folder / "p.docx"
    yield (
        "html",
        "pandoc",
        [text, "-s", "-o", folder / "o.html"],
        "no landmarks, no style of its own",
    )
    yield (
        "docx",
        "pandoc",
        [text, "-o", folder / "o.docx"],
        "no fields, no anchors for a copy's return",
    )
    own = folder / "profile"
    to_pdf = ["--convert-to", "pdf", "--outdir", folder, word]
    lacks = "no PDF/UA unless asked, and only what Word's file holds"
    yield "pdf", "soffice", [f"-env:UserInstallation={own.as_uri()}", "--headless", *to_pdf], lacks
    printed = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={folder / 'o.pdf'}"]
    lacks = "no running heads, no page numbers in the contents; not PDF/UA"
    yield "pdf", "chromium", [*printed, page.as_uri()], lacks
