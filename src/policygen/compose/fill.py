"""Fill wording with facts: passages in, Wording out, and every fault collected with the clauses that want it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, cast

from policygen.compose.facts import (
    CLOSE,
    LOOP,
    LOOP_END,
    LOOP_HEAD,
    OPEN,
    Fact,
    Log,
    Shape,
    TooMuch,
    unknown,
)
from policygen.compose.template import Compiled, compiled, condition
from policygen.model.fragment import Passage
from policygen.model.language import subtag
from policygen.model.policy import Loop, Piece, Printed, Wording
from policygen.problems import Place, Problem, nearest

LIMIT = 100_000  # characters that one passage may print; a long full story has about 4,000
_TOKEN = re.compile(f"{OPEN}(\\d+){CLOSE}|{LOOP}([^{LOOP_HEAD}]*){LOOP_HEAD}|{LOOP_END}")
_RULE = r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*|[ \t]*\|[ \t]*:?-+:?[ \t]*\|[ \t]*"
_EMPTY_TABLE = re.compile(
    rf"^[^|\n]*\|[^\n]*\n(?:{_RULE})$\n?+(?P<loop>{LOOP}[^{LOOP_HEAD}]*{LOOP_HEAD}{LOOP_END})?+(?![^\n]*\|)",
    re.M,
)
_BLANKS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+\n")


@dataclass(slots=True)
class Missing:
    """One fact that cannot be printed, and everything that wants it."""

    kind: str
    fact: str
    wanted_by: dict[str, Place] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """What some passages came to with the facts that they name: most organisations share most of those.

    Only what had no fault is kept, so that each fault is found anew for each organisation.
    """

    paths: tuple[tuple[str, ...], ...]
    kept: list[tuple[Mapping[str, str], list[Any], object]] = field(default_factory=list)

    def read(self, facts: Mapping[str, Any]) -> list[Any]:
        """The values that the passages may look at, whole lists for those that they loop over."""
        return [_at(facts, path) for path in self.paths]

    def recall(self, labels: Mapping[str, str], read: list[Any]) -> object | None:
        """What they came to with these very values."""
        for known_labels, known, result in self.kept:
            if (
                known_labels is labels
                and known == read
                and list(map(type, known)) == list(map(type, read))
            ):
                return result
        return None

    def keep(self, labels: Mapping[str, str], read: list[Any], result: object) -> None:
        """Remember the last few."""
        self.kept.insert(0, (labels, read, result))
        del self.kept[16:]


@lru_cache(maxsize=16384)
def _memory(passages: tuple[Passage, ...], when: bool = False) -> Memory:
    names = [name for p in passages for name, _ in (condition if when else compiled)(p.text).names]
    return Memory(
        tuple(dict.fromkeys(name[: name.index("*")] if "*" in name else name for name in names))
    )


def _at(facts: Any, path: tuple[str, ...]) -> Any:
    for part in path:
        facts = facts.get(part) if isinstance(facts, dict) else None
    return facts


@dataclass(slots=True)
class Filler:
    """Fills the wording of one section in one language.

    `facts` are the values by first name, `shape` every name that exists. Faults of the wording itself go to
    `problems`; facts that cannot be printed go to `missing`, by (kind, path), for `compose` to judge.
    """

    language: str
    facts: dict[str, Any]
    shape: Shape
    labels: Mapping[str, str]
    problems: list[Problem]
    missing: dict[tuple[str, str], Missing]

    def fill(self, passages: Iterable[Passage], wanted_by: str) -> Wording | None:
        """Render each passage by itself and join them as text. None when one of them cannot run."""
        passages = tuple(passages)
        memory = _memory(passages)
        read = [self.language, *memory.read(self.facts)]
        if (known := memory.recall(self.labels, read)) is not None:
            return cast(Wording, known)
        wording, sound = self._filled(passages, wanted_by)
        if wording and sound:
            memory.keep(self.labels, read, wording)
        return wording

    def _filled(self, passages: tuple[Passage, ...], wanted_by: str) -> tuple[Wording | None, bool]:
        """The wording, and whether nothing was missing in it."""
        pieces: list[Piece] = []
        chosen: dict[str, str] = {}
        language, sound = "", True
        for passage in passages:
            language = language or passage.language
            log = Log(self.labels, self.language)
            text = self._render(passage, log, wanted_by)
            if text is None:
                return None, False
            if text:
                pieces.extend((["\n\n"] if pieces else []) + list(_pieces(text, log.printed)))
            chosen.update(log.chosen_by)
            sound = sound and not log.faults
        if subtag(language) == subtag(self.language):
            language = self.language
        return Wording(language, tuple(_joined(pieces)), tuple(chosen.items())), sound

    def decide(self, when: Passage, wanted_by: str) -> tuple[bool, tuple[tuple[str, str], ...]]:
        """Whether a condition holds, and the facts that it looked at."""
        memory = _memory((when,), True)
        read = memory.read(self.facts)
        if (known := memory.recall(self.labels, read)) is not None:
            return cast("tuple[bool, tuple[tuple[str, str], ...]]", known)
        log = Log(self.labels, self.language)
        text = self._run(condition(when.text), when, log, wanted_by)
        self._note(log, when, wanted_by)
        answer = (bool(text), tuple(log.chosen_by.items()))
        if text is not None and not log.faults:
            memory.keep(self.labels, read, answer)
        return answer

    def _render(self, passage: Passage, log: Log, wanted_by: str) -> str | None:
        if "{" not in passage.text and "<!--" not in passage.text:
            return passage.text.strip()
        text = self._run(compiled(passage.text), passage, log, wanted_by)
        if text is None:
            return None
        text = _EMPTY_TABLE.sub(lambda found: self._no_rows(found, log), text)
        self._note(log, passage, wanted_by)
        return _BLANKS.sub("\n\n", text).strip()

    def _note(self, log: Log, passage: Passage, wanted_by: str) -> None:
        for kind, path in log.faults:
            self.missing.setdefault((kind, path), Missing(kind, path)).wanted_by.setdefault(
                wanted_by, passage.place
            )

    @staticmethod
    def _no_rows(found: re.Match[str], log: Log) -> str:
        """A table that waits for its rows stands as one marked gap."""
        path = (found["loop"] or "").strip(LOOP + LOOP_HEAD + LOOP_END)
        log.faults.append(("rows", path))
        return f"{log.gap(path)}\n"

    def _run(self, template: Compiled, passage: Passage, log: Log, wanted_by: str) -> str | None:
        def fault(line: int, what: str, mend: str) -> None:
            place = replace(passage.place, line=passage.place.line + line)
            problem = Problem(f"{wanted_by}: {what}", mend, place)
            if problem not in self.problems:
                self.problems.append(problem)

        for one in template.faults:
            fault(one.line, one.what, one.mend)
        sound = not template.faults
        for path, line in template.names:
            if wrong := unknown(self.shape, path):
                sound = False
                fault(
                    line, f'There is no fact "{".".join(path).replace(".*", "")}".', nearest(*wrong)
                )
        if template.template is None or not sound:
            return None
        bound = {name: Fact(name, self.facts.get(name), log) for name in self.shape}
        parts: list[str] = []
        length = 0
        try:
            for part in template.template.generate(bound):
                parts.append(part)
                length += len(part)
                if length > LIMIT:
                    raise TooMuch
        except TooMuch:
            fault(
                0,
                "This prints or loops more than any policy could need.",
                "Take loops within loops out.",
            )
            return None
        return "".join(parts)


def _pieces(text: str, printed: list[Printed]) -> Iterator[Piece]:
    """Split rendered text at its tokens into words, printed facts and loops."""
    stack: list[tuple[str, list[Piece]]] = [("", [])]
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            stack[-1][1].append(text[end : found.start()])
        end = found.end()
        if found[1] is not None:
            stack[-1][1].append(printed[int(found[1])])
        elif found[2] is not None:
            stack.append((found[2], []))
        elif len(stack) > 1:
            path, inner = stack.pop()
            if inner:
                stack[-1][1].append(Loop(path, tuple(_joined(inner))))
    if end < len(text):
        stack[-1][1].append(text[end:])
    yield from stack[0][1]


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbouring words into one piece."""
    words = ""
    for piece in pieces:
        if isinstance(piece, str):
            words += piece
            continue
        if words:
            yield words
            words = ""
        yield piece
    if words:
        yield words
