"""The facts of a profile as a workbook has them: sorted by who will know them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policygen.facts.described import describe_fact
from policygen.interview.asked import asked_help, asked_text
from policygen.load.yaml.reader import parse_yaml
from policygen.model.language import capitalise, language_name
from policygen.model.year.fact_book import (
    FactBook,
    FactQuestion,
    FactRegister,
    FactSheet,
    RegisterColumn,
)
from policygen.pipeline.page.form import FieldSet, FormField, FormGroup, form_group
from policygen.pipeline.page.groups import GROUPS
from policygen.pipeline.page.profiles import ProfileText
from policygen.pipeline.workspace import Workspace
from policygen.problems import DataPath

# What decides which policy it is, what the release sets, and a file: no clerk is asked for these.
NOT_ASKED = (
    *("kind", "jurisdiction", "posture", "extent"),
    *("policy.status", "policy.version", "brand.logo"),
)
_PROMISES = "What we promise"
_REGISTERS = {
    "channels": ("Accounts", "each account that speaks for you"),
    "approval": ("Who says yes", "each kind of content that somebody clears"),
    "elections": ("Elections", "each period in which staff take special care"),
    "professions": ("Professions", "each regulated profession that works for you"),
    "related_policies": ("Related policies", "each other policy that a reader may need"),
}
# What some columns are called, where the form's label is too short for a sheet.
_COLUMNS = {
    "languages": "The languages that it speaks, such as English; Welsh",
    "moderation": "Comments are looked at before or after they show",
    "status": "In use?",
    "class": "Its class, if one of these",
}
_SEVERAL = "Several: one on a line, or with a semicolon between."
_DAY = "A day, such as 7 December 2026 or 2026-12-07."
_LONGEST = 31  # characters of a sheet's name
_POLICY_OWNER = "the policy's owner"


def all_facts(profile_text: ProfileText, workspace: Workspace) -> FormGroup:
    """Return all fields of the page's forms that a workbook has, as one."""
    keys = [key for key in GROUPS if key not in ("sources", "headings")]
    groups = [form_group(key, profile_text, workspace) for key in keys]
    sets = tuple(each for group in groups for each in group.sets)
    return FormGroup("facts", "Facts from a workbook", "", sets)


def fact_book(profile_text: ProfileText, group: FormGroup) -> FactBook:
    """Return what a workbook asks, with what the profile says now."""
    data = parse_yaml(profile_text.text, profile_text.shown).data or {}
    plain = [each for each in group.sets if not _register(each)]
    return FactBook(
        profile_text.file.resolve().parent.name,
        str(data.get("name") or ""),
        tuple(_sheets(plain)),
        tuple(_registers(group)),
    )


def shown_answer(field: FormField) -> str:
    """Return what a cell says for a field: of a choice its title."""
    named = (choice.title for choice in field.choices if choice.name == field.value)
    return next(named, field.value)


def register_name(key: str) -> str:
    """Return what the sheet of a register is called: Accounts."""
    return _REGISTERS[key][0]


def row_cells(each: FieldSet) -> dict[str, str]:
    """Return the cells of a row of a register, by the names of its columns."""
    return {".".join(map(str, one.path[2:])): shown_answer(one) for one in each.fields}


def _register(each: FieldSet) -> str:
    """Return the register that a row belongs to, or ""."""
    return str(each.row[0]) if each.row and each.row[0] in _REGISTERS else ""


def _sheets(plain: list[FieldSet]) -> Iterator[FactSheet]:
    """Yield the sheets of questions, in the order of the page, promises last."""
    questions: dict[str, list[FactQuestion]] = {}
    promises: list[FactQuestion] = []
    for each in plain:
        for field in each.fields:
            if field.path[0] == "commitments":
                promises.append(_promise(field))
            elif field.name not in NOT_ASKED:
                questions.setdefault(_who(field.path), []).append(_question(field))
    taken: set[str] = set()
    for who, asked in questions.items():
        yield FactSheet(_name(who, taken), who, tuple(asked))
    if promises:
        yield FactSheet(_PROMISES, _POLICY_OWNER, tuple(promises))


def _who(path: DataPath) -> str:
    """Return who will know a fact; of an assessment, whoever answers for such assessments."""
    who = describe_fact(".".join(map(str, path))).ask
    return (
        describe_fact(".".join(map(str, path[:-1]))).ask if who.startswith("whoever made") else who
    )


def _name(who: str, taken: set[str]) -> str:
    """Return what a sheet is called: "Records or information team"."""
    said = re.sub(r"^(the|whoever keeps the) ", "", who)
    name = capitalise(said)
    if len(name) > _LONGEST:
        name = name[: _LONGEST + 1].rpartition(" ")[0]
    while name.lower() in taken:
        name = f"{name[: _LONGEST - 2]} 2"
    taken.add(name.lower())
    return name


def _question(field: FormField) -> FactQuestion:
    choices = tuple(choice.title for choice in field.choices)
    match field.kind:
        case "lines":
            known = field.hint.partition("There are: ")[2]
            help = f"{_SEVERAL} There are: {known}" if known else _SEVERAL
        case "day":
            help = _DAY
        case "choice":
            help = "Choose from the list."
        case _:
            help = capitalise(asked_help(field.path))
    said = asked_text(_without_tag(field.path))
    language = str(field.path[-1]) if said != asked_text(field.path) else ""
    text = f"{said} In {language_name(language)}." if language else said
    return FactQuestion(field.path, text, shown_answer(field), help, choices)


def _without_tag(path: DataPath) -> DataPath:
    """Return a path without the language in which a text is written, such as cy or en-GB."""
    last = str(path[-1])
    is_tag = len(path) > 1 and re.fullmatch(r"[a-z]{2,3}(-[A-Z][A-Za-z]+)?", last)
    return path[:-1] if is_tag and last not in ("url",) else path


def _promise(field: FormField) -> FactQuestion:
    off = "" if field.usual == "off" else "Write off to promise nothing."
    usual = "Nothing is promised" if field.usual == "off" else "The usual holds"
    help = f"{field.hint} {usual} while this is empty. {off}"
    return FactQuestion(field.path, field.label, field.value, help.strip())


def _registers(group: FormGroup) -> Iterator[FactRegister]:
    for key, (name, each_one) in _REGISTERS.items():
        sets = [each for each in group.sets if _register(each) == key]
        if not sets:
            continue
        columns: dict[str, RegisterColumn] = {}
        for each in sets:
            for field in each.fields:
                choices = tuple(choice.title for choice in field.choices)
                column = RegisterColumn(field.path[2:], _head(field), choices)
                columns.setdefault(column.name, column)
        rows = [row_cells(each) for each in sets if not each.is_new]
        says = (
            f"One row for {each_one}. Write further ones beneath; empty a row to take it out. "
            f"{_DAY if key == 'elections' else ''}"
        ).strip()
        who = describe_fact(f"{key}.*.owner").ask if key == "channels" else _keeper(sets[0])
        yield FactRegister(
            name,
            who,
            key,
            says,
            tuple(columns.values()),
            tuple(tuple(row.get(column, "") for column in columns) for row in rows),
        )


def _keeper(each: FieldSet) -> str:
    """Return who will know the rows of a register: whoever knows most about one of them."""
    asks = [field.ask for field in each.fields if field.ask]
    return asks[0] if asks else _POLICY_OWNER


def _head(field: FormField) -> str:
    key = str(field.path[2])
    if key in _COLUMNS:
        return _COLUMNS[key]
    several = " (with semicolons between)" if field.kind == "lines" else ""
    return f"{field.label.replace(' of an account', '')}{several}"
