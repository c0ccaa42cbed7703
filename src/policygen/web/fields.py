"""A field of the form as govuk-frontend-jinja wants it: which macro, and what to hand to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.groups import group_of
from policygen.pipeline.page.profiles import Listed
from policygen.pipeline.page.save import Saved
from policygen.pipeline.page.told import told, told_at, told_in_file
from policygen.problems import DataPath, Problem
from policygen.web.asked import address

_MACROS = {"line": "input", "day": "input", "choice": "select", "many": "boxes", "lines": "area"}


def parts_of(
    field: FormField, typed: Mapping[str, str], problems: Iterable[Problem]
) -> tuple[str, dict[str, Any]]:
    """Return the macro of a field and its parameters: what was typed, its hint, its Problems."""
    value = typed.get(field.name, field.value)
    ask = f"Ask {field.ask}." if field.ask else ""
    usual = f"Usual: {field.usual}." if field.usual and field.kind == "line" else ""
    hint = " ".join(part for part in (field.hint, usual, ask) if part)
    faults = [told_at(field, one) for one in problems]
    optional = "" if field.required or field.kind == "choice" else " (optional)"
    params: dict[str, Any] = {
        "id": field.id,
        "idPrefix": field.id,
        "name": field.name,
        "value": value,
        "label": {"text": field.label + optional},
        "fieldset": {"legend": {"text": field.label}},
        "autocomplete": "off",
    }
    if hint:
        params["hint"] = {"text": hint}
    if faults:
        params["errorMessage"] = {"text": " ".join(faults)}
    if field.kind == "day" and not faults:
        params["type"] = "date"
    if field.kind == "lines":
        params["rows"] = max(3, value.count("\n") + 2)
    if field.kind == "file":
        params["attributes"] = (
            {"accept": ".svg,.png"} if field.name == "brand.logo" else {"multiple": ""}
        )
    if field.choices:
        params["items"] = _items(field, value)
    return _MACROS.get(field.kind, field.kind), params


def field_address(body: Listed | None, path: DataPath) -> str:
    """Return where the form asks for a fact of a body's own; "" for any other."""
    group = group_of(path)
    if not group or body is None or body.is_example:
        return ""
    return f"{address('body', body.name, 'facts', group)}#{'-'.join(map(str, path))}"


def placed(
    fields: Iterable[FormField], problems: Sequence[Problem], body: Listed | None = None
) -> tuple[dict[str, list[Problem]], list[dict[str, str]]]:
    """Return the Problems beside each field, and all of them for the summary that leads there."""
    beside: dict[str, list[Problem]] = {}
    listed: list[dict[str, str]] = []
    for field in fields:
        length = len(field.path)  # also an item of its list, or a word in one language
        found = [one for one in problems if one.field and one.field[:length] == field.path]
        beside[field.name] = found
        listed += [{"text": told_at(field, one), "href": f"#{field.id}"} for one in found]
    known = {id(one) for several in beside.values() for one in several}
    for one in problems:
        if id(one) not in known:  # it is told in the list alone, and leads to its fact
            href = field_address(body, one.field)
            leads = {"text": told(one), "href": href}
            listed.append(leads if href else {"text": told_in_file(one)})
    return beside, listed


def form_state(
    fields: Iterable[FormField], problems: Sequence[Problem], refused: Saved | None
) -> tuple[int, dict[str, Any]]:
    """Return the status of a page with a form, and what its template says of the form.

    `refused` says why what was sent is not saved; without it nothing was to be.
    """
    beside, listed = placed(fields, problems)
    meanwhile = refused.meanwhile if refused else ()
    state = {"beside": beside, "listed": listed, "meanwhile": meanwhile, "deed": "saved"}
    status = 200 if refused is None else 409 if meanwhile else 422
    return status, {**state, "is_refused": refused is not None}


def _items(field: FormField, value: str) -> list[dict[str, Any]]:
    """Return what there is to choose, with what is chosen; also a word that is no choice at all."""
    chosen = value.split("\n")
    known = [choice.name for choice in field.choices]
    items: list[dict[str, Any]] = [
        {
            "value": one.name,
            "text": one.title,
            "selected": one.name in chosen,
            "checked": one.name in chosen,
        }
        for one in field.choices
    ]
    if field.kind == "many":
        return items
    if not field.required:
        usual = next((one.title for one in field.choices if one.name == field.usual), "")
        items.insert(0, {"value": "", "text": f"Not said ({usual})" if usual else "Not said"})
    if value and value not in known:
        items.insert(0, {"value": value, "text": value, "selected": True})
    return items
