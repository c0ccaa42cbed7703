"""A link to another edition leads to its file, which stands beside this one in the same format, and nowhere else."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from lxml import html
from sample import sample_document

from policygen.model.document import Document, Link, Paragraph, Text
from policygen.write.writer import writer

HOSTILE = ("../policy", "https://evil", "a/b", ".hidden", "policy.cy.exe", "a b", "a\n")


def beside(*files: str) -> Document:
    links = [Link("#law.records", (Text("policy 1.2"),), file) for file in files]
    return replace(sample_document("brief"), body=tuple(Paragraph((link,)) for link in links))


def targets(format: str, document: Document) -> list[str]:
    """Where the links of a finished file lead that leave it."""
    data = writer(format).write(document)
    match format:
        case "html":
            hrefs = html.fromstring(data.decode()).xpath("//a/@href")
            return [href for href in hrefs if not href.startswith("#")]
        case "md":
            return [part.partition(")")[0] for part in data.decode().split("](")[1:]]
        case "docx":
            part = zipfile.ZipFile(io.BytesIO(data)).read("word/_rels/document.xml.rels")
            links = html.fromstring(part).xpath("//*[@targetmode='External']/@target")
            return list(map(str, links))
        case _:
            pages = pikepdf.open(io.BytesIO(data)).pages
            found = [note for page in pages for note in page.get("/Annots", [])]
            return [str(note.A.URI) for note in found if "/A" in note]


@pytest.mark.parametrize(
    ("format", "target"),
    [
        ("html", "policy.cy.html#law.records"),
        ("md", "policy.cy.md#law.records"),
        ("docx", "policy.cy.docx"),
        ("pdf", "policy.cy.pdf"),
    ],
)
def test_it_leads_to_the_file_beside_it_and_never_out_of_the_folder(
    format: str, target: str
) -> None:
    assert targets(format, beside("policy.cy")) == [target]
    assert targets(format, beside(*HOSTILE)) == []


def test_a_name_that_is_no_files_costs_the_link_and_not_its_words() -> None:
    assert writer("md").write(beside(*HOSTILE)).decode().count("policy 1.2") == len(HOSTILE)
