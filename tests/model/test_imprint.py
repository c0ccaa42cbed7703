"""An imprint comes back from a file's properties, whatever a body's own records system put beside it."""

from __future__ import annotations

from policygen.model.document import Imprint
from policygen.model.word.properties import imprint_of, imprint_properties

IMPRINT = Imprint("ab" * 32, "fenwick", "1.0", "policy", ("rule",), "en-GB", "managers")


def test_what_is_not_ours_does_not_count() -> None:
    ours = imprint_properties(IMPRINT)
    theirs = {"version": "9", "organisation": "Records", "policy": "other"}
    assert imprint_of({**theirs, **ours}) == imprint_of({**ours, **theirs}) == IMPRINT
    assert imprint_of(theirs) is None
