"""Templates to pages."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response

from policygen.pipeline.page.form import label_of
from policygen.pipeline.page.profiles import folder_state
from policygen.pipeline.page.told import told, told_all
from policygen.pipeline.page.undo import last_save
from policygen.problems import PolicygenError, on_page
from policygen.web.asked import Asked, address
from policygen.web.fields import field_address, parts_of
from policygen.web.security import DOCUMENT_POLICY

_LEVELS = {"error": "Must be mended", "warning": "Deserves a look", "advice": "Advice"}

_OFFICE = "application/vnd.openxmlformats-officedocument"
_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "zip": "application/zip",
    "ics": "text/calendar; charset=utf-8",
    "xliff": "application/xliff+xml",
}
_FIELDS = {
    "button": "govukButton",
    "checkboxes": "govukCheckboxes",
    "error-summary": "govukErrorSummary",
    "file-upload": "govukFileUpload",
    "input": "govukInput",
    "radios": "govukRadios",
    "select": "govukSelect",
    "textarea": "govukTextarea",
}


@cache
def _templates() -> Environment:
    """The templates of the page, and the fields of forms by govuk-frontend-jinja."""
    fields = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    loaders = [PackageLoader("policygen.web"), fields]
    made = Environment(
        loader=ChoiceLoader(loaders), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    for folder, macro in _FIELDS.items():
        file = f"govuk_frontend_jinja/components/{folder}/macro.html"
        made.globals[macro] = getattr(made.get_template(file).module, macro)
    made.globals.update(
        address=address,
        field_address=field_address,
        label_of=label_of,
        levels=_LEVELS,
        parts_of=parts_of,
        told=told,
        on_page=on_page,
        told_all=told_all,
    )
    macros = vars(made.get_template("macros.html").module)
    made.globals |= {name: one for name, one in macros.items() if not name.startswith("_")}
    return made


def html_page(
    template: str, asked: Asked | None = None, status: int = 200, **values: Any
) -> HTMLResponse:
    """Return a page. `asked` gives it the body that it is about."""
    body = asked.body if asked and "body" in asked.names else None
    frame: dict[str, Any] = {"body": body}
    if asked and body and not body.is_example:
        frame |= {"last_save": last_save(body.file), "state": folder_state(body.file)}
        frame |= {"here_is": asked.path, "undone": asked.query.get("undone", "")}
    text = _templates().get_template(template).render(**frame, **values)
    return HTMLResponse(text, status)


def problems_page(error: PolicygenError, asked: Asked, status: int = 422) -> HTMLResponse:
    """Return a page that lists Problems, for whatever could not be done."""
    why = "This is why:" if len(error.problems) == 1 else "These are the reasons:"
    values = {"what": f"Nothing was changed. {why}", "problems": error.problems}
    onward = address("body", asked.names["body"]) if "body" in asked.names else "/"
    return html_page(
        "said.html", asked, status, title="This cannot be done", onward=onward, **values
    )


def said_page(what: str, status: int = 200) -> HTMLResponse:
    """Return a page that says in a line what went wrong, or that policygen has ended."""
    title, onward = ("Ended", "") if status == 200 else ("This did not work", "/")
    return html_page("said.html", None, status, title=title, what=what, onward=onward)


def sent_file(data: bytes, name: str) -> Response:
    """Return a file to be saved; the ending of its name says what it is."""
    media_type = _TYPES.get(name.rpartition(".")[2], "application/octet-stream")
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(data, media_type=media_type, headers={"content-disposition": disposition})


def framed(data: bytes) -> Response:
    """Return a printed document for a frame of a page, in which it runs nothing."""
    return HTMLResponse(data, headers={"content-security-policy": DOCUMENT_POLICY})


def report_file(asked: Asked, name: str, data: bytes | None) -> Response:
    """Return a report, for a frame or to be saved under a name. Raises HTTPException for none."""
    if data is None:
        raise HTTPException(404)
    if "frame" in asked.query:
        return framed(data)
    return sent_file(data, f"{asked.body.name}-{name}")
