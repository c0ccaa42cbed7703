"""What a body's own Word template asks for in vain, and whether it has a place for the words."""

from __future__ import annotations

import base64
from collections.abc import Iterator

from policygen.model.policy import Policy
from policygen.present.template_fields import (
    asked_fields,
    owner_fields,
    unknown_field,
    unset_fields,
)
from policygen.problems import Level, Location, Problem

_FILE = "theme/policy.dotx"


def word_template_faults(policy: Policy) -> Iterator[Problem]:
    """Yield a warning for each field that no policy should print; for a missing place."""
    if not policy.theme.word_template:
        return
    from policygen.model.word_template import BODY_BOOKMARK, read_template  # few bodies have one

    location = Location(policy.profile.name)
    for field in asked_fields(policy):
        if mend := unknown_field(field):
            what = f'{_FILE} has a field "{field}", which names no fact: it is left as it is.'
            yield Problem(what, mend, location, Level.WARNING, code="PG435")
    for field in owner_fields(policy):
        what = f'{_FILE} prints "{field}" in the policy too, and it changes without the board.'
        mend = "Name the role in its place, such as policy.owner.role."
        yield Problem(what, mend, location, Level.WARNING, code="PG548")
    if policy.profile.policy.status == "approved":
        for field in unset_fields(policy):
            what = f'{_FILE} asks for "{field}", which your profile leaves unset.'
            mend = "Give it in the profile, or take the field out of the template."
            yield Problem(what, mend, location, Level.WARNING, code="PG436")
    if not read_template(base64.b64decode(policy.theme.word_template)).has_place:
        what = f"{_FILE} does not say where the words of the policy go: they stand at its end."
        mend = (
            "In Word, put the cursor there, choose Insert, Bookmark, "
            f'and add one named "{BODY_BOOKMARK}".'
        )
        yield Problem(what, mend, location, Level.WARNING, code="PG434")
