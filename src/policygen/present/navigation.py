"""How a reader gets about on a screen: the editions beside this one, and the words for it."""

from __future__ import annotations

from policygen.model.document import EditionLink, Navigation
from policygen.present.cut import Cut


def make_navigation(cut: Cut) -> Navigation:
    """Return the depths of the policy that are made in the same run, and what a page says."""
    labels = cut.labels
    return Navigation(
        neighbours=_neighbours(cut),
        editions=labels["screen_editions"],
        contents=labels["contents"],
        skip=labels["screen_skip"],
        search=labels["screen_search"],
        found=labels["screen_found"],
        to_top=labels["screen_top"],
        link_here=labels["screen_link"],
    )


def _neighbours(cut: Cut) -> tuple[EditionLink, ...]:
    """Return the whole policy at each depth, and this edition among them or after them.

    It is empty where this edition stands alone.
    """
    editions = cut.policy.outline.editions
    found = tuple(
        EditionLink(edition.title, "" if edition == cut.edition else cut.files[key])
        for key, edition in editions.items()
        if key in cut.files and (edition.whole or edition == cut.edition)
    )
    return found if len(found) > 1 else ()
