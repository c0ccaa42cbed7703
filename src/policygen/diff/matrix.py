"""What is kept of many policies -> Matrix: clause by organisation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import log2
from string import ascii_uppercase

from policygen.diff.distance import Bits, distance_table, distances
from policygen.diff.gather import OWN, ClauseSummary, ClauseWords, Collected, FactPairs
from policygen.model.comparison.matrix import (
    CellKind,
    Matrix,
    MatrixBody,
    MatrixCell,
    MatrixRow,
    UncommonValue,
    Variant,
)

_FEW = 12  # bodies of which a reader can take in how far each two are apart
_LACKING = MatrixCell(CellKind.NOT_APPLICABLE)


def matrix(kept: Collected, section: str = "") -> Matrix:
    """Return what many policies make of each clause; with `section`, the clauses of that one only.

    The work grows with their number and no faster, save that of telling how far they are apart.
    """
    order = list(kept.rows())
    words = tuple(kept.words.values())
    rows = tuple(_row(kept, words, *one) for one in order if section in ("", one[0]))
    bits = _bits(len(kept.bodies), rows)
    sections = dict.fromkeys(one[0] for one in order)
    return Matrix(
        bodies=_measured(_named_apart(kept.bodies, kept.names), rows, bits),
        rows=rows,
        sections=tuple((id, kept.section_titles.get(id, id)) for id in sections),
        tiers=tuple(kept.tiers.items()),
        required_tier=kept.required_tier,
        labels=kept.labels,
        counts=dict(Counter(map(_agreement, rows))),
        between=distance_table(bits) if len(kept.bodies) <= _FEW else (),
        list_facts=frozenset(kept.list_facts),
        commitment_names=kept.commitment_names,
    )


def without_names(found: Matrix) -> Matrix:
    """Ignore differences in names, and leave out the clauses in which nothing else differs."""
    rows: list[MatrixRow] = []
    for row in found.rows:
        cells = tuple(map(_names_ignored, row.cells))
        if any(cell.act or cell.settings or cell != cells[0] for cell in cells):
            rows.append(replace(row, cells=cells))
    return replace(found, rows=tuple(rows))


def _names_ignored(cell: MatrixCell) -> MatrixCell:
    if cell.kind is CellKind.NAMES_ONLY:
        return replace(cell, kind=CellKind.SAME)
    return cell


# --- Rows -----------------------------------------------------------------------------------------


def _row(kept: Collected, words: Sequence[ClauseWords], section: str, clause: str) -> MatrixRow:
    """Return one clause: its variants, the commonest first, and each body's cell."""
    summaries = [policy.get(clause) for policy in kept.policies]
    by_words: dict[int, list[ClauseSummary]] = {}
    for summary in summaries:
        if summary and summary.words is not None:
            by_words.setdefault(summary.words, []).append(summary)
    bodies = Counter({place: len(having) for place, having in by_words.items()})
    letters = {place: _letter(at) for at, (place, _) in enumerate(bodies.most_common())}
    usual = {place: _commonest(having) for place, having in by_words.items()}
    cells: dict[int, MatrixCell] = {id(None): _LACKING}  # each summary is kept once
    for summary in summaries:
        if not summary or id(summary) in cells:
            continue
        if summary.words is None:  # taken out
            cells[id(summary)] = _cell(summary, "", {})
        else:
            cells[id(summary)] = _cell(summary, letters[summary.words], usual[summary.words])
    head = kept.heads.get(clause)
    return MatrixRow(
        section=section,
        clause=clause,
        number=head.number if head else "",
        title=head.title if head else kept.removed_titles[clause],
        words=tuple(
            Variant(letter, bodies[place], words[place].title, words[place].tellings)
            for place, letter in letters.items()
        ),
        cells=tuple(cells[id(summary)] for summary in summaries),
        spread=_entropy(bodies.values()),
    )


def _commonest(summaries: Sequence[ClauseSummary]) -> Mapping[str, str]:
    """Return the commonest value of each fact, on a tie that of the body named first.

    It is empty where no two bodies share one.
    """
    texts: dict[str, Counter[str]] = {}
    for summary in summaries:
        for fact, text in (*summary.settings, *summary.names):
            texts.setdefault(fact, Counter())[text] += 1
    usual: dict[str, str] = {}
    for fact, counter in texts.items():
        text, count = counter.most_common(1)[0]
        usual[fact] = text if count > 1 or len(summaries) == 1 else ""
    return usual


def _cell(summary: ClauseSummary, letter: str, usual: Mapping[str, str]) -> MatrixCell:
    settings = tuple(
        UncommonValue(fact, text, usual[fact]) for fact, text in _uncommon(summary.settings, usual)
    )
    kind = summary.kind
    if kind is CellKind.SAME and settings:
        kind = CellKind.SET_DIFFERENTLY
    elif kind is CellKind.SAME and _uncommon(summary.names, usual):
        kind = CellKind.NAMES_ONLY
    return MatrixCell(kind, letter, summary.edit, settings)


def _uncommon(pairs: FactPairs, usual: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(fact, text) for fact, text in pairs if text != usual[fact]]


def _letter(number: int) -> str:
    """Return A to Z, then AA, AB and on."""
    higher, rest = divmod(number, len(ascii_uppercase))
    return (_letter(higher - 1) if higher else "") + ascii_uppercase[rest]


def _entropy(counts: Iterable[int]) -> float:
    """Return the entropy of a distribution in bits."""
    every = list(counts)
    total = sum(every)
    return sum(count / total * log2(total / count) for count in every)


def _agreement(row: MatrixRow) -> str:
    """Return under which of the counts a row stands."""
    if len(row.words) > 1:
        return "several"
    return "same" if all(cell.letter for cell in row.cells) else "lacking"


# --- Bodies ---------------------------------------------------------------------------------------


def _named_apart(bodies: Sequence[MatrixBody], names: Sequence[str]) -> list[MatrixBody]:
    """Name each by its organisation, else by its label, else by what was typed too."""
    labels = Counter(body.label for body in bodies)
    organisations = Counter(body.name for body in bodies)
    found: list[MatrixBody] = []
    for body, name in zip(bodies, names, strict=True):
        label = body.label
        if labels[label] > 1 and name not in label:
            label = f"{label} ({name})"
        shown = label if organisations[body.name] > 1 else body.name
        found.append(replace(body, label=label, name=shown))
    return found


def _measured(
    bodies: Sequence[MatrixBody], rows: Sequence[MatrixRow], bits: Sequence[Bits]
) -> tuple[MatrixBody, ...]:
    """Add how far each body is from the model and from the others."""
    found: list[MatrixBody] = []
    for place, (body, far) in enumerate(zip(bodies, distances(bits), strict=True)):
        cells = [row.cells[place] for row in rows]
        edited = [cell for cell in cells if cell.act and cell.act.layer == OWN]
        removed = [cell for cell in edited if not cell.letter]
        measured = replace(
            body,
            clauses=sum(bool(cell.letter) for cell in cells) + len(removed),
            own=len(edited),
            nearest=far.nearest,
            farthest=far.farthest,
            average=far.average,
        )
        found.append(measured)
    return tuple(found)


def _bits(bodies: int, rows: Sequence[MatrixRow]) -> list[Bits]:
    """Return for each body a bit for each clause, and one for each variant of each clause."""
    variants = [(at, variant.letter) for at, row in enumerate(rows) for variant in row.words]
    positions = {variant: at for at, variant in enumerate(variants)}
    return [_body_bits(body, rows, positions) for body in range(bodies)]


def _body_bits(
    body: int, rows: Sequence[MatrixRow], positions: Mapping[tuple[int, str], int]
) -> Bits:
    clauses: list[int] = []
    words: list[int] = []
    for at, row in enumerate(rows):
        position = positions.get((at, row.cells[body].letter))
        if position is not None:
            clauses.append(at)
            words.append(position)
    return Bits.of(clauses, words)
