"""What the fields of a body's own Word template print: facts of its profile, and what a cut is."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from typing import Any

from policygen.facts.described import describe_fact
from policygen.facts.shape import layers_shape, unknown_name
from policygen.facts.values import printed_value, profile_facts
from policygen.model import document as doc
from policygen.model.bidi import isolated
from policygen.model.document import Inlines, Text
from policygen.model.language import capitalise, format_day
from policygen.model.policy import Policy
from policygen.present.cut import Cut
from policygen.present.front_matter import document_lead, document_title
from policygen.problems import nearest

_TITLE, _LEAD, _EDITION = "document.title", "document.lead", "edition.title"
_OF_CUT = (_TITLE, _LEAD, _EDITION)
_STATUS = "policy.status"
# What Word itself knows of a file, which documents have anyhow.
_OF_FILE = ("title", "subject", "author", "keywords")
_OF_WORD = ("comments", "company", "category", "manager", "status", "publish date", "abstract")
_UNSET = "\u2013"  # what an approved policy prints for what its profile leaves unset


def template_fields(cut: Cut) -> tuple[tuple[str, Inlines], ...]:
    """Return what each field of the template prints that names a fact, by the field's name.

    There is none where the body has no template, or another edition than a book is laid out.
    """
    if not cut.policy.theme.word_template or cut.edition.layout != "book":
        return ()
    facts = _facts(cut.policy)
    printed = ((field, _printed(cut, field, facts)) for field in asked_fields(cut.policy))
    return tuple((field, inlines) for field, inlines in printed if inlines)


def asked_fields(policy: Policy) -> tuple[str, ...]:
    """Return the names of the fields of a policy's template, as they stand there, each once."""
    from policygen.model.word_template import BODY_BOOKMARK, read_template  # few bodies have one

    names = read_template(base64.b64decode(policy.theme.word_template)).names
    return tuple(name for name in names if name.lower() != BODY_BOOKMARK)


def unknown_field(field: str) -> str:
    """Return how to mend a field that names nothing that a policy has, or "" for one that does."""
    path = _path(field)
    if field.lower() in (*_OF_CUT, *_OF_FILE, *_OF_WORD):
        return ""
    shape = layers_shape(())
    if path[:1] == ("commitments",):
        return ""
    unknown = unknown_name(shape, path)
    if unknown is None:
        return ""
    part, known = unknown
    if part == path[1] and path[0] == "organisation":
        known = (*known, *(name for name in _OF_CUT))
    before = ".".join(path[: path.index(part)]).removeprefix("organisation")
    return nearest(field.lower(), [f"{before}.{name}".lstrip(".") for name in known])


def unset_fields(policy: Policy) -> tuple[str, ...]:
    """Return the fields that name a fact which the profile leaves unset."""
    facts = _facts(policy)
    return tuple(
        field
        for field in asked_fields(policy)
        if not unknown_field(field)
        and field.lower() not in (*_OF_CUT, *_OF_FILE, *_OF_WORD)
        and _text(policy, _value(facts, _path(field))) == ""
    )


def owner_fields(policy: Policy) -> tuple[str, ...]:
    """Return the fields that print what the policy's owner changes without the board."""
    outline = policy.outline
    return tuple(one for one in asked_fields(policy) if outline.is_owner_fact(".".join(_path(one))))


def _facts(policy: Policy) -> Mapping[str, Any]:
    facts = profile_facts(policy.profile, policy.language)
    facts["commitments"] = {one.name: one.text for one in policy.commitments}
    return facts


def _path(field: str) -> tuple[str, ...]:
    """Return the path of a fact by the name of a field: of `name`, `organisation.name`."""
    path = tuple(field.lower().split("."))
    known = ("organisation", "policy", "contacts", "platforms", "commitments")
    return path if path[0] in known else ("organisation", *path)


def _value(facts: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    value: Any = facts
    for part in path:
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _printed(cut: Cut, field: str, facts: Mapping[str, Any]) -> Inlines:
    """Return what a field prints, or nothing where it names no fact."""
    match field.lower():
        case "document.title":
            return (Text(document_title(cut)),)
        case "document.lead":
            return (Text(document_lead(cut)),)
        case "edition.title":
            return (Text(cut.title),)
    if field.lower() in (*_OF_FILE, *_OF_WORD) or unknown_field(field):
        return ()
    path = _path(field)
    dotted = ".".join(path).removeprefix("organisation.")
    if dotted == _STATUS:
        return (Text(capitalise(cut.labels[f"status_{cut.policy.profile.policy.status}"])),)
    text = _text(cut.policy, _value(facts, path))
    if text:
        return (doc.Value(dotted, isolated(text)),)
    if cut.policy.profile.policy.status == "approved":
        return (Text(_UNSET),)
    return (cut.gaps.get(dotted) or doc.Gap(dotted, describe_fact(dotted).label),)


def _text(policy: Policy, value: Any) -> str:
    """Return a fact as documents print it; of somebody to reach, the role. "" for one unset."""
    if isinstance(value, Mapping):
        value = value.get("role")
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, (_text(policy, one) for one in value)))
    if isinstance(value, date):
        return format_day(value, policy.language)
    if value is None or isinstance(value, bool):
        return ""
    return printed_value(value, policy.language)
