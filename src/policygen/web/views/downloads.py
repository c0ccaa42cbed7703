"""Each edition in each format, and all of them at once."""

from __future__ import annotations

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import Response

from policygen.pipeline.page.printed import endings, print_file, print_zip, printables
from policygen.web.asked import Asked
from policygen.web.pages import html_page

_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}


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
    media_type = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    return _sent(printed.data, f"{asked.body.name}-{name}", media_type)


def zip_download(asked: Asked) -> Response:
    """Return every usual edition in every format, in a zip."""
    data = print_zip(asked.body.file, asked.session.workspace)
    return _sent(data, f"{asked.body.name}.zip", "application/zip")


def _sent(data: bytes, name: str, media_type: str) -> Response:
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=media_type, headers={"content-disposition": disposition})
