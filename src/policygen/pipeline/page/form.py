"""The facts of a profile as a form: groups of fields, made of the profile's own model.

A field added to the model appears by itself once a group names it (`groups.py`); a test holds that
every one is named there, or in NOT_HERE.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from policygen.compose.commitments import amount_text, offered_commitments
from policygen.compose.places.split import by_place
from policygen.compose.stack import select_stack
from policygen.facts.described import describe_fact
from policygen.interview.choices import Choice, list_choices, service_choices
from policygen.interview.page import block_of
from policygen.load.profile.profile import load_organisation
from policygen.load.yaml.reader import parse_yaml
from policygen.model.fragment import Organisation
from policygen.model.language import capitalise, language_name, localise, subtag
from policygen.model.policy import Policy
from policygen.model.profile import BACK_MATTER, Confirmation, Profile, fields_of
from policygen.pipeline.compose_profile import compose_organisation
from policygen.pipeline.page.contents import section_name
from policygen.pipeline.page.field_kinds import field_kinds
from policygen.pipeline.page.groups import GROUPS, SAYS
from policygen.pipeline.page.profiles import ProfileText
from policygen.pipeline.workspace import Workspace
from policygen.problems import DataPath, PolicygenError
from policygen.store.profile_edit.value import value_of

FieldKind: TypeAlias = Literal["line", "day", "choice", "many", "lines", "file"]
_SEVERAL: tuple[FieldKind, ...] = ("many", "lines")


@dataclass(frozen=True, slots=True)
class FormField:
    """One fact that can be typed. A value of several lines is a list of the profile's."""

    path: DataPath
    label: str
    kind: FieldKind
    value: str
    hint: str = ""
    ask: str = ""  # who in the organisation will know
    required: bool = False
    choices: tuple[Choice, ...] = ()
    usual: str = ""  # what holds where nothing is said

    @property
    def name(self) -> str:
        """What the form calls it: channels.0.platform."""
        return ".".join(map(str, self.path))

    @property
    def id(self) -> str:
        """Where it stands on its page: channels-0-platform."""
        return "-".join(map(str, self.path))

    def data(self, typed: str) -> Any:
        """Return what a profile holds for what was typed; None for nothing."""
        text = typed.replace("\r\n", "\n").strip()
        if not text:
            return None
        if self.kind not in _SEVERAL:
            return text
        values = [line.strip() for line in text.split("\n") if line.strip()]
        return values[0] if self.path == ("jurisdiction",) and len(values) == 1 else values


@dataclass(frozen=True, slots=True)
class FieldSet:
    """Fields that belong together, such as a contact's; `row` is the path of one that repeats."""

    title: str
    fields: tuple[FormField, ...]
    row: DataPath = ()
    is_new: bool = False  # an empty row, in which one more may be written


@dataclass(frozen=True, slots=True)
class FormGroup:
    """One page of the form."""

    key: str
    title: str
    says: str
    sets: tuple[FieldSet, ...]

    def fields(self) -> Iterator[FormField]:
        """Yield every field of the page, in its order."""
        for each in self.sets:
            yield from each.fields

    def values(self) -> dict[str, str]:
        """Return what stands in the fields, by their names."""
        return {field.name: field.value for field in self.fields()}


# Each has one entry for whatever the layers of a profile offer.
_OFFERED = ("commitments", "confirmed", "local_names")
_ONE_A_LINE = "One on a line."


def label_of(path: DataPath) -> str:
    """Return what a fact is called: "Date of issue"."""
    return capitalise(describe_fact(_dotted(path)).label)


def form_group(key: str, profile_text: ProfileText, workspace: Workspace) -> FormGroup:
    """Return one page of the form for a profile. Raises PolicygenError for one that is no YAML."""
    title, names = GROUPS[key]
    data = parse_yaml(profile_text.text, profile_text.shown).data or {}
    maker = _Maker(profile_text, data, workspace.for_profile(profile_text.file))
    sets = tuple(maker.sets(names))
    says = SAYS.get(key, "") if sets else "Every source that your policy cites is looked up."
    return FormGroup(key, title, says, sets)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes fields of the model's fields and of what a profile says."""

    profile_text: ProfileText
    data: Mapping[str, Any]
    workspace: Workspace
    titles: dict[str, str] = field(default_factory=dict)  # of sections, once they are wanted

    def sets(self, names: Sequence[str]) -> Iterator[FieldSet]:
        plain = [name for name in names if self._is_plain(name)]
        if plain:
            infos = fields_of(Profile)
            yield FieldSet("", tuple(f for n in plain for f in self._fields((n,), infos[n])))
        for name in names:
            if name == "commitments":
                yield FieldSet("", tuple(self._promises()))
            elif name == "confirmed":
                yield from self._sources()
            elif name == "local_names":
                yield FieldSet("Your name in other languages", tuple(self._local_names()))
            elif name not in plain:
                yield from self._block_sets(tuple(name.split(".")))

    def _is_plain(self, name: str) -> bool:
        return name not in _OFFERED and block_of(_info(tuple(name.split(".")))) is None

    def _block_sets(self, path: tuple[str, ...]) -> Iterator[FieldSet]:
        """A block: its plain fields, then each block within; or a row for each item of a list."""
        info = _info(path)
        block = block_of(info)
        assert block
        if get_origin(info.annotation) is tuple:
            rows = value_of(self.data, path) or []
            count = len(rows) if isinstance(rows, list) else 0
            for row in range(count + 1):
                is_new = row == count
                title = "One more" if is_new else f"{_singular(path[-1])} {row + 1}"
                fields = self._of_block(block, (*path, row), is_new=is_new)
                yield FieldSet(title, tuple(fields), (*path, row), is_new)
            return
        own = fields_of(block)
        plain = [key for key, one in own.items() if block_of(one) is None]
        if plain:
            fields = (f for key in plain for f in self._fields((*path, key), own[key]))
            yield FieldSet("", tuple(fields))
        for key, one in own.items():
            inner = block_of(one)
            if inner:
                title = capitalise(one.description or key.replace("_", " "))
                yield FieldSet(title, tuple(self._of_block(inner, (*path, key))))

    def _of_block(
        self, block: type[BaseModel], path: DataPath, *, is_new: bool = False
    ) -> Iterator[FormField]:
        for key, info in fields_of(block).items():
            if block_of(info) is None:
                yield from self._fields((*path, key), info, is_new=is_new)

    def _fields(
        self, path: DataPath, info: FieldInfo, *, is_new: bool = False
    ) -> Iterator[FormField]:
        """Yield the field of a fact, or one for each language in which it is written."""
        value = value_of(self.data, path)
        if isinstance(value, Mapping):
            for tag, words in value.items():
                yield self._field((*path, tag), info, words, f" ({tag})")
        else:
            yield self._field(path, info, value, is_new=is_new)

    def _field(
        self, path: DataPath, info: FieldInfo, value: Any, more: str = "", *, is_new: bool = False
    ) -> FormField:
        kinds = tuple(field_kinds(info.annotation))
        is_list = get_origin(info.annotation) is tuple
        choices = self._choices(path, kinds)
        kind: FieldKind = "line"
        hint = ""
        if path == ("jurisdiction",) or _is_heading(path, "sections"):
            kind = "many"
        elif path == ("brand", "logo"):
            kind, hint = "file", "An SVG or a PNG file of at most 2 MB."
        elif is_list:
            kind, hint = "lines", _ONE_A_LINE
        elif choices and path != ("services",):
            kind = "choice"
        elif date in kinds:
            kind, hint = "day", "Year-month-day, like 2026-12-07."
        if path == ("services",):
            known = ", ".join(choice.name for choice in choices)
            hint, choices = f"{_ONE_A_LINE} The most important first. There are: {known}.", ()
        said = info.description or str(path[-1]).replace("_", " ")
        if kind in ("choice", "many"):  # whoever sees what there is needs no example
            said = said.partition(", such as")[0].partition(" such as")[0].partition(":")[0]
        label = capitalise(said) + more
        usual = info.default if isinstance(info.default, str) and not is_new else ""
        shown = "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")
        return FormField(
            path,
            label,
            kind,
            shown,
            hint,
            describe_fact(_dotted(path)).ask if _has_ask(info) else "",
            info.is_required() and not is_new,
            choices,
            usual,
        )

    def _choices(self, path: DataPath, kinds: tuple[Any, ...]) -> tuple[Choice, ...]:
        """Return what there is to choose from, for a fact that takes no other text."""
        name = str(path[-1])
        if len(path) == 1 and name in ("kind", "jurisdiction", "posture", "extent"):
            place = self.data.get("jurisdiction")
            kind = str(self.data.get("kind") or "")
            known_place = place if isinstance(place, str) and name == "kind" else ""
            known_kind = kind if name == "extent" else ""
            return list_choices(name, self.workspace.library, known_kind, known_place)
        if path == ("services",):
            return service_choices(self._layers())
        if _is_heading(path, "sections"):
            return self._sections(value_of(self.data, path) or [])
        if bool in kinds:
            return (Choice("true", "Yes"), Choice("false", "No"))
        words = [word for kind in kinds if get_origin(kind) is Literal for word in get_args(kind)]
        return tuple(Choice(word, capitalise(word)) for word in words)

    def _organisation(self) -> Organisation:
        text = self.profile_text
        return load_organisation(text.file, self.workspace.library, text.text)

    def _policy(self) -> Policy:
        return compose_organisation(self._organisation(), self.workspace).policies[0]

    def _layers(self) -> tuple[Any, ...]:
        """Return the layers of the profile's stack; none while it cannot be read."""
        try:
            organisation = self._organisation()
            stacks = [
                select_stack(self.workspace.library, one).layers
                for one in by_place(organisation).values()
            ]
            return tuple({id(layer): layer for stack in stacks for layer in stack}.values())
        except PolicygenError:
            return ()

    def _sources(self) -> Iterator[FieldSet]:
        """Yield who looked up each source that the policy cites and nobody had confirmed."""
        confirmed = value_of(self.data, ("confirmed",)) or {}
        titles = {id: id for id in confirmed}
        for layer in self._layers():
            titles |= {one.id: one.title for one in layer.sources.values() if one.id in titles}
        try:
            policy = self._policy()
            titles |= {one.id: one.title for one in policy.sources if not policy.is_confirmed(one)}
        except PolicygenError:
            pass  # what stops it is told above the form
        for id, title in titles.items():
            row: DataPath = ("confirmed", id) if id in confirmed else ()
            yield FieldSet(title, tuple(self._of_block(Confirmation, ("confirmed", id))), row)

    def _sections(self, chosen: Sequence[str]) -> tuple[Choice, ...]:
        """Return what may stand under a heading: what stands there first, in its order."""
        if not self.titles:
            with suppress(PolicygenError):  # what stops it is told above the form
                organisation = self._organisation()
                for one in self._policy().sections:
                    self.titles[one.id] = section_name(one.id, organisation, self.workspace)
            self.titles.update(zip(BACK_MATTER, map(capitalise, BACK_MATTER), strict=True))
        every = [*chosen, *(id for id in self.titles if id not in chosen)]
        return tuple(Choice(id, self.titles.get(id, id)) for id in every)

    def _local_names(self) -> Iterator[FormField]:
        """Yield a field for the name in each language of the library's, and those there are."""
        info = fields_of(Profile)["local_names"]
        library = self.workspace.library
        given = value_of(self.data, ("local_names",)) or {}
        others = [tag for tag in sorted(library.outlines) if tag != subtag(library.source_language)]
        for tag in dict.fromkeys([*given, *others]):
            name = given.get(tag)
            yield self._field(("local_names", tag), info, name, f": {language_name(tag)}")

    def _promises(self) -> Iterator[FormField]:
        """Yield a field for each commitment that the profile's layers offer."""
        outline = self.workspace.library.outline
        for name, terms in offered_commitments(self._layers()).items():
            path = ("commitments", name)
            value = value_of(self.data, path)
            least, most = terms.range or (0, 0)
            usual = str(terms.usual) if terms.default else "off"
            amount = amount_text(
                terms, terms.usual or 0, outline.source_language, outline.labels
            ).replace("\u00a0", " ")
            hint = f"From {least} to {most}; usual is {amount}."
            label = str(localise(terms.says, outline.source_language))
            yield FormField(path, label, "line", str(value or ""), hint, usual=usual)


def _info(path: tuple[str, ...]) -> FieldInfo:
    """Return the field of the model at a path, such as contents.headings."""
    info = fields_of(Profile)[path[0]]
    for key in path[1:]:
        block = block_of(info)
        assert block
        info = fields_of(block)[key]
    return info


def _is_heading(path: DataPath, key: str) -> bool:
    return path[:2] == ("contents", "headings") and path[-1] == key


def _has_ask(info: FieldInfo) -> bool:
    extra = info.json_schema_extra
    return isinstance(extra, dict) and "ask" in extra


def _dotted(path: DataPath) -> str:
    return ".".join("*" if isinstance(key, int) else key for key in path)


def _singular(name: str) -> str:
    """Return what one of a list is called: "Account 2"."""
    names = {
        "channels": "Account",
        "headings": "Heading",
        "approval": "Kind of content",
        "related_policies": "Policy",
    }
    return names.get(name, capitalise(name.removesuffix("s")))
