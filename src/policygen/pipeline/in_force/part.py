"""A page of the year: sections with what stands, what can be downloaded, and a short form."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import ClassVar, TypeAlias

from policygen.load.spreadsheet.day import parse_day
from policygen.model.review.acceptance import Acceptance
from policygen.pipeline.page.form import FormField
from policygen.pipeline.page.others.uploads import Uploads
from policygen.pipeline.page.profiles import Listed
from policygen.pipeline.workspace import Workspace
from policygen.problems import DataPath, PolicygenError, Problem

# What a form sends: the name and the bytes of each file, by its field.
SentFiles: TypeAlias = Mapping[str, Sequence[tuple[str, bytes]]]

# The field of a form that mends a Problem of these commands.
_MENDED_AT: dict[str, DataPath] = {
    "PG528": ("summary",),
    "PG546": ("issued",),
    "PG547": ("changed_by",),
    "PG550": ("without_pdf",),
    "PG590": ("on",),
    "PG606": ("clauses",),
    "PG607": ("clauses",),
    "PG644": ("audience",),
    "PG659": ("clauses",),
    "PG733": ("language",),
}


@dataclass(frozen=True, slots=True)
class YearSection:
    """What stands under one heading: lines, Problems, a file to download, files held, a form.

    `file` can be downloaded in each of `formats`; where it is `shown`, it stands in the page too.
    `held` are the names of files that were sent, by their keys.
    """

    title: str
    lines: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()
    file: str = ""
    formats: tuple[str, ...] = ()
    shown: bool = False
    held: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[FormField, ...] = ()
    button: str = ""


@dataclass(frozen=True, slots=True)
class YearPage:
    """A page of the year. `query` goes along with what is downloaded from it."""

    title: str
    says: str
    sections: tuple[YearSection, ...]
    query: Mapping[str, str] = field(default_factory=dict)
    done: str = ""  # what was just done

    def fields(self) -> Iterator[FormField]:
        """Yield every field of the page."""
        for section in self.sections:
            yield from section.asked


@dataclass(frozen=True, slots=True)
class ToWrite:
    """What a form would write: shown first, and written once somebody has agreed.

    `rows` tell each change in a line: what it is about, what is there, what would be, from where.
    """

    acceptance: Acceptance
    write: Callable[[], object]
    said: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class YearPart(ABC):
    """One page of the year of one body, and all that is done on it, on the day `on`."""

    body: Listed
    uploads: Uploads
    workspace: Workspace
    on: date

    title: ClassVar[str]
    about: ClassVar[str]  # when one needs it, in a line
    purpose: ClassVar[str] = ""  # of files that are held until policygen ends

    @property
    def profile(self) -> Path:
        """The body's profile."""
        return self.body.file

    @abstractmethod
    def page(self, query: Mapping[str, str], refused: Container[str] = ()) -> YearPage:
        """Return what the page shows. Raises PolicygenError.

        `refused` has the fields of a form that was sent in vain, and the codes of why.
        """

    @abstractmethod
    def send(self, typed: Mapping[str, str], files: SentFiles) -> ToWrite | dict[str, str]:
        """Take a form: return what it would write, or the query of the page to show next.

        Raises PolicygenError.
        """

    def file(self, name: str, ending: str, query: Mapping[str, str]) -> bytes | None:
        """Return a file of the page; None for one that it has not. Raises PolicygenError."""
        return None

    def held(self) -> dict[str, str]:
        """Return the names of the files that are held for this page, by their keys."""
        return {key: one.name for key, one in self.uploads.of(self.body.name, self.purpose).items()}

    def hold(
        self, sent: Sequence[tuple[str, bytes]], check: Callable[[], object], *, anew: bool = False
    ) -> None:
        """Hold files for as long as `check` raises nothing; `anew`, in place of those before.

        Raises PolicygenError; then what was held before is held still.
        """
        name, purpose = self.body.name, self.purpose
        before = self.uploads.of(name, purpose)
        if anew:
            self.uploads.put_away(name, purpose)
        try:
            self.uploads.take(name, purpose, sent)
            check()
        except PolicygenError:
            self.uploads.put_away(name, purpose)
            if before:
                earlier = [(one.name, one.data) for one in before.values()]
                self.uploads.take(name, purpose, earlier)
            raise


def typed_day(typed: Mapping[str, str], name: str) -> date:
    """Return the day that was typed into a field. Raises PolicygenError for none."""
    text = typed.get(name, "").strip()
    if day := parse_day(text):
        return day
    what = f'"{text}" is no day.' if text else "The day is missing."
    mend = "Write a day, such as 2027-05-04 or 4 May 2027."
    raise PolicygenError([Problem(what, mend, code="PG906", field=(name,))])


def at_year_fields(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return why nothing was done, each with the field of the form that mends it."""
    return tuple(replace(one, field=_MENDED_AT.get(one.code, one.field)) for one in problems)
