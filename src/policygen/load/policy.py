"""policy.json -> Policy. The file may be old, cut short, edited by hand or a stranger's: each is a Problem."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic_core import from_json as parsed

from policygen.load.files import display_path, excerpt, read_bytes
from policygen.load.library import shipped
from policygen.load.outline import shipped_labels
from policygen.load.policy_faults import policy_faults
from policygen.model.language import in_language
from policygen.model.policy import POLICY_SCHEMA, Policy, policy_from_json
from policygen.problems import Place, PolicygenError, Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

POLICY_LIMIT = 20_000_000  # bytes; a full policy has about 600,000
_MANY = 10  # faults that a reader will still look through
_ANEW = "Get the file anew from where it came, or build it again from its profile."


def read_policy(path: Path) -> Policy:
    """Read one policy.json. Raises PolicygenError with every fault at once.

    A policy that an earlier program wrote may lack labels that documents print today; the shipped ones stand in.
    """
    return parse_policy(read_bytes(path, POLICY_LIMIT), display_path(path))


def parse_policy(data: bytes, path: str) -> Policy:
    """Read a policy from the bytes of its file; `path` is what Problems call it. Raises as `read_policy` does."""
    try:
        policy = policy_from_json(data)
    except ValidationError as error:
        raise PolicygenError(_refused(error, data, Place(path))) from None
    labels = in_language(_labels(), policy.language)
    if wrong := list(islice(policy_faults(policy, labels, data), _MANY)):
        raise PolicygenError([Problem(excerpt(what), _ANEW, Place(path)) for what in wrong])
    return replace(
        policy, outline=replace(policy.outline, labels={**labels, **policy.outline.labels})
    )


def _refused(error: ValidationError, data: bytes, place: Place) -> list[Problem]:
    """Why a file is no policy: not JSON, of another kind, of another version, or with faults in it."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return [_broken(first, place)]
    whole = parsed(data)
    schema = whole.get("schema") if isinstance(whole, dict) else None
    if not isinstance(schema, str) or not schema.startswith(POLICY_SCHEMA.rpartition("/")[0] + "/"):
        return [
            Problem(
                "This is not a policy.json of policygen.",
                "Name one that `policygen build` wrote.",
                place,
            )
        ]
    if schema != POLICY_SCHEMA:
        what = f'Another version of policygen made this: its schema is "{excerpt(schema)}"; this one reads "{POLICY_SCHEMA}".'
        mend = "Install the version that made it, or build the policy again from its profile."
        return [Problem(what, mend, place)]
    found = error.errors()
    more = f" ({len(found) - _MANY} more faults are not shown.)" if len(found) > _MANY else ""
    return [Problem(_said(fault), _ANEW + more, place) for fault in found[:_MANY]]


def _broken(fault: ErrorDetails, place: Place) -> Problem:
    at = re.search(r"line (\d+) column (\d+)", fault["msg"])
    line, column = (int(at[1]), int(at[2])) if at else (0, 0)
    what = "This is not whole JSON: it was cut short, or somebody changed it."
    return Problem(what, _ANEW, Place(place.path, line, column))


def _said(fault: ErrorDetails) -> str:
    where = ".".join(str(part) for part in fault["loc"])
    return excerpt(f"{where or 'The file'}: {fault['msg'].rstrip('.')}.")


@cache
def _labels() -> dict[str, dict[str, str]]:
    """The labels that policygen brings along, by language."""
    return shipped_labels(shipped("templates"))
