"""Fold one section of a policy, and put its words into the wanted language.

Nothing is filled in yet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from policygen.cache import BoundedCache, IdentityKey
from policygen.compose.fold import Draft, Fold
from policygen.compose.translate import SectionTranslation, TranslatedEdit
from policygen.model.fragment import Edit, Fragment, Layer
from policygen.model.outline.outline import Outline
from policygen.model.policy import Removed
from policygen.problems import Problem


@dataclass(frozen=True, slots=True)
class LayerEdits:
    """One layer's edits of one section whose conditions hold, and its translations of them.

    Of two translations the first counts. `grades` are those that its layer.yaml gives to clauses
    of the section, by id.
    """

    layer: Layer
    edits: tuple[Edit, ...]
    translations: tuple[Fragment, ...] = ()
    grades: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoldedSection:
    """The clauses of one section in order, what layers removed, and every Problem.

    `untranslated` are the tiers that lack the wanted language in some layer, and so stand in the
    source language: each with its clause. `stale` are the clauses of which a translation was made
    of words that have since changed.
    """

    drafts: tuple[Draft, ...]
    removed: tuple[Removed, ...]
    untranslated: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    stale: tuple[str, ...] = ()


class SectionCache:
    """Folded sections: most organisations share most of them.

    Only what the library alone says is kept; a section that an organisation edits is folded anew.
    """

    def __init__(self) -> None:
        self._sections: BoundedCache[IdentityKey, FoldedSection] = BoundedCache(4096)

    def fold(
        self,
        outline: Outline,
        layers: Sequence[LayerEdits],
        *,
        translate: bool,
        also_untranslated: frozenset[tuple[str, str]] = frozenset(),
    ) -> FoldedSection:
        """Return what `fold_section` does; kept where only the library decides it."""
        is_own = any(one.layer.rung == "organisation" for one in layers)
        if is_own or also_untranslated:
            return fold_section(
                outline, layers, translate=translate, also_untranslated=also_untranslated
            )
        parts = (part for one in layers for part in (one.layer, *one.translations, *one.edits))
        key = IdentityKey(outline, translate, *parts)
        return self._sections.get(key, lambda: fold_section(outline, layers, translate=translate))


def fold_section(
    outline: Outline,
    layers: Sequence[LayerEdits],
    *,
    translate: bool,
    also_untranslated: frozenset[tuple[str, str]] = frozenset(),
) -> FoldedSection:
    """Fold the edits of all layers, lowest first; with `translate`, into their translations.

    A telling of which any layer lacks its translation stands in the source language whole, with
    those printed beside it, and so does one of `also_untranslated`, which lacks it elsewhere.
    """
    fold = Fold(outline, [])
    for one in layers:
        fold.layer(one.layer, one.edits)
        fold.grade(one.layer, one.grades)
    every = fold.everything()
    drafts = tuple(draft for draft in every if not draft.removed)
    removed = tuple(
        Removed(draft.id, draft.title.text, draft.origins) for draft in every if draft.removed
    )
    if not translate:
        return FoldedSection(drafts, removed, (), tuple(fold.problems))
    edits = (TranslatedEdit(edit, one.translations) for one in layers for edit in one.edits)
    translation = SectionTranslation(outline.tiers, edits, also_untranslated)
    translated = tuple(translation.draft(draft) for draft in drafts)
    return FoldedSection(
        drafts=translated,
        removed=removed,
        untranslated=tuple(translation.untranslated),
        problems=(*fold.problems, *translation.problems),
        stale=tuple(dict.fromkeys(translation.stale)),
    )
