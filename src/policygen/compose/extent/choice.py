"""What a profile takes of its stack: the grades of its extent, and what it says of single ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from policygen.compose.fold import Draft
from policygen.model.extent import Omission
from policygen.model.fragment import Organisation
from policygen.model.language import localise
from policygen.model.outline.outline import Outline
from policygen.model.profile import BACK_MATTER, LeaveOut
from policygen.problems import DataPath, Message, Problem, key_path, nearest

_NAMED = 4  # clauses that a message names


class ExtentChoice:
    """Decides which clauses a policy takes, and checks what the profile says about single ids."""

    def __init__(self, organisation: Organisation, outline: Outline, language: str) -> None:
        self._organisation = organisation
        self._contents = organisation.profile.contents
        self._grades = outline.grades
        self._front = outline.front.section
        self._language = language
        self._extent = organisation.profile.extent or outline.grades.extent
        self._stated: list[_StatedOmission] = []

    def grade(self, draft: Draft, section_grade: str) -> str:
        """Return how many bodies need a clause."""
        return self._grades.of_clause(draft.grade, section_grade, binding=draft.binding)

    def omission(self, draft: Draft, grade: str) -> Omission | None:
        """Return why a clause is left out, or None where it is taken.

        The nearest statement decides: about the clause, about its section, by its extent. What the
        organisation's own folder adds or edits is taken unless a statement says otherwise.
        """
        section = draft.id.partition(".")[0]
        if section == self._front:
            return None
        if stated := self._contents.leaves_out(draft.id):
            omission = self._omission(self._contents.leave_out[stated])
            self._stated.append(_StatedOmission(stated, draft, grade, omission))
            return omission
        if draft.id in self._contents.bring_in or section in self._contents.bring_in:
            return None
        is_own = any(origin.layer == "organisation" for origin in draft.origins)
        taken = self._grades.extents.get(self._extent)
        if is_own or taken is None or grade in taken:
            return None
        return Omission(extent=self._extent)

    def line_of(self, id: str) -> Omission | None:
        """Return why a clause or a section prints as one line that leads to another document."""
        stated = self._contents.leave_out.get(id)
        return self._omission(stated) if stated and stated.see else None

    def _omission(self, stated: LeaveOut) -> Omission:
        see = stated.see
        if see:
            see = see.model_copy(update={"title": localise(see.title, self._language)})
        return Omission("", stated.because, see, stated.cleared_by or "")

    # --- Faults -------------------------------------------------------------------------------

    def faults(self, sections: Sequence[str], clauses: Collection[str]) -> Iterator[Problem]:
        """Yield what is wrong with the profile's choice: unknown ids, and what needs more words.

        `sections` and `clauses` are all the ids of this policy, those left out too.
        """
        choosable = [id for id in sections if id != self._front]
        for number, id in enumerate(self._contents.order):
            if id in clauses:
                yield self._clause_in_order(("order", number), id)
            else:
                yield from self._unknown(("order", number), id, choosable)
        for place, heading in enumerate(self._contents.headings):
            for number, id in enumerate(heading.sections):
                path = ("headings", place, "sections", number)
                if id in clauses:
                    yield self._clause_in_order(path, id)
                else:
                    yield from self._unknown(path, id, [*choosable, *BACK_MATTER])
        known = [*choosable, *clauses]
        for id in self._contents.bring_in:
            yield from self._unknown(key_path(("bring_in", id)), id, known)
        for id in self._contents.leave_out:
            yield from self._unknown(key_path(("leave_out", id)), id, known)
        yield from self._unanswered()

    def _unknown(self, path: DataPath, id: str, known: Sequence[str]) -> Iterator[Problem]:
        if id in known:
            return
        noun = "clause" if "." in id else "section"
        what, mend = f'This policy has no {noun} "{id}".', _nearest_name(id, known)
        if id.partition(".")[0] == self._front:
            what = f'"{id}" belongs to the document itself, which always has it.'
            mend = "Take the line out."
        yield self._problem(path, what, mend, "PG330")

    def _clause_in_order(self, path: DataPath, id: str) -> Problem:
        section = id.partition(".")[0]
        ordered = "the order is one" if path[0] == "order" else "a heading is one"
        what = f'"{id}" is a clause, and {ordered} of sections.'
        mend = f"Name its section, {section}; within it the clauses keep their order."
        return self._problem(path, what, mend, "PG330")

    def _unanswered(self) -> Iterator[Problem]:
        """Yield each statement that leaves out more than its words allow."""
        by_id: dict[str, list[_StatedOmission]] = {}
        for stated in self._stated:
            by_id.setdefault(stated.id, []).append(stated)
        for id, drafts in by_id.items():
            path = key_path(("leave_out", id))
            core = [one.draft.id for one in drafts if one.grade == self._grades.binding]
            if core and not drafts[0].omission.see:
                what = Message(
                    f"{id} is left out, and every body needs {_names(core, id)}.",
                    on_page="This is left out, and every body needs it.",
                )
                mend = Message(
                    "Say which document of yours covers it: "
                    "`see: {title: Press protocol, url: https://...}`, or bring it back.",
                    on_page="Say which document of yours covers it, or bring it back.",
                )
                yield self._problem(path, what, mend, "PG331")
            binding = [one.draft.id for one in drafts if one.draft.binding]
            if binding and not drafts[0].omission.cleared_by:
                what = Message(
                    f"{id} is left out, and {_names(binding, id)} may not be dropped quietly.",
                    on_page="This is left out, and may not be dropped quietly.",
                )
                mend = Message(
                    "Say who cleared that, where and when: "
                    "`cleared_by: Head of Legal, Standards Committee, 3 December 2026`.",
                    on_page="Say who cleared that, where and when, like Head of Legal, "
                    "Standards Committee, 3 December 2026.",
                )
                yield self._problem(path, what, mend, "PG332")

    def _problem(self, path: DataPath, what: str, mend: str, code: str) -> Problem:
        field = tuple(part for part in path if part != "")
        location = self._organisation.location(("contents", *path))
        return Problem(what, mend, location, code=code, field=("contents", *field))


@dataclass(frozen=True, slots=True)
class _StatedOmission:
    """A clause that the profile leaves out by a statement about `id`, itself or its section."""

    id: str
    draft: Draft
    grade: str
    omission: Omission


def _nearest_name(name: str, known: Iterable[str]) -> str:
    """Return how to mend an unknown id, also one that is typed as a title: "The media"."""
    return nearest(name.lower().removeprefix("the "), known)


def _names(ids: Iterable[str], said: str) -> str:
    """Return the first few ids; of what was just said, "it"."""
    names = ["it" if id == said else id for id in ids]
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
