"""The slip of a clause or a section: its keys, and what each may hold."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from policygen.markdown.fragment import SlipLine
from policygen.model.fragment import Reference
from policygen.model.policy import SECTION_PARTS
from policygen.model.translation.record import TranslationRecord, read_record
from policygen.problems import Location, Problem, nearest

CLAUSE_KEYS = (
    "label",
    "grade",
    "change",
    "after",
    "when",
    "source",
    "because",
    "cleared-by",
    "audience",
    "binding",
    "asks",
    "was",
    "under",
    "yes",
    "no",
)
SECTION_WORDS = SECTION_PARTS[1:]  # the keys of a section that hold wording
SECTION_KEYS = (*SECTION_WORDS, "grade", "after")
TRANSLATED_KEYS = ("label", "asks")  # of a clause, in a translation
TRANSLATES = "translates"  # in a translation: one line for each part that it tells
_REPEATED = ("source", TRANSLATES)


class Slip:
    """The lines of one slip, by key; faults go to `problems`."""

    def __init__(
        self, lines: Sequence[SlipLine], known: Collection[str], path: str, problems: list[Problem]
    ) -> None:
        self.problems = problems
        self.values: dict[str, str] = {}
        self.locations: dict[str, Location] = {}
        self.columns: dict[str, int] = {}  # where each value begins
        self.sources: list[Reference] = []
        self.translates: dict[str, TranslationRecord] = {}
        for line in lines:
            self._take(line, known, Location(path, line.line, line.column))

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def get(self, key: str) -> str | None:
        """What stands behind a key."""
        return self.values.get(key)

    def choice(self, key: str, known: Collection[str]) -> str | None:
        """What stands behind a key that takes one of a few values."""
        value = self.values.get(key)
        if value is None or value in known:
            return value
        what = f'"{key}" cannot be "{value}".'
        self._fault(self.locations[key], what, nearest(value, known), code="PG221")
        return None

    def names(self, key: str, kind: str, known: Collection[str]) -> tuple[str, ...] | None:
        """Names behind a key, between commas; `kind` says what they are names of."""
        if key not in self.values:
            return None
        names = tuple(name.strip() for name in self.values[key].split(",") if name.strip())
        for name in names:
            if name not in known:
                what = f'There is no {kind} "{name}".'
                self._fault(self.locations[key], what, nearest(name, known), code="PG221")
        return names

    def phrases(self, key: str) -> tuple[str, ...]:
        """Free words behind a key, between commas."""
        parts = (part.strip() for part in self.values.get(key, "").split(","))
        return tuple(filter(None, parts))

    def _take(self, line: SlipLine, known: Collection[str], location: Location) -> None:
        key = line.key
        if key not in known:
            self._fault(location, f'A slip has no key "{key}".', nearest(key, known), code="PG220")
        elif not line.value:
            mend = "Give it a value, or take the line out."
            self._fault(location, f'"{key}" is empty.', mend, code="PG222")
        elif key in self.values and key not in _REPEATED:
            self._fault(location, f'"{key}" is given twice.', "Keep one of the two.", code="PG222")
        else:
            self.values.setdefault(key, line.value)
            self.locations[key] = location
            self.columns[key] = line.value_column
            if key == "source":
                self.sources.append(_reference(line.value, location))
            elif key == TRANSLATES:
                self._take_record(line.value, location)

    def _take_record(self, value: str, location: Location) -> None:
        record = read_record(value)
        if record is None:
            what = "This line does not say what was translated, and who has read it."
            mend = "Write it like `- translates: rule 12ab34cd, reviewed by NAME on 2027-01-05`."
            self._fault(location, what, mend, code="PG730")
        elif record.part in self.translates:
            what = f'"{record.part}" has two lines that say how it was translated.'
            self._fault(location, what, "Keep one of the two.", code="PG730")
        else:
            self.translates[record.part] = record

    def _fault(self, location: Location, what: str, mend: str, *, code: str) -> None:
        self.problems.append(Problem(what, mend, location, code=code))


def _reference(value: str, location: Location) -> Reference:
    source, _, locator = value.removeprefix("+").strip().partition(" ")
    return Reference(source, locator.strip(), value.startswith("+"), location)
