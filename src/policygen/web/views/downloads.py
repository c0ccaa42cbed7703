"""Each edition in each format, and all of them at once."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from policygen.pipeline.page.printed import endings, print_file, print_zip, printables
from policygen.web.asked import Asked
from policygen.web.pages import html_page, sent_file


def downloads_page(asked: Asked) -> Response:
    """List what there is."""
    every = printables(asked.body.file, asked.session.workspace)
    return html_page("downloads.html", asked, every=every, endings=endings())


def file_download(asked: Asked) -> Response:
    """Return one file of the policy, printed now."""
    name = asked.names["file"]
    printed = print_file(asked.body.file, name, asked.session.workspace)
    if printed is None:
        raise HTTPException(404, "This policy has no such file.")
    return sent_file(printed.data, f"{asked.body.name}-{name}")


def zip_download(asked: Asked) -> Response:
    """Return every usual edition in every format, in a zip."""
    data = print_zip(asked.body.file, asked.session.workspace)
    return sent_file(data, f"{asked.body.name}.zip")
