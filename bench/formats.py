"""From documents to files: each format, beside the library that it stands on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from bodies import document, tiers
from measure import Measure, against, alone, warm

from policygen.load.library.library import shipped
from policygen.pipeline.build import build
from policygen.pipeline.workspace import Workspace
from policygen.write.html.writer import render_page
from policygen.write.writer import THEME, writer

# Prints every example's full story as PDF in one process, and then how many MB it holds after each.
BODIES = """
import gc
from bodies import examples, policy_of
from policygen.cli import PATIENT
from policygen.present.edition import present
from policygen.write.writer import writer

gc.set_threshold(*PATIENT)
sizes = []
for body in examples():
    writer("pdf").write(present(policy_of(body), "full-story"))
    pages = int(open("/proc/self/statm").read().split()[1])
    sizes.append(pages * 4096 // 1_000_000)
print(*sizes)
"""


def html_and_markdown() -> Iterator[Measure]:
    subject = document("full-story")
    for name in ("html", "md"):
        made = writer(name)
        work = warm(lambda made=made: made.write(subject))
        yield alone(f"{name}, full-story, warm", work, runs=15)


def docx() -> Iterator[Measure]:
    subject, made = document("full-story"), writer("docx")
    paragraphs = _paragraphs(made.write(subject))
    yield against(
        "DOCX, full-story, warm",
        warm(lambda: made.write(subject)),
        "python-docx, same paragraphs",
        warm(lambda: _with_python_docx(paragraphs)),
        "20 ms for 16 pages",
        runs=9,
        lacks="no fields, no bookmarks, no tagged clauses, no tables",
    )


def _paragraphs(file: bytes) -> list[list[str]]:
    """The texts of each paragraph's runs."""
    import docx

    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    body = docx.Document(BytesIO(file)).element.body
    return [[run.text or "" for run in p.iter(f"{word}r")] for p in body.iter(f"{word}p")]


def _with_python_docx(paragraphs: list[list[str]]) -> None:
    import docx

    file = docx.Document()
    for runs in paragraphs:
        paragraph = file.add_paragraph(style="Body Text")
        for text in runs:
            paragraph.add_run(text)
    file.save(BytesIO())


def pdf() -> Iterator[Measure]:
    made = writer("pdf")
    for edition in ("overview", "snapshot", "policy", "full-story"):
        subject, press = document(edition), _WeasyPrint()
        html = render_page(subject, "print")
        yield against(
            f"PDF, {edition}",
            warm(lambda subject=subject: made.write(subject)),
            "WeasyPrint alone, same HTML",
            warm(lambda html=html, press=press: press.write(html)),
            "1.05 x",
            runs=5,
        )


def whole() -> Iterator[Measure]:
    """One organisation's default build."""
    profile = shipped("profiles") / "fenwick" / "profile.yaml"
    workspace, press = Workspace(), _WeasyPrint()
    pages = [render_page(document(edition), "print") for edition in tiers()]
    yield against(
        f"fenwick: {len(pages)} editions, 4 formats, in memory",
        warm(lambda: build(profile, workspace)),
        f"WeasyPrint alone, its {len(pages)} PDFs",
        warm(lambda: [press.write(html) for html in pages]),
        "1.25 x",
        runs=3,
    )


class _WeasyPrint:
    """WeasyPrint by itself, with fonts and style sheet read before, as ours has."""

    def __init__(self) -> None:
        import weasyprint  # type: ignore[import-untyped]  # no stubs
        from weasyprint.text.fonts import (  # type: ignore[import-untyped]  # no stubs
            FontConfiguration,
        )

        self.html = weasyprint.HTML
        self.fonts = FontConfiguration()
        self.sheets = [weasyprint.CSS(filename=THEME / "print.css", font_config=self.fonts)]

    def write(self, html: str) -> Any:
        return self.html(string=html, base_url=THEME.as_uri() + "/").write_pdf(
            stylesheets=self.sheets, font_config=self.fonts, pdf_variant="pdf/ua-1"
        )


def memory() -> Iterator[Measure]:
    """Of one process that prints body after body: what it holds after five, and at most thereafter."""
    run = [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{BODIES}"]
    done = subprocess.run(run, check=True, capture_output=True, text=True)
    sizes = [int(size) for size in done.stdout.split()]
    work = f"memory for the PDFs of {len(sizes)} bodies"
    after_five, most = sizes[4], max(sizes[5:])
    yield Measure(work, f"{most} MB", "after five", f"{after_five} MB", most / after_five, "flat")
