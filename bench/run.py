"""Measure policygen against other ways to do the same work: one run, one machine, medians.

    python bench/run.py [WORD...]

Milliseconds differ from machine to machine; the ratios are what to compare.
With WORDs, only the measures whose name holds one of them are taken.
"""

from __future__ import annotations

import gc
import os
import platform
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter

from policygen.cli import PATIENT
from policygen.compose.composer import ComposeCache, compose
from policygen.diff import differences
from policygen.diff.blocks import Redline
from policygen.diff.matrix import matrix
from policygen.load.library import load_library, shipped
from policygen.load.profile import load_organisation
from policygen.model.document import Blocks, Document, Paragraph, Text
from policygen.model.fragment import Library, Organisation
from policygen.model.policy import Policy
from policygen.pipeline.build import build as make
from policygen.pipeline.compare import matrix_page
from policygen.pipeline.names import whole_editions
from policygen.pipeline.workspace import Workspace
from policygen.present.edition import present
from policygen.report.changes.redline import redline
from policygen.write.writer import THEME, writer

ROOT = Path(__file__).parents[1]
TWO = ("fenwick", "rauporoa")  # whose policies differ in most
POLICYGEN = Path(sys.executable).parent / "policygen"


@dataclass(frozen=True)
class Measure:
    """One line of the report: what we took, what the other way took, and what we want to reach."""

    work: str
    ours: str
    other: str = ""
    ratio: float | None = None
    reach: str = ""


def times(*works: Callable[[], object], runs: int = 7) -> list[float]:
    """Median milliseconds of each work, after one unmeasured run; taken in turn, so that none has the quiet hour."""
    taken: list[list[float]] = [[] for _ in works]
    for run in range(runs + 1):
        for work, into in zip(works, taken, strict=True):
            gc.collect()
            start = perf_counter()
            work()
            if run:
                into.append((perf_counter() - start) * 1000)
    return [median(one) for one in taken]


def process(*command: str | Path) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True, capture_output=True)


def organisation(name: str, words: Library) -> Organisation:
    return load_organisation(shipped("profiles") / name / "profile.yaml", words)


def names() -> list[str]:
    return sorted(file.parent.name for file in shipped("profiles").glob("*/profile.yaml"))


def document(edition: str) -> Document:
    words = load_library()
    policy = compose(words, organisation("fenwick", words), "en-GB", ComposeCache()).policy
    assert policy
    return present(policy, edition)


def help_text() -> Iterator[Measure]:
    ours, other = times(
        process(POLICYGEN, "--help"), process(sys.executable, "-c", "import click"), runs=15
    )
    yield Measure(
        "policygen --help", f"{ours:.0f} ms", f"import click {other:.0f} ms", ours / other, "80 ms"
    )


def load_and_compose() -> Iterator[Measure]:
    yield Measure("load the library", f"{times(load_library)[0]:.0f} ms")
    words = load_library()
    cache = ComposeCache()
    for name in names():
        one = organisation(name, words)
        (ours,) = times(
            lambda one=one: compose(words, one, one.profile.languages[0], cache), runs=21
        )
        yield Measure(f"compose {name}, warm", f"{ours:.1f} ms", reach="10 ms")


def generated(count: int, words: Library) -> list[Organisation]:
    """Bodies like the examples, each with a name of its own."""
    examples = [organisation(name, words) for name in names()]
    found = []
    for number in range(count):
        like = examples[number % len(examples)]
        changed = {"name": f"Organisation number {number}", "short_name": f"body {number}"}
        found.append(
            replace(like, name=f"org-{number}", profile=like.profile.model_copy(update=changed))
        )
    return found


def many() -> Iterator[Measure]:
    words, made = load_library(), writer("md")
    cache = ComposeCache()
    every = generated(200, words)
    count, start = 0, perf_counter()
    for one in every:
        policy = compose(words, one, one.profile.languages[0], cache).policy
        assert policy
        count += sum(
            len(made.write(present(policy, edition)).split())
            for edition in whole_editions(words.outline)
        )
    seconds = perf_counter() - start
    what = f"compose and Markdown, {len(every)} organisations"
    yield Measure(
        what, f"{count / seconds:,.0f} words/s", f"{count:,} words", reach="100,000 words/s"
    )


def compare() -> Iterator[Measure]:
    words = load_library()
    cache = ComposeCache()
    every = generated(400, words)

    def composed(count: int) -> Iterator[tuple[str, str, Policy]]:
        for one in every[:count]:
            policy = compose(words, one, one.profile.languages[0], cache).policy
            assert policy
            yield one.name, one.name, policy

    for count in (100, 400):
        ours, other = times(
            lambda count=count: matrix(composed(count)),
            lambda count=count: deque(composed(count), 0),
            runs=1,
        )
        against = f"composing them alone {other / 1000:.1f} s"
        yield Measure(
            f"compare {count} organisations",
            f"{ours / 1000:.1f} s",
            against,
            ours / other,
            "5 s for 400",
        )
    found = matrix(composed(400))
    size = len(matrix_page(found)) / 1e6
    yield Measure(
        "the same as HTML, warm",
        f"{times(lambda: matrix_page(found), runs=1)[0] / 1000:.1f} s",
        f"{size:.1f} MB",
    )


def pdf() -> Iterator[Measure]:
    import weasyprint  # type: ignore[import-untyped]  # no stubs

    from policygen.write.html.writer import render_page

    made = writer("pdf")
    for edition in ("overview", "full-story"):
        subject = document(edition)
        html = render_page(subject, "print")

        def alone(html: str = html) -> object:
            source = weasyprint.HTML(string=html, base_url=THEME.as_uri() + "/")
            return source.write_pdf(stylesheets=[THEME / "print.css"], pdf_variant="pdf/ua-1")

        pages = len(weasyprint.HTML(string=html).render(stylesheets=[THEME / "print.css"]).pages)
        ours, other = times(lambda subject=subject: made.write(subject), alone, runs=5)
        against = f"WeasyPrint alone, same HTML {other:.0f} ms"
        yield Measure(
            f"PDF, {edition}, {pages} pages", f"{ours:.0f} ms", against, ours / other, "ratio 1.1"
        )


def whole() -> Iterator[Measure]:
    """One organisation's default build, against WeasyPrint alone; both have read fonts and style sheet before."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]  # no stubs

    from policygen.write.html.writer import render_page

    profile = shipped("profiles") / "fenwick" / "profile.yaml"
    workspace = Workspace()
    words = workspace.library
    pages = [render_page(document(edition), "print") for edition in whole_editions(words.outline)]
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(filename=THEME / "print.css", font_config=fonts)

    def alone() -> None:
        for html in pages:
            source = weasyprint.HTML(string=html, base_url=THEME.as_uri() + "/")
            source.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")

    ours, other = times(lambda: make(profile, workspace), alone, runs=3)
    against = f"WeasyPrint alone, its {len(pages)} PDFs {other:.0f} ms"
    yield Measure(
        "fenwick: 3 editions, 4 formats, in memory",
        f"{ours:.0f} ms",
        against,
        ours / other,
        "ratio 1.25",
    )


def docx() -> Iterator[Measure]:
    from io import BytesIO

    import docx

    made, subject = writer("docx"), document("full-story")
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    body = docx.Document(BytesIO(made.write(subject))).element.body
    paragraphs = [[r.text or "" for r in p.iter(f"{word}r")] for p in body.iter(f"{word}p")]

    def naive() -> None:
        file = docx.Document()
        for runs in paragraphs:
            paragraph = file.add_paragraph(style="Body Text")
            for text in runs:
                paragraph.add_run(text)
        file.save(BytesIO())

    ours, other = times(lambda: made.write(subject), naive, runs=9)
    against = f"python-docx, same paragraphs {other:.0f} ms"
    yield Measure(
        "DOCX, full-story, warm", f"{ours:.0f} ms", against, ours / other, "20 ms for 16 pages"
    )


def html_and_markdown() -> Iterator[Measure]:
    subject = document("full-story")
    for name in ("html", "md"):
        made = writer(name)
        (ours,) = times(lambda made=made: made.write(subject), runs=15)
        yield Measure(f"{name}, full-story, warm", f"{ours:.0f} ms")


def build() -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        for formats in (["md"], ["md", "html", "docx"], ["md", "html", "docx", "pdf"]):
            asked = [part for name in formats for part in ("-f", name)]
            command = (POLICYGEN, "build", "fenwick", *asked, "--out", folder)

            def anew(command: tuple[str | Path, ...] = command) -> None:
                (Path(folder) / "manifest.json").unlink(
                    missing_ok=True
                )  # else nothing would be built
                process(*command)()

            ours, again = times(anew, process(*command), runs=3)
            yield Measure(f"policygen build fenwick: {', '.join(formats)}", f"{ours:.0f} ms")
        yield Measure("policygen build fenwick, nothing changed", f"{again:.0f} ms", reach="500 ms")


def diff() -> Iterator[Measure]:
    words = load_library()
    cache = ComposeCache()
    composed = (
        compose(words, one, one.profile.languages[0], cache)
        for one in (organisation(n, words) for n in TWO)
    )
    first, second = (one.policy for one in composed if one.policy)
    (ours,) = times(lambda: differences(first, second))
    yield Measure(f"diff {' and '.join(TWO)}, in full", f"{ours:.0f} ms", reach="10 ms")
    found, made = differences(first, second), writer("docx")
    for tier in whole_editions(words.outline):
        (ours,) = times(lambda tier=tier: made.write(redline(found, tier)))
        other = redlined(*(made.write(present(policy, tier)) for policy in (first, second)))
        against = f"python-redlines {other:,.0f} ms" if other else ""
        yield Measure(
            f"{tier} with changes, DOCX",
            f"{ours:.0f} ms",
            against,
            ours / other if other else None,
            "60 ms",
        )
    # Where words were weighed against all words, twice as many paragraphs would take four times as long.
    texts = [alike(count) for count in (150, 300, 600)]
    taken = times(*(lambda text=text: Redline().blocks(*text) for text in texts), runs=3)
    for text, ours, half in zip(texts[1:], taken[1:], taken, strict=False):
        work = f"{len(text[0])} paragraphs all alike, redlined"
        yield Measure(work, f"{ours:.0f} ms", f"half as many {half:.0f} ms", ours / half, "ratio 2")


def redlined(first: bytes, second: bytes) -> float:
    """Milliseconds that python-redlines takes for two DOCX; REDLINES names a Python that has it, else none."""
    python = os.environ.get("REDLINES")
    if not python:
        return 0.0
    script = """
import sys, time
from python_redlines import DocxodusEngine
first, second = (open(path, "rb").read() for path in sys.argv[1:])
engine = DocxodusEngine()
taken = []
for _ in range(3):
    start = time.perf_counter()
    engine.run_redline("bench", first, second)
    taken.append((time.perf_counter() - start) * 1000)
print(sorted(taken)[1])
"""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{name}.docx") for name in ("first", "second")]
        for path, data in zip(paths, (first, second), strict=True):
            path.write_bytes(data)
        done = subprocess.run(
            [python, "-c", script, *paths], check=True, capture_output=True, text=True
        )
    return float(done.stdout)


def alike(count: int) -> tuple[Blocks, Blocks]:
    """Paragraphs of twenty words, of which each differs a little from its neighbours and from its other version."""
    words = " ".join(f"word{number}" for number in range(20))
    first = tuple(Paragraph((Text(f"{words} {number}."),)) for number in range(count))
    return first, tuple(
        Paragraph((Text(f"{words} {number + 1}, changed."),)) for number in range(count)
    )


ALL = (help_text, load_and_compose, many, compare, html_and_markdown, docx, pdf, whole, build, diff)


def main(wanted: list[str]) -> None:
    gc.set_threshold(*PATIENT)  # as every command does
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {cores} cores. Medians.\n"
    )
    print(f"{'work':<44} {'ours':>16}   {'against':<38} {'ratio':>5}   to reach")
    for take in ALL:
        if not wanted or any(word in take.__name__ for word in wanted):
            for one in take():
                ratio = f"{one.ratio:.2f}" if one.ratio is not None else ""
                print(
                    f"{one.work:<44} {one.ours:>16}   {one.other:<38} {ratio:>5}   {one.reach}".rstrip(),
                    flush=True,
                )


if __name__ == "__main__":
    os.chdir(ROOT)
    main(sys.argv[1:])
