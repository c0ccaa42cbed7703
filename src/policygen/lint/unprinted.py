"""An organisation's own words of a clause that its profile leaves out: nobody will read them."""

from __future__ import annotations

from collections.abc import Iterator

from policygen.model.fragment import EditKind, Organisation
from policygen.problems import Level, Location, Problem


def unprinted_edits(organisation: Organisation) -> Iterator[Problem]:
    """Yield a warning for each edit of the organisation's own that no document will print."""
    for fragment in organisation.layer.fragments:
        for edit in fragment.edits:
            if edit.change is not EditKind.REMOVE:
                location = edit.title.location
                yield from left_out_words(organisation, edit.id, location, Level.WARNING)


def left_out_words(
    organisation: Organisation, clause: str, location: Location, level: Level
) -> Iterator[Problem]:
    """Yield a Problem where the profile leaves a clause out, so that words of it do not print."""
    id = organisation.profile.contents.leaves_out(clause)
    if not id:
        return
    what = f'Words of your own for "{clause}" are not printed: contents.leave_out names {id}.'
    mend = "Take that line out of the profile, or leave the words to the other document."
    if id != clause:
        mend = (
            f"Name the clause under contents.bring_in, as in `{clause}: {{because: ...}}`, "
            "or leave the words to the other document."
        )
    yield Problem(what, mend, location, level, code="PG721")
