"""What of a wording changes with the facts of the policy's owner, and not with the board."""

from __future__ import annotations

from policygen.model.outline.outline import Outline
from policygen.model.wording import Wording


def owner_facts(wording: Wording, outline: Outline) -> tuple[str, ...]:
    """Return the facts of the owner that a wording prints, or that choose what it says."""
    named = [path for path, _ in (*wording.values, *wording.chosen_by)]
    return tuple(dict.fromkeys(filter(outline.is_owner_fact, named)))
