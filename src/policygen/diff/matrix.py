"""Policies -> Matrix: clause by organisation, in one pass over the policies, of which none is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import log2
from string import ascii_uppercase

from policygen.diff.distance import Bits, distance_table, distances
from policygen.diff.gather import OWN, ClauseSummary, Collector, FactPairs
from policygen.model.matrix import (
    CellKind,
    Matrix,
    MatrixBody,
    MatrixCell,
    MatrixRow,
    UncommonValue,
    Variant,
)
from policygen.model.policy import Policy

_FEW = 12  # bodies of which a reader can take in how far each two are apart
_LACKING = MatrixCell(CellKind.NOT_APPLICABLE)


def matrix(policies: Iterable[tuple[str, str, Policy]], section: str = "") -> Matrix:
    """What many policies, as (name, label, policy), make of each clause; of one section only, where it is named.

    `label` names a policy in full, and `name` tells it from others of the same label. Each policy is let go
    before the next is taken, and the work grows with their number and no faster.
    """
    gather = Collector()
    typed: list[str] = []
    bodies: list[MatrixBody] = []
    tiers: dict[str, str] = {}
    labels: dict[str, str] = {}
    for name, label, policy in policies:
        gather.add(policy)
        typed.append(name)
        bodies.append(_body(label, policy))
        tiers |= {
            key: tier.heading for key, tier in policy.outline.tiers.items() if key not in tiers
        }
        labels = labels or policy.outline.labels
    rows = tuple(_row(gather, *row) for row in gather.rows() if section in ("", row[0]))
    return Matrix(
        bodies=_measured(_named(bodies, typed), rows),
        rows=rows,
        sections=tuple(
            (id, gather.sections.get(id, id))
            for id in dict.fromkeys(row[0] for row in gather.rows())
        ),
        tiers=tuple(tiers.items()),
        labels=labels,
        counts=dict(Counter(_shared(row) for row in rows)),
        between=distance_table(_bits(len(bodies), rows)) if len(bodies) <= _FEW else (),
    )


def without_names(found: Matrix) -> Matrix:
    """Take what differs in names only for the same, and leave out the clauses in which nothing else differs."""
    kept: list[MatrixRow] = []
    for row in found.rows:
        cells = tuple(
            replace(c, kind=CellKind.SAME) if c.kind is CellKind.NAMES_ONLY else c
            for c in row.cells
        )
        if any(cell.act or cell.settings or cell != cells[0] for cell in cells):
            kept.append(replace(row, cells=cells))
    return replace(found, rows=tuple(kept))


# --- Rows ------------------------------------------------------------------------------------------------


def _row(gather: Collector, section: str, clause: str) -> MatrixRow:
    """One clause: its wordings, the commonest first, and each body's cell."""
    held = [one.get(clause) for one in gather.held]
    having = Counter(one.words for one in held if one and one.words >= 0)
    usual = {
        words: _commonest([one for one in held if one and one.words == words]) for words in having
    }
    letters = {words: _letter(place) for place, (words, _) in enumerate(having.most_common())}
    first = gather.clauses.get(clause)
    made: dict[ClauseSummary, MatrixCell] = {}
    for one in held:
        if one and one not in made:
            made[one] = _cell(one, letters.get(one.words, ""), usual.get(one.words, {}))
    return MatrixRow(
        section=section,
        clause=clause,
        number=first.number if first else "",
        title=first.title.text if first else gather.gone[clause],
        words=tuple(
            Variant(letter, having[place], gather.words[place].title, gather.words[place].tellings)
            for place, letter in letters.items()
        ),
        cells=tuple(made[one] if one else _LACKING for one in held),
        spread=_entropy(having.values()),
    )


def _commonest(held: Sequence[ClauseSummary]) -> Mapping[str, str]:
    """The commonest value of each fact, on a tie that of the body named first; empty where no two share one."""
    told: dict[str, Counter[str]] = {}
    for one in held:
        for fact, text in (*one.settings, *one.named):
            told.setdefault(fact, Counter())[text] += 1
    most = {fact: texts.most_common(1)[0] for fact, texts in told.items()}
    return {fact: text if many > 1 or len(held) == 1 else "" for fact, (text, many) in most.items()}


def _cell(held: ClauseSummary, letter: str, usual: Mapping[str, str]) -> MatrixCell:
    settings = tuple(
        UncommonValue(fact, text, usual[fact]) for fact, text in _differing(held.settings, usual)
    )
    kind = held.kind
    if kind is CellKind.SAME and settings:
        kind = CellKind.SET_DIFFERENTLY
    elif kind is CellKind.SAME and any(_differing(held.named, usual)):
        kind = CellKind.NAMES_ONLY
    return MatrixCell(kind, letter, held.act, settings)


def _differing(told: FactPairs, usual: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((fact, text) for fact, text in told if text != usual[fact])


def _letter(place: int) -> str:
    """A to Z, then AA, AB and on."""
    higher, rest = divmod(place, len(ascii_uppercase))
    return (_letter(higher - 1) if higher else "") + ascii_uppercase[rest]


def _entropy(counts: Iterable[int]) -> float:
    every = list(counts)
    return sum(n / sum(every) * log2(sum(every) / n) for n in every)


def _shared(row: MatrixRow) -> str:
    if len(row.words) > 1:
        return "several"
    return "same" if all(cell.letter for cell in row.cells) else "lacking"


# --- Bodies ----------------------------------------------------------------------------------------------


def _body(label: str, policy: Policy) -> MatrixBody:
    return MatrixBody(
        name=policy.profile.name,
        label=label,
        organisation=policy.profile.name,
        language=policy.language,
        layers=tuple(
            layer.title
            for layer in policy.stack
            if layer.name.count("/") == 1 and not layer.sections
        ),
        library_digest=policy.library_digest,
        profile_digest=policy.profile_digest,
    )


def _named(bodies: Sequence[MatrixBody], typed: Sequence[str]) -> list[MatrixBody]:
    """Call each by its organisation, or, where several share that, by its label, or by what was typed too."""
    labels, names = Counter(body.label for body in bodies), Counter(body.name for body in bodies)
    found: list[MatrixBody] = []
    for body, name in zip(bodies, typed, strict=True):
        label = (
            f"{body.label} ({name})"
            if labels[body.label] > 1 and name not in body.label
            else body.label
        )
        found.append(replace(body, label=label, name=label if names[body.name] > 1 else body.name))
    return found


def _measured(bodies: Sequence[MatrixBody], rows: Sequence[MatrixRow]) -> tuple[MatrixBody, ...]:
    """How far each body is from the model and from the others."""
    found: list[MatrixBody] = []
    for place, (body, far) in enumerate(
        zip(bodies, distances(_bits(len(bodies), rows)), strict=True)
    ):
        cells = [row.cells[place] for row in rows]
        edited = [cell for cell in cells if cell.act and cell.act.layer == OWN]
        clauses = sum(bool(cell.letter) for cell in cells) + sum(not cell.letter for cell in edited)
        nearest, farthest, average = far
        found.append(
            replace(
                body,
                clauses=clauses,
                own=len(edited),
                nearest=nearest,
                farthest=farthest,
                average=average,
            )
        )
    return tuple(found)


def _bits(bodies: int, rows: Sequence[MatrixRow]) -> list[Bits]:
    """A bit for each clause, and for each wording of each clause."""
    places: dict[tuple[int, str], int] = {}
    for at, row in enumerate(rows):
        for words in row.words:
            places[at, words.letter] = len(places)
    having = [
        [(at, row.cells[body].letter) for at, row in enumerate(rows)] for body in range(bodies)
    ]
    told = [[place for place in one if place in places] for one in having]
    return [Bits.of((at for at, _ in one), (places[place] for place in one)) for one in told]
