"""policy.json -> Policy.

The file may be old, cut short, edited by hand or a stranger's: each is a Problem.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import from_json

from policygen.load.files import display_path, excerpt, read_bytes
from policygen.load.library.on_disk import shipped
from policygen.load.library.outline import shipped_labels
from policygen.load.policy_faults import policy_faults
from policygen.model.language import in_language
from policygen.model.policy import POLICY_SCHEMA, Policy, policy_from_json
from policygen.problems import Location, Message, PolicygenError, Problem

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

POLICY_LIMIT = 20_000_000  # bytes; a full policy has about 600,000
_MOST_VALUES = 100_000  # values of all kinds; a full policy has about 14,000
_SHOWN_FAULTS = 10  # faults that a reader will still look through
_MOST_FAULTS = 1_000  # of a policy that was damaged; a file with more was never one
_ANEW = "Get the file anew from where it came, or build it again from its profile."
_FAMILY = POLICY_SCHEMA.rpartition("/")[0] + "/"


def read_policy(path: Path) -> Policy:
    """Read one policy.json. Raises PolicygenError with every fault at once.

    A policy that an earlier program wrote may lack labels that documents print today; the shipped
    ones stand in.
    """
    return parse_policy(read_bytes(path, POLICY_LIMIT), display_path(path))


def parse_policy(data: bytes, path: str) -> Policy:
    """Read a policy from the bytes of its file; `path` is what Problems call it.

    Raises as `read_policy` does.
    """
    location = Location(path)
    tree = _json(data, location)
    _require_schema(tree, location)
    _require_bounds(tree, location)
    policy = _validate(data, location)
    labels = in_language(_shipped_labels(), policy.language)
    faults = list(islice(policy_faults(policy, labels, tree), _SHOWN_FAULTS))
    if faults:
        raise PolicygenError(_wrong(what, location) for what in faults)
    outline = replace(policy.outline, labels={**labels, **policy.outline.labels})
    return replace(policy, outline=outline)


def _json(data: bytes, location: Location) -> Any:
    """Read the JSON, which pydantic bounds in depth.

    Raises PolicygenError where it is not whole.
    """
    try:
        return from_json(data)
    except ValueError as error:
        at = re.search(r"line (\d+) column (\d+)", str(error))
        line, column = (int(at[1]), int(at[2])) if at else (0, 0)
        what = "This is not whole JSON: it was cut short, or somebody changed it."
        location = Location(location.path, line, column)
        raise PolicygenError([Problem(what, _ANEW, location, code="PG640")]) from None


def _require_schema(tree: Any, location: Location) -> None:
    """Raise PolicygenError for a file of another kind, or of another version of the program."""
    schema = tree.get("schema") if isinstance(tree, dict) else None
    if not isinstance(schema, str) or not schema.startswith(_FAMILY):
        what = "This is not a policy.json of policygen."
        mend: str = Message(
            "Name one that `policygen build` wrote.", on_page="Choose one that policygen wrote."
        )
        raise PolicygenError([Problem(what, mend, location, code="PG641")])
    if schema != POLICY_SCHEMA:
        what = (
            f'Another version of policygen made this: its schema is "{excerpt(schema)}"; '
            f'this one reads "{POLICY_SCHEMA}".'
        )
        mend = "Install the version that made it, or build the policy again from its profile."
        raise PolicygenError([Problem(what, mend, location, code="PG642")])


def _require_bounds(tree: Any, location: Location) -> None:
    """Raise PolicygenError for far more values than any policy has: faults in each take hours."""
    count = 0
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        count += 1
        if isinstance(node, dict):
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)
        if count + len(waiting) > _MOST_VALUES:
            raise PolicygenError([_wrong("This holds far more parts than any policy.", location)])


def _validate(data: bytes, location: Location) -> Policy:
    """Make the policy of JSON that has been found bounded.

    Raises PolicygenError with the first faults, and the number of the others.
    """
    try:
        return policy_from_json(data)
    except ValidationError as error:
        count = error.error_count()
        if count > _MOST_FAULTS:
            what = f"This has {count:,} faults: it is no policy of policygen."
            raise PolicygenError([_wrong(what, location)]) from None
        faults = error.errors(include_url=False, include_context=False, include_input=False)
    hidden = len(faults) - _SHOWN_FAULTS
    more = f" ({hidden} more faults are not shown.)" if hidden > 0 else ""
    raise PolicygenError(
        _wrong(_sentence(fault), location, more) for fault in faults[:_SHOWN_FAULTS]
    )


def _sentence(fault: ErrorDetails) -> str:
    where = ".".join(str(part) for part in fault["loc"])
    return f"{where or 'The file'}: {fault['msg'].rstrip('.')}."


def _wrong(what: str, location: Location, more: str = "") -> Problem:
    return Problem(excerpt(what), _ANEW + more, location, code="PG643")


@cache
def _shipped_labels() -> dict[str, dict[str, str]]:
    """Return the labels of the program's own files, which do not change, by language."""
    return shipped_labels(shipped("templates"))
