"""Why a clause differs, as a reader wants it: by layer, with facts by what people call them.

Each side is named once. The files and lines behind it stand in the JSON, and `policygen explain`
shows them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from policygen.facts.described import fact_label
from policygen.model.comparison.difference import (
    Cause,
    Difference,
    Differences,
    FactCause,
    LayerCause,
    Likeness,
    Side,
)
from policygen.model.language import capitalise, join_names
from policygen.model.policy import EXISTING_LAYER
from policygen.report.sentences import (
    edit_verb,
    fact_title,
    innermost_facts,
    is_table,
    side_names,
    value_text,
)

_RUNGS = {
    "base": "Common words",
    "jurisdiction": "Law and place",
    "kind": "Kind of body",
    "posture": "Posture",
    "organisation": "Own words",
    "extent": "Left out",
}


def reasons_text(
    differing: Iterable[Difference], found: Differences, printed: Collection[str] = ()
) -> str:
    """Return every cause once, in sentences; nothing where only names differ.

    The facts that are `printed` in the clause stand there with both their values; those of the
    others are given.
    """
    causes = tuple(dict.fromkeys(cause for d in differing for cause in d.why))
    names = side_names(found)
    sentences = (
        *_layer_sentences(causes, names),
        *_fact_sentences(causes, names, printed),
        *_likeness_sentences(causes, found),
    )
    return " ".join(sentences)


def _layer_sentences(causes: Sequence[Cause], names: tuple[str, str]) -> Iterator[str]:
    """Yield, by rung of the stack, what each side's layers do, and why they do it."""
    rungs: dict[str, list[LayerCause]] = {}
    for cause in causes:
        if isinstance(cause, LayerCause):
            rungs.setdefault(cause.layer.partition("/")[0], []).append(cause)
    for rung in sorted(rungs, key=_rung_order):
        sentences = " ".join(_rung_sentences(rungs[rung], names))
        if rung == EXISTING_LAYER:  # the side is the layer
            yield sentences
        else:
            yield f"{_RUNGS.get(rung, rung.capitalize())}: {sentences}"


def _rung_order(rung: str) -> int:
    return list(_RUNGS).index(rung) if rung in _RUNGS else len(_RUNGS)


def _rung_sentences(causes: Sequence[LayerCause], names: tuple[str, str]) -> Iterator[str]:
    """Yield what the layers of one rung do, the same edits of the same side together."""
    groups: dict[tuple[Side, str], list[LayerCause]] = {}
    for cause in causes:
        edit = cause.edit if cause.side is not Side.BOTH else ""
        groups.setdefault((cause.side, edit), []).append(cause)
    for group in groups.values():
        yield _edit_sentence(group, names)
        reasons = (cause.because.rstrip(".") for cause in group if cause.because)
        yield from dict.fromkeys(f"{capitalise(reason)}." for reason in reasons)
        clearances = (cause.cleared_by.rstrip(".") for cause in group if cause.cleared_by)
        yield from dict.fromkeys(f"Cleared by {clearance}." for clearance in clearances)


def _edit_sentence(causes: Sequence[LayerCause], names: tuple[str, str]) -> str:
    """Return what the same edit of one side's layers does."""
    one = causes[0]
    titles = list(dict.fromkeys(cause.title for cause in causes))
    many = len(titles) > 1
    if one.side is Side.BOTH:
        return f"{join_names(titles)} {'have' if many else 'has'} changed."
    first, second = names
    whose = second if one.side is Side.SECOND else first
    verb = edit_verb(one.edit, many=many)
    if one.layer in ("organisation", "extent", EXISTING_LAYER):
        return capitalise(f"{whose} {verb}.")
    return f"{join_names(titles)} {verb} ({whose})."


def _fact_sentences(
    causes: Sequence[Cause], names: tuple[str, str], printed: Collection[str]
) -> Iterator[str]:
    """Yield what is set differently: where the words show both values, only what it is."""
    facts = _innermost_settings(causes)
    shown = [cause for cause in facts if cause.fact in printed or is_table(cause)]
    if shown:
        yield f"Set differently: {join_names([_shown_label(cause) for cause in shown])}."
    for cause in facts:
        if cause not in shown:
            # A value that is a sentence gives its full stop to the one that it stands in.
            first, second = (value_text(v).rstrip(".") for v in (cause.first, cause.second))
            title = fact_title(cause.fact, cause.called)
            yield f"{title}: {first} ({names[0]}), {second} ({names[1]})."


def _innermost_settings(causes: Sequence[Cause]) -> list[FactCause]:
    """Return the facts that set something, without one that stands above another of them."""
    settings = [cause for cause in causes if isinstance(cause, FactCause) and not cause.names]
    facts = {cause.fact: cause for cause in settings}
    return [facts[path] for path in innermost_facts(facts)]


def _shown_label(cause: FactCause) -> str:
    label = fact_label(cause.fact, cause.called)
    return f"the {label} list" if is_table(cause) else label


def _likeness_sentences(causes: Sequence[Cause], found: Differences) -> Iterator[str]:
    for cause in causes:
        if isinstance(cause, Likeness):
            clause = found.first.clause(cause.clause) or found.second.clause(cause.clause)
            name = cause.clause
            if clause:
                name = f"{clause.number} “{clause.title.text}”".strip()
            shared = f"they share {cause.share:.0%} of their words"
            yield f"Likely the same as {name} of the other policy: {shared}."
