"""Answers that came back -> what they change in the profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from policygen.characters import printable_text
from policygen.facts.described import describe_fact
from policygen.load.spreadsheet.day import parse_day
from policygen.model.language import capitalise, language_tag
from policygen.model.year.fact_book import GivenFact, GivenFacts, GivenRow
from policygen.pipeline.facts.book import register_name, row_cells, shown_answer
from policygen.pipeline.page.form import FieldSet, FormField, FormGroup
from policygen.problems import DataPath, Location, Message, Problem, nearest
from policygen.store.profile_edit.profile_text import Change

_ANEW = Message(
    "Look at both, and send out a new workbook: policygen facts PROFILE --out facts.xlsx",
    on_page="Look at both, and send out a new workbook from the page Ask for facts.",
)


@dataclass(frozen=True, slots=True)
class FactChange:
    """One change of a profile that an answer makes, as people read it, and where it stands.

    `places` are the cells of a row, by the names of its columns; `cells` what they say.
    """

    change: Change
    label: str
    before: str
    after: str
    place: str
    places: Mapping[str, str] = field(default_factory=dict)

    def place_of(self, path: DataPath) -> str:
        """Return the cell that a fact of the profile came from, or ""."""
        own = self.change.path
        if not path or path[: len(own)] != own:
            return ""
        rest = ".".join(map(str, path[len(own) :]))
        return self.places.get(rest, self.place)


class FactChanges:
    """Gathers what several workbooks change, and each answer that cannot be kept."""

    def __init__(self, group: FormGroup) -> None:
        self._fields = {one.name: one for one in group.fields()}
        self._sets = [each for each in group.sets if each.row]
        # A clerk writes "English" and "Cymraeg"; here are tags that the profile and library have.
        lists = (one.value.split("\n") for one in group.fields() if one.path[-1] == "languages")
        named = [str(one.path[1]) for one in group.fields() if one.path[0] == "local_names"]
        self._languages = [*(tag for tags in lists for tag in tags if tag), *named]
        self._changes: dict[DataPath, FactChange] = {}
        self._added: dict[str, list[FactChange]] = {}
        self._removed: dict[DataPath, FactChange] = {}
        self._seen: set[DataPath] = set()  # rows of the profile that one workbook has told of
        self.problems: list[Problem] = []

    def add(self, given: GivenFacts) -> None:
        """Take the answers of one workbook."""
        self._seen.clear()
        for fact in given.facts:
            self._fact(fact)
        for row in given.rows:
            self._row(row)

    def found(self) -> tuple[FactChange, ...]:
        """Return all changes: new rows behind those that are there, rows to take out last."""
        added = [one for rows in self._added.values() for one in rows]
        removed = sorted(self._removed.items(), key=lambda item: item[0][1:], reverse=True)
        return (*self._changes.values(), *added, *(one for _, one in removed))

    def _fact(self, given: GivenFact) -> None:
        one = self._fields[given.name]
        now = printable_text(shown_answer(one))
        if given.answer == given.sent:
            return
        value = self._value(one, given.answer, given.place)
        if value == one.data(one.value):
            return  # the profile says so already
        if now != given.sent:
            self.problems.append(_meanwhile(_label(one), now, given.place))
            return
        self._keep(one, value, given.answer, given.place, _label(one))

    def _keep(self, one: FormField, value: Any, answer: str, place: str, label: str) -> None:
        """Keep what an answer changes; two workbooks may not answer one question differently."""
        earlier = self._changes.get(one.path)
        if earlier and earlier.change.value != value:
            what = f'{label}: "{answer}" here, and "{earlier.after}" in {earlier.place}.'
            mend = "Ask both, and leave one of the answers."
            self.problems.append(Problem(what, mend, Location(place), code="PG585"))
            return
        change = Change(one.path, value)
        after = _as_kept(one, value, answer)
        self._changes[one.path] = FactChange(change, label, shown_answer(one), after, place)

    def _value(self, one: FormField, answer: str, place: str) -> Any:
        """Return what a profile holds for an answer; a Problem for one that is not on the list."""
        if one.kind == "choice" and answer:
            named = {
                known.casefold(): choice.name
                for choice in one.choices
                for known in (choice.name, choice.title)
            }
            if answer.casefold() not in named:
                titles = [choice.title for choice in one.choices]
                what = f'"{answer}" is not on the list.'
                mend = nearest(answer, titles, f"Choose one of: {', '.join(titles)}.")
                self.problems.append(Problem(what, mend, Location(place), code="PG584"))
                return one.data(one.value)
            return named[answer.casefold()]
        if one.kind == "day" and (day := parse_day(answer)):
            return day.isoformat()
        value = one.data(answer.replace(";", "\n") if one.kind == "lines" else answer)
        if one.path[-1] == "languages" and value:
            return [language_tag(each, self._languages) for each in value]
        return value

    def _row(self, given: GivenRow) -> None:
        rows = [each for each in self._sets if each.row[0] == given.key and not each.is_new]
        if not given.sent:
            self._new_row(given, rows)
            return
        # Of several rows that say the same, each is told of by one row of the workbook.
        left = (each for each in rows if each.row not in self._seen)
        found = next((each for each in left if _same(_cells(each), given.sent)), None)
        if found is not None:
            self._seen.add(found.row)
        if _same(given.cells, given.sent):
            return
        if found is None:
            is_done = given.is_empty or any(_same(_cells(each), given.cells) for each in rows)
            if not is_done:
                self.problems.append(_meanwhile("This row", "", given.place))
        elif given.is_empty:
            change = Change(found.row, removed=True)
            before = _told(given.sent)
            self._removed[found.row] = FactChange(change, found.title, before, "", given.place)
        else:
            self._changed_row(given, found)

    def _changed_row(self, given: GivenRow, found: FieldSet) -> None:
        known = set(map(_column, found.fields))
        for name, answer in given.cells.items():
            if name not in known and answer != given.sent.get(name, ""):
                self._other_column(given.places[name])
        for one in found.fields:
            name = _column(one)
            answer = given.cells.get(name, "")
            if answer != given.sent.get(name, ""):
                label = f"{found.title} ({_told(given.sent)}): {one.label}"
                value = self._value(one, answer, given.places[name])
                if value != one.data(one.value):
                    self._keep(one, value, answer, given.places[name], label)

    def _new_values(self, given: GivenRow, empty: FieldSet) -> dict[str, Any]:
        """Return what a row that somebody added holds, a text in several languages by language."""
        values: dict[str, Any] = {}
        told = _in_languages(given.cells)
        for one in empty.fields:
            name = _column(one)
            answer = given.cells.get(name, "")
            place = given.places.get(name, given.place)
            if name in told and answer:
                self._other_column(place)
            value = told.get(name) or self._value(one, answer, place)
            if value is not None:
                values[name] = value
        return values

    def _other_column(self, place: str) -> None:
        what = "This row says it in one column, or in one for each language, and not in both."
        mend = "Write it into the column in which the row has it already."
        self.problems.append(Problem(what, mend, Location(place), code="PG584"))

    def _new_row(self, given: GivenRow, rows: list[FieldSet]) -> None:
        """Keep a row that somebody added, unless it is there already."""
        empty = next(each for each in self._sets if each.row[0] == given.key and each.is_new)
        added = self._added.setdefault(given.key, [])
        if any(_same(_cells(each), given.cells) for each in rows):
            return
        values = self._new_values(given, empty)
        if any(values == each.change.value for each in added):
            return
        path = (given.key, len(rows) + len(added))
        label = f"{register_name(given.key)}: one more"
        change = Change(path, values)
        fields = {_column(one): one for one in empty.fields}
        shown = {
            name: _as_kept(fields[name], values.get(name), answer) if name in fields else answer
            for name, answer in given.cells.items()
        }
        added.append(FactChange(change, label, "", _told(shown), given.place, given.places))


def _as_kept(one: FormField, value: Any, answer: str) -> str:
    """Return an answer as people read it in the profile: of 03/04/2027, which day it is."""
    if one.kind not in ("day", "choice") or not isinstance(value, str):
        return answer
    return shown_answer(replace(one, value=value))


def _in_languages(cells: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what columns of a language say, by their fact: purpose.cy is purpose, in cy."""
    found: dict[str, dict[str, str]] = {}
    for name, answer in cells.items():
        fact, _, tag = name.partition(".")
        if tag and answer:
            found.setdefault(fact, {})[tag] = answer
    return found


def _meanwhile(label: str, now: str, place: str) -> Problem:
    says = f', and says now "{on_one_line(now)}"' if now else ""
    what = f"{label}: the profile has changed here since the workbook was sent{says}."
    return Problem(what, _ANEW, Location(place), code="PG585")


def on_one_line(text: str) -> str:
    """Return an answer of several lines on one."""
    return text.replace("\n", "; ")


def _label(one: FormField) -> str:
    return capitalise(describe_fact(one.name).label)


def _column(one: FormField) -> str:
    return ".".join(map(str, one.path[2:]))


def _cells(each: FieldSet) -> dict[str, str]:
    return {name: printable_text(cell) for name, cell in row_cells(each).items()}


def _same(first: Mapping[str, str], second: Mapping[str, str]) -> bool:
    """Tell whether two rows say the same; a cell that is not there is an empty one."""
    return all(
        printable_text(first.get(name, "")) == printable_text(second.get(name, ""))
        for name in {**first, **second}
    )


def _told(cells: Mapping[str, str]) -> str:
    """Return a row on one line, its first cells."""
    return ", ".join(list(filter(None, cells.values()))[:3]).replace("\n", "; ")
