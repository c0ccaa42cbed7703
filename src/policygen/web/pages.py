"""Templates to pages."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from starlette.responses import HTMLResponse

from policygen.problems import PolicygenError
from policygen.web.asked import Asked, address
from policygen.web.fields import parts_of

_LEVELS = {"error": "Must be mended", "warning": "Deserves a look", "advice": "Advice"}

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
    made.globals.update(address=address, parts_of=parts_of, levels=_LEVELS)
    return made


def html_page(
    template: str, asked: Asked | None = None, status: int = 200, **values: Any
) -> HTMLResponse:
    """Return a page. `asked` gives it the body that it is about."""
    body = asked.body if asked and "body" in asked.names else None
    text = _templates().get_template(template).render(body=body, **values)
    return HTMLResponse(text, status)


def problems_page(error: PolicygenError, asked: Asked | None, status: int = 422) -> HTMLResponse:
    """Return a page that lists Problems, for whatever could not be done."""
    return html_page(
        "problems.html", asked, status, problems=error.problems, title="This cannot be done"
    )


def said_page(status: int, what: str, asked: Asked | None = None) -> HTMLResponse:
    """Return a page that says in a line what went wrong."""
    return html_page("said.html", asked, status, what=what, is_fine=status == 200)
