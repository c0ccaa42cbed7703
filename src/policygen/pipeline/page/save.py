"""What was typed into one page of the form, into the profile: all of it or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from policygen.load.look.picture import picture_fault
from policygen.load.profile.profile import load_organisation
from policygen.load.yaml.reader import parse_yaml
from policygen.model.profile import LOGO_TYPES
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.page.form import FieldSet, FormField, FormGroup, form_group
from policygen.pipeline.page.profiles import ProfileText, read_profile_text, require_unchanged
from policygen.pipeline.page.undo import undoable
from policygen.pipeline.workspace import Workspace
from policygen.problems import DataPath, PolicygenError, Problem, errors
from policygen.store.files import File, write_files
from policygen.store.lock import folder_locks
from policygen.store.profile_edit.profile_text import Change, profile_with
from policygen.store.profile_edit.value import value_of
from policygen.store.ready import refuse_example

REMOVE = "remove."  # begins the name of the box that takes a row away


@dataclass(frozen=True, slots=True)
class ChangedMeanwhile:
    """A fact that changed while the form was open: what was typed, if at all, and what is there."""

    label: str
    typed: str
    now: str
    is_typed: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """How many values were written, or why none was: changed meanwhile, or not to be read."""

    count: int = 0
    meanwhile: tuple[ChangedMeanwhile, ...] = ()
    problems: tuple[Problem, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)  # what the form shall still show of it


@dataclass(frozen=True, slots=True)
class PageForm:
    """A form about a profile: its fields, what is changed for what was typed, what is looked at.

    With `composes` the policy must compose with the changes, too.
    """

    make: Callable[[ProfileText], FormGroup]
    changes: Callable[[FormGroup, Mapping[str, str]], Iterable[Change]] = field(
        default_factory=lambda: changes_of
    )
    composes: bool = False


def save_group(
    key: str, typed: Mapping[str, str], shown: ProfileText, workspace: Workspace
) -> Saved:
    """Write what was typed into a page of the facts that was made of `shown`.

    Nothing is written where a value of this page has changed meanwhile, or where the profile would
    have a fault that it has not now, or where the disk takes nothing.
    """
    return save_form(
        PageForm(lambda text: form_group(key, text, workspace)), typed, shown, workspace
    )


def save_form(
    form: PageForm, typed: Mapping[str, str], shown: ProfileText, workspace: Workspace
) -> Saved:
    """Write what was typed into a form, as `save_group` does."""
    refuse_example(shown.file)
    try:
        return _save_form(form, typed, shown, workspace)
    except PolicygenError as error:  # what was typed stands in the form until it is written
        return Saved(problems=error.problems, typed=typed)


def _save_form(
    form: PageForm, typed: Mapping[str, str], shown: ProfileText, workspace: Workspace
) -> Saved:
    with folder_locks([shown.file.parent]):
        now = read_profile_text(shown.file)
        group = form.make(shown)
        if now.digest != shown.digest:
            newer = form.make(now)
            if newer.values() != group.values():
                return _clash(group, newer, typed)
        changes = tuple(form.changes(group, typed))
        text = text_with(now, changes)
        if problems := new_faults(now, text, workspace, whole=form.composes):
            return Saved(problems=problems, typed=typed)
        with undoable(now.file, group.title):
            write_files([File(now.file.name, now.to_bytes(text))], now.file.parent)
        return Saved(len(changes))


def text_with(profile_text: ProfileText, changes: Iterable[Change]) -> str:
    """Return what a profile says with some changes. Raises PolicygenError for one too hard."""
    text = profile_text.text
    for change in changes:
        text = profile_with(text, profile_text.shown, change)
    return text


def changes_of(group: FormGroup, typed: Mapping[str, str]) -> Iterator[Change]:
    """Yield each change that somebody made in a page of the form; removed rows come last."""
    removed: list[Change] = []
    for each in group.sets:
        if each.row and f"{REMOVE}{'.'.join(map(str, each.row))}" in typed:
            removed.append(Change(each.row, removed=True))
        elif each.is_new:
            yield from _new_row(each, typed)
        else:
            for one in each.fields:
                # A browser sends nothing of a list of which no box is ticked.
                kept = "" if one.kind == "many" else one.value
                value = one.data(typed.get(one.name, kept))
                if value != one.data(one.value) and one.kind != "file":
                    yield Change(one.path, value)
    yield from reversed(removed)


def typed_again(group: FormGroup, result: Saved | None) -> dict[str, str]:
    """Return what a form shows in place of what the file says: what was typed and not saved."""
    if result is None:
        return {}
    # A browser sends nothing of a list of which no box is ticked.
    cleared = {one.name: "" for one in group.fields() if one.kind == "many"}
    return {**({} if result.meanwhile else cleared), **result.typed}


def _new_row(row: FieldSet, typed: Mapping[str, str]) -> Iterator[Change]:
    values = {str(f.path[-1]): f.data(typed.get(f.name, "")) for f in row.fields}
    given = {name: value for name, value in values.items() if value is not None}
    if given:
        yield Change(row.row, given)


def _clash(group: FormGroup, newer: FormGroup, typed: Mapping[str, str]) -> Saved:
    """Set what was typed beside what the file says now.

    The form then shows what was typed, but only that: what was left as it was follows the file.
    Where rows came or went, nobody knows which row was meant, and none is typed over.
    """
    before, now = group.values(), newer.values()
    mine = {name: text for name, text in typed.items() if before.get(name, text) != text}
    rows_moved = _rows(group) != _rows(newer)
    in_rows = {one.name for each in (*group.sets, *newer.sets) if each.row for one in each.fields}
    kept = {name: text for name, text in mine.items() if not (rows_moved and name in in_rows)}
    listed = tuple(
        ChangedMeanwhile(
            _label(each, one), mine.get(one.name, ""), now.get(one.name, ""), one.name in mine
        )
        for each in _all_sets(group, newer)
        for one in each.fields
        if _differ(before, now, one.name) or (one.name in mine and one.name not in kept)
    )
    return Saved(meanwhile=listed, typed=kept)


def _all_sets(group: FormGroup, newer: FormGroup) -> tuple[FieldSet, ...]:
    """Return the sets of both, the larger group's: one has all rows of the other, or more."""
    return max(group.sets, newer.sets, key=len)


def _differ(before: Mapping[str, str], now: Mapping[str, str], name: str) -> bool:
    return before.get(name, "") != now.get(name, "")


def _rows(group: FormGroup) -> list[DataPath]:
    return [each.row for each in group.sets if each.row]


def _label(each: FieldSet, one: FormField) -> str:
    return f"{each.title}: {one.label}" if each.title else one.label


def new_faults(
    profile_text: ProfileText, text: str, workspace: Workspace, *, whole: bool
) -> tuple[Problem, ...]:
    """Return the errors that a changed profile would have, and that it has not now.

    They are those of its facts, or with `whole` of the policy that is composed of them, too.
    """
    faults = _faults(profile_text, text, workspace, whole=whole)
    if not faults:
        return ()
    before = {
        (one.code, one.field, one.what)
        for one in _faults(profile_text, profile_text.text, workspace, whole=whole)
    }
    return tuple(one for one in faults if (one.code, one.field, one.what) not in before)


def _faults(
    profile_text: ProfileText, text: str, workspace: Workspace, *, whole: bool
) -> tuple[Problem, ...]:
    try:
        own = workspace.for_profile(profile_text.file)
        organisation = load_organisation(profile_text.file, own.library, text)
        if whole:
            compose_organisation(organisation, own)
    except PolicygenError as error:
        return errors(error.problems)
    return ()


def save_logo(
    file_name: str, data: bytes, shown: ProfileText, workspace: Workspace
) -> tuple[Problem, ...]:
    """Put a picture beside the profile as its logo, or return why it cannot be printed.

    Of the name that it came under only the ending counts. Raises PolicygenError for a folder that
    cannot be written, and a profile whose logo was changed meanwhile.
    """
    refuse_example(shown.file)
    ending = PurePosixPath(file_name.replace("\\", "/")).suffix.lower()
    path = ("brand", "logo")
    if ending not in LOGO_TYPES:
        what = "The logo is neither an SVG nor a PNG."
        return (Problem(what, "Save it as one of the two.", code="PG411", field=path),)
    if fault := picture_fault(data, LOGO_TYPES[ending]):
        return (Problem(*fault, code="PG411", field=path),)
    with folder_locks([shown.file.parent]):
        now = read_profile_text(shown.file)
        if _logo_of(now) != _logo_of(shown):
            require_unchanged(shown)
        name = _free_name(now, ending)
        text = profile_with(now.text, now.shown, Change(path, name))
        files = [File(name, data), File(now.file.name, now.to_bytes(text))]
        with undoable(now.file, "Logo"):
            write_files(files, now.file.parent)
    return ()


def _logo_of(profile_text: ProfileText) -> object:
    return value_of(parse_yaml(profile_text.text, profile_text.shown).data, ("brand", "logo"))


def _free_name(profile_text: ProfileText, ending: str) -> str:
    """Return the present logo's own name, or one that no other file of the folder bears."""
    present = _logo_of(profile_text)
    folder = profile_text.file.parent
    names = (f"logo{ending}", *(f"logo-{number}{ending}" for number in range(2, 100)))
    return next(name for name in names if name == present or not os.path.lexists(folder / name))
