"""policy.json -> Policy. The file may be old, cut short, edited by hand or a stranger's: each is a Problem."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import from_json as parsed

from policygen.load.library import shipped
from policygen.load.outline import braces, shipped_labels
from policygen.load.yaml import shown
from policygen.model.policy import SCHEMA, Policy, from_json
from policygen.model.text import LANGUAGE, in_language
from policygen.problems import Place, PolicygenError, Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LIMIT = 20_000_000  # bytes; a full policy has about 600,000
_MANY = 10          # faults that a reader will still look through
_RESERVED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")  # as for fragments
_NAME = re.compile(r"\w[\w.-]{0,60}")  # of an edition: its files are called by it
_WAYS = ("may", "think", "never")
_ANEW = "Get the file anew from where it came, or build it again from its profile."


def read_policy(path: Path) -> Policy:
    """Read one policy.json. Raises PolicygenError with every fault at once.

    A policy that an earlier program wrote may lack labels that documents print today; the shipped ones stand in.
    """
    return policy_of(read_bytes(path), shown(path))


def policy_of(data: bytes, path: str) -> Policy:
    """Read a policy from the bytes of its file; `path` is what Problems call it. Raises as `read_policy` does."""
    try:
        policy = from_json(data)
    except ValidationError as error:
        raise PolicygenError(_refused(error, data, Place(path))) from None
    labels = in_language(_labels(), policy.language)
    if faults := list(islice(_faults(policy, labels, data), _MANY)):
        raise PolicygenError([Problem(safe(what), _ANEW, Place(path)) for what in faults])
    return replace(policy, outline=replace(policy.outline, labels={**labels, **policy.outline.labels}))


def read_bytes(path: Path, limit: int = LIMIT) -> bytes:
    """Read a file of at most `limit` bytes. Raises PolicygenError when it is larger, or cannot be read."""
    place = Place(shown(path))
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        what = f"This file cannot be read: {(error.strerror or 'unknown reason').lower()}."
        raise PolicygenError([Problem(what, "Check that it is there and yours.", place)]) from None
    if len(data) > limit:
        what = f"This file has more than {limit:,} bytes: it is no such file of policygen."
        raise PolicygenError([Problem(what, "Check that it is the one you mean.", place)])
    return data


def _refused(error: ValidationError, data: bytes, place: Place) -> list[Problem]:
    """Why a file is no policy: not JSON, of another kind, of another version, or with faults in it."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return [_broken(first, place)]
    whole = parsed(data)
    schema = whole.get("schema") if isinstance(whole, dict) else None
    if not isinstance(schema, str) or not schema.startswith(SCHEMA.rpartition("/")[0] + "/"):
        return [Problem("This is not a policy.json of policygen.", "Name one that `policygen build` wrote.", place)]
    if schema != SCHEMA:
        what = f'Another version of policygen made this: its schema is "{safe(schema)}"; this one reads "{SCHEMA}".'
        mend = "Install the version that made it, or build the policy again from its profile."
        return [Problem(what, mend, place)]
    faults = error.errors()
    more = f" ({len(faults) - _MANY} more faults are not shown.)" if len(faults) > _MANY else ""
    return [Problem(_said(fault), _ANEW + more, place) for fault in faults[:_MANY]]


def _broken(fault: ErrorDetails, place: Place) -> Problem:
    at = re.search(r"line (\d+) column (\d+)", fault["msg"])
    line, column = (int(at[1]), int(at[2])) if at else (0, 0)
    what = "This is not whole JSON: it was cut short, or somebody changed it."
    return Problem(what, _ANEW, Place(place.path, line, column))


def _said(fault: ErrorDetails) -> str:
    where = ".".join(str(part) for part in fault["loc"])
    return safe(f"{where or 'The file'}: {fault['msg'].rstrip('.')}.")


def safe(text: str) -> str:
    """What a file said, short enough for a line and safe for a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text[:200])


def _faults(policy: Policy, labels: dict[str, str], data: bytes) -> Iterator[str]:
    """What the types cannot say: every name leads somewhere, and every text can be printed."""
    outline, sources = policy.outline, {source.id for source in policy.sources}
    if not LANGUAGE.fullmatch(policy.language):
        yield f'"{policy.language}" is not a language tag.'
    for key, edition in outline.editions.items():
        if not _NAME.fullmatch(key):
            yield f'The edition "{key}" has a name that no file can have.'
        if edition.tier not in outline.tiers:
            yield f'The edition "{key}" is of the tier "{edition.tier}", which is not there.'
    for clause in policy.clauses():
        cited = [citation.source for citation in clause.citations]
        yield from (f"{clause.id} cites {source}, which is not there." for source in cited if source not in sources)
        readers = (name for name in clause.audience if name not in outline.audiences)
        yield from (f"{clause.id} is for {name}, who are not there." for name in readers)
    for section in policy.sections:
        known = (*_WAYS, *(clause.id for clause in section.clauses))
        for clause in section.clauses:
            ways = [way for way in (clause.yes, clause.no) if way not in ("", "next")]
            if (clause.yes or clause.no) and not (ways and all(way in known for way in ways)):
                yield f"{clause.id} is a question whose answers lead nowhere."
    for key, text in outline.labels.items():
        if key in labels and not braces(text) <= braces(labels[key]):
            yield f'The braces of the label "{key}" are not those that are filled in.'
    try:
        base64.b64decode(policy.logo, validate=True)
    except (binascii.Error, ValueError):
        yield "The logo is not readable."
    if any(_RESERVED.search(text) for text in _texts(parsed(data))):
        yield "A text holds a character that cannot be printed."


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


@cache
def _labels() -> dict[str, dict[str, str]]:
    """The labels that policygen brings along, by language."""
    return shipped_labels(shipped("templates"))
