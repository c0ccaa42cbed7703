"""`policygen build --site`: a publication ready for a web server and an intranet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from policygen.pipeline.publish.publish import Publication
from policygen.present.site import site_index
from policygen.store.files import File
from policygen.write.writer import PasteWriter, writer

SITE, PASTE = "site", "paste"  # folders of one organisation


def with_site(publication: Publication) -> Publication:
    """Add two folders: `site`, an index page and every document, and `paste`, for an intranet."""
    site = tuple(
        replace(file, path=f"{publication.name}/{SITE}/{PurePosixPath(file.path).name}")
        for file in publication.files
        if file.edition
    )
    index = File(
        f"{publication.name}/{SITE}/index.html",
        writer("html").write(site_index(publication.policies, site)),
        format="html",
        language=publication.policies[0].language,
    )
    added = (index, *site, *_pastes(publication))
    return replace(publication, files=(*publication.files, *added))


def _pastes(publication: Publication) -> Iterator[File]:
    """Yield each document as plain HTML."""
    printer = writer("html")
    if not isinstance(printer, PasteWriter):
        return
    for stem, document in publication.documents.items():
        path = f"{publication.name}/{PASTE}/{stem}.html"
        data = printer.write_paste(document, stem.replace(".", "-"))
        yield File(path, data, format="html", language=document.meta.language)
