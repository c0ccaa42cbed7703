"""How a reader gets about on a screen: the editions beside this one, and the words for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from policygen.model.document import Document, EditionLink, LanguageLink, Navigation
from policygen.model.language import language_name
from policygen.present.cut import Cut


def make_navigation(cut: Cut) -> Navigation:
    """Return the depths of the policy that are made in the same run, and what a page says."""
    labels = cut.labels
    return Navigation(
        neighbours=_neighbours(cut),
        editions=labels["screen_editions"],
        languages=labels["screen_languages"],
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


def with_translations(document: Document, files: Mapping[str, str]) -> Document:
    """Return a document that leads to itself in other languages: `files` has each by language."""
    if len(files) < 2:
        return document
    own = document.meta.language
    links = tuple(
        LanguageLink(language, language_name(language), "" if language == own else file)
        for language, file in files.items()
    )
    return replace(document, navigation=replace(document.navigation, translations=links))
