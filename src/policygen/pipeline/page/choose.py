"""One section or clause of a policy: taken in, left out, or as the extent has it; and the order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from policygen.interview.choices import Choice, list_choices
from policygen.load.profile.profile import load_organisation
from policygen.load.yaml.reader import parse_yaml
from policygen.pipeline.page.contents import (
    ClauseEntry,
    Outcome,
    PolicyContents,
    outcome,
    sections_in_order,
)
from policygen.pipeline.page.form import FieldSet, FormField, FormGroup
from policygen.pipeline.page.profiles import ProfileText
from policygen.pipeline.page.save import PageForm, Saved, save_form, text_with
from policygen.pipeline.workspace import Workspace
from policygen.problems import DataPath, PolicygenError, Problem, errors
from policygen.store.profile_edit.profile_text import Change
from policygen.store.profile_edit.value import value_of

_IN, _OUT = "bring_in", "leave_out"
_ORDER = ("contents", "order")
# The fields of a choice, and where under it the profile has each.
_PARTS: dict[str, DataPath] = {
    "because": ("because",),
    "see_title": ("see", "title"),
    "see_url": ("see", "url"),
    "cleared_by": ("cleared_by",),
}
# Problems of a whole choice: the field that mends each, and what to do in it.
_MENDED_BY = {
    "PG331": ("see_title", "Name the document of yours that covers it."),
    "PG332": ("cleared_by", "Say who cleared that, where and when."),
}
_MISSING = "PG105"


def choice_form(id: str, contents: PolicyContents, workspace: Workspace) -> PageForm:
    """Return the form of what a policy makes of one of its sections or clauses."""

    def make(profile_text: ProfileText) -> FormGroup:
        return _group(id, contents, profile_text, workspace)

    def changes(group: FormGroup, typed: Mapping[str, str]) -> Iterator[Change]:
        return _changes(id, group, typed)

    return PageForm(make, changes, composes=True)


def save_choice(
    id: str,
    contents: PolicyContents,
    typed: Mapping[str, str],
    shown: ProfileText,
    workspace: Workspace,
) -> Saved:
    """Write a choice into the profile, or say why not, beside the fields. Raises PolicygenError."""
    saved = save_form(choice_form(id, contents, workspace), typed, shown, workspace)
    return replace(saved, problems=tuple(_placed(one, id) for one in saved.problems))


def try_choice(
    id: str,
    contents: PolicyContents,
    typed: Mapping[str, str],
    profile_text: ProfileText,
    workspace: Workspace,
) -> Outcome:
    """Return what would come of a choice; nothing is written."""
    try:
        group = _group(id, contents, profile_text, workspace)
        text = text_with(profile_text, _changes(id, group, typed))
    except PolicygenError as error:
        return Outcome(problems=error.problems)
    found = outcome(profile_text.file, text, workspace)
    return replace(found, problems=tuple(_placed(one, id) for one in errors(found.problems)))


def move_section(
    id: str, step: int, contents: PolicyContents, shown: ProfileText, workspace: Workspace
) -> Saved:
    """Move a section one place up (-1) or down (1) among those of a policy."""
    visible = [one.id for one in contents.sections]
    at = visible.index(id)
    to = min(max(at + step, 0), len(visible) - 1)
    own = workspace.for_profile(shown.file)
    organisation = load_organisation(shown.file, own.library, shown.text)
    usual, order = sections_in_order(organisation, own)
    wanted = [one for one in order if one != id]
    if to != at:
        wanted.insert(wanted.index(visible[to]) + (step > 0), id)
    form = PageForm(_order_group, composes=True)
    typed = {".".join(_ORDER): "\n".join(_leading(wanted, usual))}
    return save_form(form, typed if to != at else {}, shown, workspace)


def _leading(wanted: Sequence[str], usual: Sequence[str]) -> Sequence[str]:
    """Return the fewest sections that must be named first, so that the rest follow as usual."""
    for count in range(len(wanted) + 1):
        first = wanted[:count]
        if [*first, *(id for id in usual if id not in first)] == list(wanted):
            return first
    return wanted


def _order_group(profile_text: ProfileText) -> FormGroup:
    data = parse_yaml(profile_text.text, profile_text.shown).data
    value = "\n".join(map(str, value_of(data, _ORDER) or ()))
    field = FormField(_ORDER, "Order of the sections", "lines", value)
    return FormGroup("order", field.label, "", (FieldSet("", (field,)),))


def _group(
    id: str, contents: PolicyContents, profile_text: ProfileText, workspace: Workspace
) -> FormGroup:
    """Return the fields of a choice, as the profile has it."""
    library = workspace.for_profile(profile_text.file).library
    data = parse_yaml(profile_text.text, profile_text.shown).data
    section, clause = contents.section(id), contents.clause(id)
    stated = next((key for key in (_IN, _OUT) if value_of(data, ("contents", key, id))), "")
    entry = section or clause
    assert entry
    of_entry = section.clauses if section else (clause,) if clause else ()

    core = [one.name for one in of_entry if one.grade == library.outline.grades.binding]
    binding = [one.name for one in of_entry if one.binding]

    def value(part: str) -> str:
        return str(value_of(data, ("contents", stated, id, *_PARTS[part])) or "") if stated else ""

    fields = [
        FormField(
            ("choice",),
            "Shall your policy have it?",
            "choice",
            stated,
            required=True,
            choices=tuple(_choices(stated, of_entry, contents)),
        ),
        FormField(
            ("because",), "Why", "line", value("because"), "A line, for the record.", required=True
        ),
        FormField(
            ("see_title",),
            "Your own document that covers it instead",
            "line",
            value("see_title"),
            _see_hint(core),
            required=bool(core),
        ),
        FormField(("see_url",), "Its address", "line", value("see_url")),
        FormField(
            ("cleared_by",),
            "Who cleared that",
            "line",
            value("cleared_by"),
            _cleared_hint(binding),
            required=bool(binding),
        ),
    ]
    if section:
        postures = list_choices("posture", library, "", "")
        posture = str(value_of(data, ("postures", id)) or "")
        hint = "How cautious or open this section alone is."
        label = "Another posture for it"
        field = FormField(("posture",), label, "choice", posture, hint, choices=postures)
        fields.append(field)
    return FormGroup(id, entry.name, "", (FieldSet("", tuple(fields)),))


def _choices(
    stated: str, clauses: Sequence[ClauseEntry], contents: PolicyContents
) -> Iterator[Choice]:
    says = contents.extent_says
    decides = f"Let the extent “{contents.extent}” decide"
    yield Choice("", f"{decides}: {says[:1].lower()}{says[1:]}" if says else decides)
    if stated == _IN or any(one.omission for one in clauses):
        yield Choice(_IN, "Take it in, though the extent does not")
    yield Choice(_OUT, "Leave it out")


def _see_hint(core: Sequence[str]) -> str:
    leads = "One line of your policy leads there."
    return f"Every body must have {_names(core)}. {leads}" if core else f"If there is one. {leads}"


def _cleared_hint(binding: Sequence[str]) -> str:
    if not binding:
        return ""
    example = "Who, where and when, like “Head of Legal, Standards Committee, 3 December 2026”."
    return f"Nobody may quietly drop {_names(binding)}. {example}"


def _names(names: Sequence[str]) -> str:
    """Return the first few names in a line."""
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return ", ".join(f"“{name}”" for name in names[:3]) + more


def _changes(id: str, group: FormGroup, typed: Mapping[str, str]) -> Iterator[Change]:
    """Yield what to change in the profile for a choice; a choice that is left as it is, nothing."""
    fields = {one.name: one for one in group.fields()}
    before, now = fields["choice"].value, typed.get("choice", fields["choice"].value)
    given: dict[str, Any] = {
        part: fields[part].data(typed.get(part, fields[part].value)) for part in _PARTS
    }
    if before and now != before:
        yield Change(("contents", before, id), removed=True)
    if now and now != before:
        yield Change(("contents", now, id), _entry_of(now, given))
    elif now:
        for part, value in given.items():
            wanted = part == "because" or now == _OUT
            if wanted and value != fields[part].data(fields[part].value):
                yield Change(("contents", now, id, *_PARTS[part]), value)
    if "posture" in fields:
        posture = fields["posture"]
        chosen = posture.data(typed.get("posture", posture.value))
        if chosen != posture.data(posture.value):
            yield Change(("postures", id), chosen, removed=chosen is None)


def _entry_of(choice: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the profile says of a choice that is new."""
    entry: dict[str, Any] = {"because": given["because"]} if given["because"] else {}
    if choice == _OUT:
        see = {key: given[f"see_{key}"] for key in ("title", "url") if given[f"see_{key}"]}
        entry |= {"see": see} if see else {}
        entry |= {"cleared_by": given["cleared_by"]} if given["cleared_by"] else {}
    return entry


def _placed(problem: Problem, id: str) -> Problem:
    """Return a Problem of a choice as this form tells it, with the field that mends it."""
    if problem.code in _MENDED_BY and problem.field[-1:] == (id,):
        part, mend = _MENDED_BY[problem.code]
        return replace(problem, mend=mend, field=(part,))
    if problem.field[2:3] != (id,):
        return problem
    at = problem.field[3:]
    part = next((name for name, path in _PARTS.items() if at == path), "because")
    if problem.code == _MISSING:
        return replace(problem, what="This is missing.", mend="", field=(part,))
    return replace(problem, field=(part,))
