"""What is kept of each of many policies.

Of every clause that is its wording without values, and its values. A wording that several policies
share is kept once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from sys import intern
from typing import Any, NamedTuple, TypeAlias, TypeVar

from policygen.diff.facts import fact_texts, is_name, names_of_commitments
from policygen.model.comparison.matrix import CellEdit, CellKind, MatrixBody
from policygen.model.extent import Omission
from policygen.model.language import subtag
from policygen.model.outline.outline import Outline
from policygen.model.policy import UNDECIDED, Clause, Origin, Policy, Telling
from policygen.model.wording import Loop, Wording

OWN = "organisation"  # the layer that is a body's own
_MANY = 4096  # wordings of which we remember that they print no value

FactPairs: TypeAlias = tuple[tuple[str, str], ...]  # facts, and what is printed for each
WordsKey: TypeAlias = tuple[str, str]  # the language without its region, and the skeleton
ClauseKey: TypeAlias = tuple[object, ...]  # a clause's id, and the keys of all its words
Arrangement: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]  # sections, and their clauses
_Key = TypeVar("_Key")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class ClauseSummary:
    """What is kept of one clause of one policy.

    `words` is the place of its wording among those that were collected; None where it was taken
    out.
    """

    words: int | None
    kind: CellKind = CellKind.SAME
    edit: CellEdit | None = None
    settings: FactPairs = ()
    names: FactPairs = ()


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """The words of a clause, as the first body that has them tells it."""

    title: Wording
    tellings: tuple[Telling, ...]


class ClauseHead(NamedTuple):
    """What the first body that has a clause calls it."""

    number: str
    title: str


@dataclass(slots=True)
class Collected:
    """What is kept of some policies, in their order: small enough to go to another process.

    Whatever is kept once is that of the first policy that has it. `names` tell apart what has the
    same label, and `arrangements` are the sections with their clauses, each as some policy orders
    them.
    """

    names: list[str] = field(default_factory=list)
    bodies: list[MatrixBody] = field(default_factory=list)
    policies: list[dict[str, ClauseSummary]] = field(default_factory=list)  # by clause id
    words: dict[ClauseKey, ClauseWords] = field(default_factory=dict)
    heads: dict[str, ClauseHead] = field(default_factory=dict)  # by clause id
    removed_titles: dict[str, str] = field(default_factory=dict)  # of clauses that were taken out
    section_titles: dict[str, str] = field(default_factory=dict)
    arrangements: dict[Arrangement, None] = field(default_factory=dict)
    list_facts: set[str] = field(default_factory=set)  # the facts that wording goes through
    commitment_names: dict[str, str] = field(default_factory=dict)  # for people, by fact
    tiers: dict[str, str] = field(default_factory=dict)  # headings
    required_tier: str = ""
    labels: dict[str, str] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[str, str]]:
        """Yield every (section, clause) in order.

        A clause that every body that could have it took out stands last in its section.
        """
        sections, clauses = _orders(self.arrangements)
        removed: dict[str, list[str]] = {}
        for clause in self.removed_titles:
            if clause not in self.heads:
                removed.setdefault(clause.partition(".")[0], []).append(clause)
        for section in dict.fromkeys((*sections, *removed)):
            for clause in (*clauses.get(section, ()), *removed.get(section, ())):
                yield section, clause


def _orders(arrangements: Iterable[Arrangement]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the order of sections, and of the clauses of each.

    Each section and each clause that is new gets its place after the one that it follows. A clause
    that stands in several sections has its place in the first.
    """
    sections: list[str] = []
    clauses: dict[str, list[str]] = {}
    section_of: dict[str, str] = {}
    for arrangement in arrangements:
        _insert_new(sections, [section for section, _ in arrangement])
        for section, ids in arrangement:
            here = [id for id in ids if section_of.setdefault(id, section) == section]
            _insert_new(clauses.setdefault(section, []), here)
    return sections, clauses


@dataclass(slots=True)
class Collector:
    """Takes policies one by one, and keeps what is the same in many of them once."""

    kept: Collected = field(default_factory=Collected)
    _places: dict[ClauseKey, int] = field(default_factory=dict)  # of a wording among those kept
    _unique: dict[Any, Any] = field(default_factory=dict)  # each value by itself
    # The keys of wordings that print no value, by identity, with the wording itself.
    _without_values: dict[int, tuple[Wording, WordsKey]] = field(default_factory=dict)

    def add(self, name: str, label: str, policy: Policy) -> None:
        """Keep what a matrix needs of one policy, so that the policy itself can be let go.

        `label` names it in full, and `name` tells it from others of the same label.
        """
        kept = self.kept
        outline = policy.outline
        kept.names.append(name)
        kept.bodies.append(_body(label, policy))
        kept.labels = kept.labels or outline.labels
        _keep_first(kept.tiers, {key: tier.heading for key, tier in outline.tiers.items()})
        required = (key for key, tier in outline.tiers.items() if tier.required)
        kept.required_tier = kept.required_tier or next(required, "")
        _keep_first(kept.commitment_names, names_of_commitments(policy))
        layer_titles = {layer.name: layer.title for layer in policy.stack}
        layer_titles[OWN] = policy.profile.name
        summaries = self._present(policy, layer_titles)
        summaries.update(self._absent(policy, layer_titles))
        kept.policies.append(summaries)

    def join(self, later: Collected) -> None:
        """Add what was kept of policies that come after these, as if each had been added here."""
        kept = self.kept
        kept.names += later.names
        kept.bodies += later.bodies
        kept.labels = kept.labels or later.labels
        kept.required_tier = kept.required_tier or later.required_tier
        kept.list_facts |= later.list_facts
        _keep_first(kept.tiers, later.tiers)
        _keep_first(kept.heads, later.heads)
        _keep_first(kept.removed_titles, later.removed_titles)
        _keep_first(kept.section_titles, later.section_titles)
        _keep_first(kept.arrangements, later.arrangements)
        _keep_first(kept.commitment_names, later.commitment_names)
        places = [self._place(key, words) for key, words in later.words.items()]
        joined: dict[int, ClauseSummary] = {}  # by identity: many policies share one
        for summaries in later.policies:
            for summary in summaries.values():
                if id(summary) not in joined:
                    joined[id(summary)] = self._joined(summary, places)
            kept.policies.append({intern(id_): joined[id(one)] for id_, one in summaries.items()})

    def _joined(self, summary: ClauseSummary, places: Sequence[int]) -> ClauseSummary:
        """Return what another kept of a clause, as it is kept here; `places` are of its words."""
        return self._once(
            ClauseSummary(
                words=None if summary.words is None else places[summary.words],
                kind=summary.kind,
                edit=self._once(summary.edit),
                settings=tuple(map(self._once, summary.settings)),
                names=tuple(map(self._once, summary.names)),
            )
        )

    def _present(self, policy: Policy, layer_titles: Mapping[str, str]) -> dict[str, ClauseSummary]:
        """Add the clauses that a policy tells; return what is kept of each, by id."""
        kept = self.kept
        summaries: dict[str, ClauseSummary] = {}
        arrangement: list[tuple[str, tuple[str, ...]]] = []
        for section in (policy.front, *policy.sections):
            clauses = [clause for clause in section.clauses if not clause.omission]
            arrangement.append((section.id, tuple(clause.id for clause in clauses)))
            kept.section_titles.setdefault(section.id, section.title.text)
            for clause in clauses:
                kept.heads.setdefault(clause.id, ClauseHead(clause.number, clause.title.text))
                summaries[clause.id] = self._summary(clause, policy.outline, layer_titles)
        kept.arrangements.setdefault(tuple(arrangement))
        return summaries

    def _absent(self, policy: Policy, layer_titles: Mapping[str, str]) -> dict[str, ClauseSummary]:
        """Add the clauses that a layer removed or the body left out; return the same of each."""
        summaries: dict[str, ClauseSummary] = {}
        for removed in policy.removed:
            if removed.origins:
                edit = _cell_edit(removed.origins[-1], layer_titles)
                kind = CellKind.UNDECIDED if edit.edit == UNDECIDED else CellKind.REMOVED
                summaries[removed.id] = self._once(ClauseSummary(None, kind, edit))
                self.kept.removed_titles.setdefault(removed.id, removed.title)
        for left_out in policy.left_out:
            edit = _left_out_edit(left_out.omission, policy.profile.name)
            summaries[left_out.id] = self._once(ClauseSummary(None, CellKind.LEFT_OUT, edit))
            self.kept.removed_titles.setdefault(left_out.id, left_out.title)
        return summaries

    def _summary(
        self, clause: Clause, outline: Outline, layer_titles: Mapping[str, str]
    ) -> ClauseSummary:
        """Return what is kept of one clause: its words, whose edit it is, its facts and names."""
        place, values = self._words(clause)
        kind = CellKind.SAME
        edit = None
        last = clause.origins[-1] if clause.origins else None
        if last and last.layer == OWN:
            kind = CellKind.EXTENDED if last.edit == "extend" else CellKind.OWN_WORDS
            edit = _cell_edit(last, layer_titles)
        settings: list[tuple[str, str]] = []
        names: list[tuple[str, str]] = []
        for fact, text in fact_texts(values).items() if values else ():
            pairs = names if is_name(fact, outline) else settings
            pairs.append(self._once((fact, text)))
        return self._once(ClauseSummary(place, kind, edit, tuple(settings), tuple(names)))

    def _words(self, clause: Clause) -> tuple[int, FactPairs]:
        """Return the place of a clause's wording among all, and the values that it prints."""
        title_key, values = self._read(clause.title)
        label_key, label_values = self._read(clause.label) if clause.label else (None, ())
        values += label_values
        telling_keys: list[tuple[str, WordsKey]] = []
        for telling in clause.tellings:
            telling_key, telling_values = self._read(telling.wording)
            telling_keys.append((telling.tier, telling_key))
            values += telling_values
        key = (clause.id, title_key, label_key, *sorted(telling_keys))
        return self._place(key, ClauseWords(clause.title, clause.tellings)), values

    def _place(self, key: ClauseKey, words: ClauseWords) -> int:
        """Return the place of a clause's wording among all; one that is new is kept."""
        place = self._places.setdefault(key, len(self._places))
        if place == len(self.kept.words):
            self.kept.words[key] = words
        return place

    def _read(self, wording: Wording) -> tuple[WordsKey, FactPairs]:
        """Return what makes two wordings the same words, and the values that they print."""
        known = self._without_values.get(id(wording))
        if known and known[0] is wording:
            return known[1], ()
        key = (subtag(wording.language), wording.skeleton)
        values = wording.values
        if values:
            loops = (piece for piece in wording.pieces if isinstance(piece, Loop))
            self.kept.list_facts.update(loop.over for loop in loops)
        else:  # most policies share it, and not only its words
            if len(self._without_values) >= _MANY:
                self._without_values.clear()
            self._without_values[id(wording)] = wording, key
        return key, values

    def _once(self, one: _T) -> _T:
        """Return the first value that equals this one, so that many bodies share one of it."""
        kept: _T = self._unique.setdefault(one, one)
        return kept


def _keep_first(kept: dict[_Key, _T], more: Mapping[_Key, _T]) -> None:
    """Add what has a key that is new."""
    for key, one in more.items():
        kept.setdefault(key, one)


def _body(label: str, policy: Policy) -> MatrixBody:
    layers = (layer for layer in policy.stack if layer.name.count("/") == 1 and not layer.sections)
    return MatrixBody(
        name=policy.profile.name,
        label=label,
        organisation=policy.profile.name,
        language=policy.language,
        layers=tuple(layer.title for layer in layers),
        library_digest=policy.library_digest,
        profile_digest=policy.profile_digest,
    )


def _cell_edit(origin: Origin, layer_titles: Mapping[str, str]) -> CellEdit:
    return CellEdit(
        layer=origin.layer,
        title=layer_titles.get(origin.layer, origin.layer),
        edit=origin.edit,
        place=f"{origin.path}:{origin.line}" if origin.line else origin.path,
        because=origin.because,
        cleared_by=origin.cleared_by,
    )


def _left_out_edit(omission: Omission, organisation: str) -> CellEdit:
    edit = "leave-out-by-extent" if omission.extent else "leave-out"
    return CellEdit(
        layer="extent",
        title=organisation,
        edit=edit,
        place="",
        because=omission.because,
        cleared_by=omission.cleared_by,
    )


def _insert_new(order: list[str], names: Sequence[str]) -> None:
    """Put each name that an order lacks behind the one that it follows among `names`."""
    at = 0
    for one in names:
        if one in order:
            at = order.index(one) + 1
        else:
            order.insert(at, one)
            at += 1
