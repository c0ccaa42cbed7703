"""Why a clause differs, as a reader wants it: by layer, each side named once, facts by what people call them.

The files and lines behind it stand in the JSON, and `policygen explain` shows them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from policygen.model.difference import (
    Cause,
    Difference,
    Differences,
    FactCause,
    LayerCause,
    Likeness,
    Side,
)
from policygen.report.sentences import (
    edit_verb,
    fact_label,
    is_list,
    join_names,
    side_names,
    value_text,
)

_RUNGS = {
    "base": "Common words",
    "jurisdiction": "Law and place",
    "kind": "Kind of body",
    "posture": "Posture",
    "organisation": "Own words",
}


def reasons_text(
    differing: Iterable[Difference], found: Differences, printed: Collection[str] = ()
) -> str:
    """Every cause once, in sentences; nothing where only names differ.

    The facts that are `printed` in the clause stand there with both their values; of the others, these are said.
    """
    causes = tuple(dict.fromkeys(cause for d in differing for cause in d.why))
    return " ".join(
        (
            *_layers(causes, side_names(found)),
            *_facts(causes, side_names(found), printed),
            *_alike(causes, found),
        )
    )


def _layers(causes: Sequence[Cause], names: tuple[str, str]) -> Iterator[str]:
    """By rung of the stack: what each side's layers do, and why they do it."""
    rungs: dict[str, dict[tuple[Side, str], list[LayerCause]]] = {}
    for cause in causes:
        if isinstance(cause, LayerCause):
            here = rungs.setdefault(cause.layer.partition("/")[0], {})
            here.setdefault(
                (cause.side, cause.edit if cause.side is not Side.BOTH else ""), []
            ).append(cause)
    for rung in sorted(rungs, key=_order):
        said = [
            " ".join(_edits(side, edit, some, names)) for (side, edit), some in rungs[rung].items()
        ]
        yield f"{_RUNGS.get(rung, rung.capitalize())}: {' '.join(said)}"


def _order(rung: str) -> int:
    return list(_RUNGS).index(rung) if rung in _RUNGS else len(_RUNGS)


def _edits(
    side: Side, edit: str, some: Sequence[LayerCause], names: tuple[str, str]
) -> Iterator[str]:
    own = some[0].layer == "organisation"
    whose = names[side is Side.SECOND]
    titles = list(dict.fromkeys(cause.title for cause in some))
    many = len(titles) > 1
    if side is Side.BOTH:
        yield f"{join_names(titles)} {'have' if many else 'has'} changed."
    else:
        told = edit_verb(edit, many=many)
        yield _capital(f"{whose} {told}.") if own else f"{join_names(titles)} {told} ({whose})."
    yield from dict.fromkeys(
        f"{_capital(cause.because.rstrip('.'))}." for cause in some if cause.because
    )


def _facts(
    causes: Sequence[Cause], names: tuple[str, str], printed: Collection[str]
) -> Iterator[str]:
    """What is set differently: where the words show both values, only what it is."""
    facts = {
        cause.fact: cause for cause in causes if isinstance(cause, FactCause) and not cause.names
    }
    facts = {
        path: cause
        for path, cause in facts.items()
        if not any(one.startswith(f"{path}.") for one in facts)
    }
    shown = [
        path
        for path, cause in facts.items()
        if path in printed or is_list(cause.first) or is_list(cause.second)
    ]
    told = [
        f"the {fact_label(p)} list"
        if is_list(facts[p].first) or is_list(facts[p].second)
        else fact_label(p)
        for p in shown
    ]
    if told:
        yield f"Set differently: {join_names(told)}."
    for path, cause in facts.items():
        if path not in shown:
            yield f"{_capital(fact_label(path))}: {value_text(cause.first)} ({names[0]}), {value_text(cause.second)} ({names[1]})."


def _alike(causes: Sequence[Cause], found: Differences) -> Iterator[str]:
    for cause in causes:
        if isinstance(cause, Likeness):
            clause = found.first.clause(cause.clause) or found.second.clause(cause.clause)
            name = f"{clause.number} “{clause.title.text}”".strip() if clause else cause.clause
            yield f"Likely the same as {name} of the other policy: they share {cause.share:.0%} of their words."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
