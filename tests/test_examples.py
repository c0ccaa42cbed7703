"""The finished files that the repository keeps are what the program makes now.

`examples/` holds two organisations at three depths in every format, for people to open.
`tests/golden/` holds the other editions as HTML, and those of more organisations as Markdown.
Both are renewed by `make golden`; whoever reviews a change reads the difference there.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from organisations import (
    EVERYTHING,
    EXAMPLES,
    FORMATS,
    ROOT,
    SHORT,
    built,
    is_kept,
    kept,
    made,
    tiers,
)
from prints import PRINTS, Print, as_json
from tools import outside_tool

FINISHED = [(o, e, f) for o in EXAMPLES for e in tiers() for f in FORMATS]
KEPT = {
    "md": kept(),
    "html": [(o, e) for o, e in kept() if o in EXAMPLES],
    # Made on request; a draft with its gaps, an approved policy, and a poster in Welsh.
    "txt": [("rauporoa", "policy"), *(("fenwick", e) for e in SHORT), ("glanmorfa", "overview")],
}
OTHERS = [(o, e, f) for f, kept in KEPT.items() for o, e in kept if (o, e, f) not in FINISHED]
HOMES = {ROOT / "examples": FINISHED, ROOT / "tests/golden": OTHERS}


def parts(docx: bytes) -> str:
    """The names of a DOCX's parts, and the text of those that are XML, one element a line.

    Without the digest of the policy, which holds that of the whole library: every change of it would be one here.
    """
    lines = []
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        for name in sorted(file.namelist()):
            is_xml = name.endswith((".xml", ".rels"))
            lines += [name, file.read(name).decode().replace("><", ">\n<") if is_xml else ""]
    return re.sub(r"\b[0-9a-f]{64}\b", "", "\n".join(lines))


def text_and_pages(pdf: bytes) -> str:
    """What a reader can copy out of a PDF, and how many pages it takes."""
    command = [outside_tool("pdftotext"), "-raw", "-enc", "UTF-8", "-", "-"]
    text = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return f"{len(file.pages)} pages\n{text}"


SEEN: dict[str, Callable[[bytes], str]] = {"docx": parts, "pdf": text_and_pages}


@pytest.mark.parametrize(
    ("organisation", "edition", "format"),
    [pytest.param(*row, marks=pytest.mark.slow if row[2] == "pdf" else ()) for row in FINISHED],
)
def test_the_examples_are_fresh(
    organisation: str, edition: str, format: str, golden: Callable[..., None]
) -> None:
    for file in built(organisation, edition, format):
        golden(ROOT / "examples" / file.path, file.data, SEEN.get(format, bytes.decode))


@pytest.mark.skipif(EVERYTHING, reason="`make audit` prints all anew")
def test_what_the_kept_pdfs_were_printed_from_is_known(golden: Callable[..., None]) -> None:
    """So that a PDF is printed again only where something that decides how it prints has changed."""
    prints: list[Print] = []
    for organisation, edition in ((o, e) for o, e, f in FINISHED if f == "pdf" and is_kept(o, e)):
        made_now = made(organisation, edition, "pdf")
        for file, found in zip(made_now.files, made_now.sources, strict=True):
            assert found, f"WeasyPrint had something to say of {file.path}"
            path, digest = f"examples/{file.path}", sha256(file.data).hexdigest()
            prints.append(Print(path=path, sha256=digest, pages=found[1], source=found[0]))
    golden(PRINTS, as_json(prints))


@pytest.mark.parametrize(
    ("organisation", "edition", "format"),
    [pytest.param(*row, marks=() if row[0] in EXAMPLES else pytest.mark.slow) for row in OTHERS],
)
def test_the_goldens_are_fresh(
    organisation: str, edition: str, format: str, golden: Callable[..., None]
) -> None:
    for file in built(organisation, edition, format):
        golden(ROOT / "tests/golden" / file.path, file.data)


@pytest.mark.slow
@pytest.mark.parametrize("home", HOMES, ids=lambda home: home.name)
def test_nothing_is_left_over(home: Path) -> None:
    """A file that no profile or edition makes any more would stand there unseen."""
    made = {home / file.path for row in HOMES[home] for file in built(*row)}
    assert sorted({path for path in home.glob("*/*") if path.is_file()} - made) == []


@pytest.mark.slow
def test_no_example_depends_on_where_it_was_made() -> None:
    for organisation, edition, format in FINISHED:
        if format in ("md", "html"):
            for file in built(organisation, edition, format):
                assert str(ROOT) not in file.data.decode()
