"""Fold one section of a policy, in the source language and in the wanted one.

Nothing is filled in yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policygen.cache import BoundedCache, IdentityKey
from policygen.compose.fold import Draft, Fold
from policygen.compose.translate import in_translation
from policygen.model.fragment import Edit, Fragment, Layer
from policygen.model.outline.outline import Outline
from policygen.model.policy import Removed
from policygen.problems import Problem


@dataclass(frozen=True, slots=True)
class LayerEdits:
    """One layer's edits of one section whose conditions hold, and its translation of them.

    `grades` are those that its layer.yaml gives to clauses of the section, by id.
    """

    layer: Layer
    edits: tuple[Edit, ...]
    translation: Fragment | None = None
    grades: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoldedSection:
    """The clauses of one section in order, what layers removed, and every Problem.

    `untranslated` are the clauses that lack the wanted language in some layer, and stand in the
    source language.
    """

    drafts: tuple[Draft, ...]
    removed: tuple[Removed, ...]
    untranslated: tuple[str, ...]
    problems: tuple[Problem, ...]


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
        also_untranslated: frozenset[str] = frozenset(),
    ) -> FoldedSection:
        """Return what `fold_section` does; kept where only the library decides it."""
        is_own = any(one.layer.rung == "organisation" for one in layers)
        if is_own or also_untranslated:
            return fold_section(
                outline, layers, translate=translate, also_untranslated=also_untranslated
            )
        parts = (part for one in layers for part in (one.layer, one.translation, *one.edits))
        key = IdentityKey(outline, translate, *parts)
        return self._sections.get(key, lambda: fold_section(outline, layers, translate=translate))


def fold_section(
    outline: Outline,
    layers: Sequence[LayerEdits],
    *,
    translate: bool,
    also_untranslated: frozenset[str] = frozenset(),
) -> FoldedSection:
    """Fold the edits of all layers, lowest first; with `translate`, in their translations.

    A clause that lacks any layer's translation is folded in the source language at every layer, and
    so is one of `also_untranslated`, which lacks it elsewhere.
    """
    source, problems = _fold(outline, layers)
    drafts = [draft for draft in source if not draft.removed]
    removed = tuple(
        Removed(draft.id, draft.title.text, draft.origins) for draft in source if draft.removed
    )
    if not translate:
        return FoldedSection(tuple(drafts), removed, (), tuple(problems))
    untranslated = {
        edit.id
        for one in layers
        for edit in one.edits
        if edit.id in also_untranslated or in_translation(edit, one.translation) is None
    }
    translations = [
        replace(one, edits=tuple(_in_translation(edit, one, untranslated) for edit in one.edits))
        for one in layers
    ]
    folded, more_problems = _fold(outline, translations)
    translated = [draft for draft in folded if not draft.removed]
    # An edit is stale when the source language's words have moved, in whichever language it prints.
    pairs = zip(drafts, translated, strict=True)
    return FoldedSection(
        drafts=tuple(replace(new, origins=old.origins) for old, new in pairs),
        removed=removed,
        untranslated=tuple(draft.id for draft in drafts if draft.id in untranslated),
        problems=(*problems, *more_problems),
    )


def _in_translation(edit: Edit, one: LayerEdits, untranslated: set[str]) -> Edit:
    """An edit in the words of its layer's translation, unless its clause lacks one somewhere."""
    if edit.id in untranslated:
        return edit
    return in_translation(edit, one.translation) or edit


def _fold(outline: Outline, layers: Iterable[LayerEdits]) -> tuple[list[Draft], list[Problem]]:
    """Every clause in order, those that a layer has removed too, and the Problems."""
    fold = Fold(outline, [])
    for one in layers:
        fold.layer(one.layer, one.edits)
        fold.grade(one.layer, one.grades)
    return fold.everything(), fold.problems
