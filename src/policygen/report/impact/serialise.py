"""Impact -> JSON for other programs.

Each change has the whole text of every policy that it reaches.
"""

from __future__ import annotations

import json
from typing import Any

from policygen.model.comparison.difference import LayerCause
from policygen.model.comparison.impact import Effect, FailedComposition, Impact
from policygen.report.changes.serialise import part_text

_SCHEMA = "policygen/impact/1"


def impact_to_json(found: Impact) -> str:
    """The whole of it, indented; the two readings are told as `diff` tells them."""
    data = {
        "schema": _SCHEMA,
        "since": {"revision": found.revision, "commit": found.commit, "day": found.day.isoformat()},
        "policies": found.policies,
        "changed": found.changed,
        "effects": [_effect(effect) for effect in found.effects],
        "stale": [
            {
                "policy": stale.policy,
                "clause": stale.clause,
                "edit": stale.edit,
                "place": stale.place,
                "stamped": stale.stamped,
            }
            for stale in found.stale
        ],
        "began": [_uncomposed(one) for one in found.began],
        "failing": [_uncomposed(one) for one in found.failing],
        "came": found.came,
        "gone": found.gone,
    }
    return json.dumps(data, indent=2, ensure_ascii=False)


def _effect(effect: Effect) -> dict[str, Any]:
    difference = effect.difference
    layers = (cause for cause in difference.why if isinstance(cause, LayerCause))
    return {
        "kind": difference.kind.key,
        "section": difference.section,
        "clause": difference.clause,
        "title": effect.title,
        "part": difference.part,
        "layers": [
            {"layer": cause.layer, "edit": cause.edit, "place": cause.place} for cause in layers
        ],
        "policies": [
            {
                "policy": affected.policy,
                "then": part_text(affected.difference.first),
                "now": part_text(affected.difference.second),
            }
            for affected in effect.readings
        ],
    }


def _uncomposed(one: FailedComposition) -> dict[str, Any]:
    return {
        "organisation": one.organisation,
        "problems": [str(problem) for problem in one.problems],
    }
