"""Whether the organisation's colour can be used as it is."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model.colour import ENOUGH, PAPER, contrast, palette
from policygen.model.policy import Policy
from policygen.problems import Level, Location, Problem


def pale_colour(policy: Policy) -> Iterator[Problem]:
    """A colour too pale to be read on white is darkened for text, and the organisation is told."""
    colour = policy.profile.brand.colour
    if colour and not (made := palette(colour)).passes:
        ratio = contrast(colour, PAPER)
        what = f"brand.colour {colour} has a contrast of {ratio:.1f} to 1 "
        what += f"on white, and text needs {ENOUGH}."
        where = (
            " for text, and yours under dark words" if made.field == colour.lower() else " instead"
        )
        mend = f"Documents use {made.text}{where}; give a darker colour to choose your own."
        location = Location(policy.profile.name)
        field = ("brand", "colour")
        yield Problem(what, mend, location, Level.ADVICE, code="PG412", field=field)
