"""Fill wording with facts: passages in, Wording out, and every fault beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from policygen.cache import BoundedCache, LastingCache
from policygen.compose.fact import Log
from policygen.compose.pieces import join_words, split_pieces
from policygen.compose.render import (
    WordingFault,
    render_passage,
    run_template,
    too_much_printed,
    wording_faults,
)
from policygen.compose.template.cache import TemplateCache
from policygen.facts.shape import FactNames
from policygen.facts.values import FactPath, value_at, value_key
from policygen.model.fragment import Passage
from policygen.model.language import subtag
from policygen.model.wording import Piece, Wording, least_reviewed
from policygen.problems import Location, Problem

Result = TypeVar("Result", bound="Filled | Decision")
_VARIANTS = 16  # of one wording; organisations that share its facts share a variant


@dataclass(frozen=True, slots=True)
class FactFault:
    """A fact that a passage names and that cannot be printed.

    `kind` says why: unset, unprintable, compared, or rows (a table without any).
    """

    kind: str
    fact: str
    location: Location


@dataclass(frozen=True, slots=True)
class Filled:
    """What passages came to: a wording, or None when one of them cannot run, and the faults."""

    wording: Wording | None
    wording_faults: tuple[WordingFault, ...] = ()
    fact_faults: tuple[FactFault, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a condition holds, the facts that it looked at, and the faults."""

    holds: bool
    chosen_by: tuple[tuple[str, str], ...] = ()
    wording_faults: tuple[WordingFault, ...] = ()
    fact_faults: tuple[FactFault, ...] = ()


ALWAYS = Decision(holds=True)  # the condition of a clause that has none


def name_place(id: str) -> str:
    """Return what a message calls a clause, or a section whose own words it is about."""
    return id if "." in id else f"the section {id}"


@dataclass(slots=True)
class Missing:
    """One fact that cannot be printed, and everything that wants it."""

    kind: str
    fact: str
    wanted_by: dict[str, Location] = field(default_factory=dict)


@dataclass(slots=True)
class Findings:
    """The faults of filling, as one composition gathers them."""

    problems: list[Problem] = field(default_factory=list)
    missing: dict[tuple[str, str], Missing] = field(default_factory=dict)  # by (kind, fact)

    def add(self, result: Filled | Decision, wanted_by: str) -> None:
        """Note the faults of one result under the id of the clause, or section, that wanted it."""
        for fault in result.wording_faults:
            what = f"{name_place(wanted_by)}: {fault.what}"
            self.problems.append(Problem(what, fault.mend, fault.location, code=fault.code))
        for lack in result.fact_faults:
            key = lack.kind, lack.fact
            missing = self.missing.setdefault(key, Missing(lack.kind, lack.fact))
            missing.wanted_by.setdefault(wanted_by, lack.location)

    def missing_in_order(self, ids: Sequence[str]) -> tuple[Missing, ...]:
        """Return what is missing, each with what wants it in the order of `ids`."""
        location = {id: at for at, id in enumerate(ids)}
        every: list[Missing] = []
        for one in self.missing.values():
            wanted = sorted(one.wanted_by, key=lambda id: location.get(id, len(location)))
            every.append(Missing(one.kind, one.fact, {id: one.wanted_by[id] for id in wanted}))
        return tuple(every)


@dataclass(frozen=True, eq=False)
class FillContext:
    """The language and the labels that wordings are filled with.

    A FillCache makes one of equal ones, so that a key may hold it by its identity.
    """

    language: str
    labels: Mapping[str, str]


class PassageResults(Generic[Result]):
    """What some passages came to, by the context and by the values of the facts that they name.

    `named` are the paths as the wording has them, with a `*` for the turns of a loop; `read` are
    the paths whose values decide what is printed.
    """

    def __init__(self, named: Iterable[FactPath]) -> None:
        self.named = tuple(dict.fromkeys(named))
        self.read = tuple(dict.fromkeys(map(_whole_list, self.named)))
        self.by_values: BoundedCache[tuple[Hashable, ...], Result] = BoundedCache(_VARIANTS)


def _whole_list(path: FactPath) -> FactPath:
    """Return the path of the list that a path within a loop leads into: a loop may read all of it.

    A path without a loop stays as it is.
    """
    return path[: path.index("*")] if "*" in path else path


class FillCache:
    """Compiled templates, filled wordings and decided conditions: most organisations share most.

    `most` is how many wordings it holds: those of a thousand organisations, or of a few. `lasting`
    keeps the compiled templates for runs to come.
    """

    def __init__(self, most: int = 16384, lasting: LastingCache | None = None) -> None:
        self.templates = TemplateCache(most // 2, lasting)
        self.wordings = lru_cache(maxsize=most)(self._wordings)
        self.decisions = lru_cache(maxsize=1024)(self._decisions)
        self._contexts: BoundedCache[Hashable, FillContext] = BoundedCache(64)

    def context(self, language: str, labels: Mapping[str, str]) -> FillContext:
        """The context of a language and its labels, the same one for equal ones."""
        key = language, tuple(labels.items())
        return self._contexts.get(key, lambda: FillContext(language, labels))

    def _wordings(self, passages: tuple[Passage, ...]) -> PassageResults[Filled]:
        templates = [self.templates.wording(passage.text) for passage in passages]
        return PassageResults(name for template in templates for name, _ in template.names)

    def _decisions(self, when: Passage) -> PassageResults[Decision]:
        return PassageResults(name for name, _ in self.templates.condition(when.text).names)


class Filler:
    """Fills the wording of one section in one language.

    `facts` are the values by first name, `names` every name that exists. Faults go to `findings`.
    """

    def __init__(
        self,
        facts: Mapping[str, Any],
        names: FactNames,
        context: FillContext,
        findings: Findings,
        cache: FillCache,
    ) -> None:
        self._facts = facts
        self._names = names
        self._context = context
        self._findings = findings
        self._cache = cache
        self._value_keys: dict[FactPath, Hashable] = {}
        self._known: dict[FactPath, bool] = {}

    def unheard(self) -> Filler:
        """Return one that fills alike, and whose faults nobody hears of."""
        facts = (self._facts, self._names, self._context)
        return Filler(*facts, Findings(), self._cache)

    def with_commitments(self, names: Collection[str]) -> Filler:
        """Return one to which every commitment but these is off."""
        every = self._facts["commitments"]
        kept = {name: value if name in names else False for name, value in every.items()}
        facts = {**self._facts, "commitments": kept}
        return Filler(facts, self._names, self._context, self._findings, self._cache)

    def fill(self, passages: Iterable[Passage], wanted_by: str) -> Wording | None:
        """Render each passage by itself and join them as text. None when one of them cannot run."""
        passages = tuple(passages)
        filled = self._cached(self._cache.wordings(passages), lambda: self._fill(passages))
        if filled.wording_faults or filled.fact_faults:
            self._findings.add(filled, wanted_by)
        return filled.wording

    def decide(self, when: Passage | None, wanted_by: str) -> Decision:
        """Decide whether a condition holds, and by which facts; without a condition it does."""
        if when is None:
            return ALWAYS
        decision = self._cached(self._cache.decisions(when), lambda: self._decide(when))
        self._findings.add(decision, wanted_by)
        return decision

    def _cached(self, results: PassageResults[Result], make: Callable[[], Result]) -> Result:
        """Return the result for the values of the facts that the passages name.

        One that names an unknown fact is made anew: its advice varies.
        """
        if not all(map(self._is_known, results.named)):
            return make()
        values = map(self._value_key, results.read)
        return results.by_values.get((self._context, *values), make)

    def _is_known(self, name: FactPath) -> bool:
        if name not in self._known:
            self._known[name] = self._names.unknown(name) is None
        return self._known[name]

    def _value_key(self, path: FactPath) -> Hashable:
        if path not in self._value_keys:
            self._value_keys[path] = value_key(value_at(self._facts, path))
        return self._value_keys[path]

    def _fill(self, passages: tuple[Passage, ...]) -> Filled:
        pieces: list[Piece] = []
        chosen: dict[str, str] = {}
        lacks: list[FactFault] = []
        for passage in passages:
            log = self._log()
            text, faults = self._render(passage, log)
            lacks += _fact_faults(log, passage)
            if text is None:
                return Filled(None, faults, tuple(lacks))
            if text and pieces:
                pieces.append("\n\n")
            pieces += split_pieces(text, log.printed)
            chosen.update(log.chosen_by)
        language = next((passage.language for passage in passages if passage.language), "")
        if subtag(language) == subtag(self._context.language):
            language = self._context.language
        wording = Wording(
            language,
            tuple(join_words(pieces)),
            tuple(chosen.items()),
            unreviewed=least_reviewed(passage.unreviewed for passage in passages),
        )
        return Filled(wording, (), tuple(lacks))

    def _render(self, passage: Passage, log: Log) -> tuple[str | None, tuple[WordingFault, ...]]:
        """The text of one passage, or None and why."""
        if "{" not in passage.text:
            return passage.text.strip(), ()
        template = self._cache.templates.wording(passage.text)
        if faults := wording_faults(template, passage, self._names):
            return None, faults
        text = render_passage(template, self._facts, self._names, log)
        return text, () if text is not None else (too_much_printed(passage),)

    def _decide(self, when: Passage) -> Decision:
        template = self._cache.templates.condition(when.text)
        if faults := wording_faults(template, when, self._names):
            return Decision(holds=False, wording_faults=faults)
        log = self._log()
        text = run_template(template, self._facts, self._names, log)
        faults = (too_much_printed(when),) if text is None else ()
        chosen_by = tuple(log.chosen_by.items())
        return Decision(bool(text), chosen_by, faults, tuple(_fact_faults(log, when)))

    def _log(self) -> Log:
        return Log(self._context.labels, self._context.language)


def _fact_faults(log: Log, passage: Passage) -> list[FactFault]:
    return [FactFault(kind, path, passage.location) for kind, path in log.faults]
