"""Fold the layers of a stack into clauses: add, replace, extend, remove, lowest layer first.

Nothing is filled in yet: a Draft holds passages of unfilled wording, each with its own place and
layer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from policygen.model.fragment import Edit, EditKind, Layer, Passage, Reference
from policygen.model.language import join_names
from policygen.model.outline.outline import Outline
from policygen.model.policy import Origin
from policygen.problems import Level, Problem, nearest

# The slip keys that a posture or an organisation may not set on a binding clause, by what a
# message calls them.
_PROTECTED_KEYS = {
    "audience": "audience",
    "after": "place",
    "binding": "binding",
    "grade": "grade",
    "under": "list",
    "yes": "yes",
    "no": "no",
}
_EXTEND_ONLY = ("posture", "organisation")  # rungs that may only extend a binding clause


@dataclass(frozen=True, slots=True)
class Draft:
    """A clause while it is folded."""

    id: str
    title: Passage
    tellings: Mapping[str, tuple[Passage, ...]]
    layer: str
    label: Passage | None = None
    grade: str = ""  # empty: that of its section, or the usual one
    sources: tuple[Reference, ...] = ()
    when: Passage | None = None
    audience: tuple[str, ...] = ()
    binding: bool = False
    asks: tuple[str, ...] = ()  # further words that people use for its matter, of all layers
    under: str = ""
    yes: str = ""
    no: str = ""
    origins: tuple[Origin, ...] = ()
    removed: Edit | None = None

    @property
    def is_unreviewed(self) -> bool:
        """Whether any of its tellings is a translation that nobody has reviewed."""
        return any(one.unreviewed for passages in self.tellings.values() for one in passages)


@dataclass(slots=True)
class Fold:
    """Folds one section; faults go to `problems`."""

    outline: Outline
    problems: list[Problem]
    drafts: dict[str, Draft] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def layer(self, layer: Layer, edits: Iterable[Edit]) -> None:
        """Apply the edits of one layer whose conditions hold, in the order of its file."""
        anchors: dict[str, str] = {}  # where this layer has put its last clause after each target
        for edit in edits:
            if edit.change is EditKind.ADD:
                self._add(edit, anchors)
            else:
                self._edit(layer, edit, anchors)

    def grade(self, layer: Layer, grades: Mapping[str, str]) -> None:
        """Give clauses the grades that a layer.yaml says, after the edits of its files.

        A clause that a layer removed is nobody's to grade, and no fault: another place has it.
        """
        for id, grade in grades.items():
            if id not in self.drafts:
                what = f'"{id}" is graded here, but no layer beneath has it.'
                mend = nearest(id, self.drafts)
            elif self.drafts[id].binding and grade != self.outline.grades.binding:
                what = f'"{id}" is binding, so every body needs it: it cannot be {grade}.'
                mend = "Take the line out."
            else:
                self.drafts[id] = replace(self.drafts[id], grade=grade)
                continue
            location = layer.fact_locations.get(f"grades.{id}", layer.location)
            self.problems.append(Problem(what, mend, location, code="PG326"))

    def clauses(self) -> list[Draft]:
        """What is left when every layer is folded, in order."""
        return [draft for draft in self.everything() if draft.removed is None]

    def everything(self) -> list[Draft]:
        """Every clause in order, those that a layer has removed too."""
        return [self.drafts[id] for id in self.order]

    # --- The four edits -----------------------------------------------------------------------

    def _add(self, edit: Edit, anchors: dict[str, str]) -> None:
        if beneath := self.drafts.get(edit.id):
            where = beneath.removed.location if beneath.removed else beneath.title.location
            mend = (
                "Say `- change: replace` or `- change: extend`, "
                "or give the clause an id of its own."
            )
            what = f'The clause "{edit.id}" exists already, in {where}.'
            self.problems.append(Problem(what, mend, edit.location, code="PG301"))
            return
        self.drafts[edit.id] = Draft(
            id=edit.id,
            title=edit.title,
            tellings={
                tier: (edit.tellings[tier],) for tier in self.outline.tiers if tier in edit.tellings
            },
            layer=edit.layer,
            label=edit.label,
            grade=edit.grade or "",
            sources=edit.sources,
            when=edit.when,
            audience=edit.audience or (),
            binding=bool(edit.binding),
            asks=edit.asks,
            under=edit.under or "",
            yes=edit.yes or "",
            no=edit.no or "",
            origins=(_origin(edit, ""),),
        )
        self.order.append(edit.id)
        self._move(edit, anchors)

    def _edit(self, layer: Layer, edit: Edit, anchors: dict[str, str]) -> None:
        beneath = self.drafts.get(edit.id)
        if beneath is None:
            what = f'"{edit.id}" is edited here ({edit.change.value}), but no layer beneath has it.'
            mend = nearest(edit.id, self.drafts)
            self.problems.append(Problem(what, mend, edit.location, code="PG302"))
            return
        if beneath.removed is not None:
            removal = beneath.removed
            what = f'"{edit.id}" was removed by {removal.layer}, because: {removal.because}'
            mend = "Take this edit out, or add a clause with another id."
            self.problems.append(Problem(what, mend, edit.location, code="PG303"))
            return
        is_protected = beneath.binding and layer.rung in _EXTEND_ONLY
        if is_protected and not self._extends_only(edit, beneath):
            return
        extended_tiers = edit.tellings if edit.change is EditKind.EXTEND else None
        origins = (*beneath.origins, _origin(edit, fingerprint(beneath, extended_tiers)))
        if edit.change is EditKind.REMOVE:
            self.drafts[edit.id] = replace(beneath, removed=edit, origins=origins)
            return
        if edit.change is EditKind.REPLACE:
            tellings = self._replaced(edit, beneath)
            changed = replace(beneath, title=edit.title, tellings=tellings, layer=edit.layer)
        else:
            self._check_title(edit, beneath)
            changed = replace(beneath, tellings=self._extended(edit, beneath))
        self.drafts[edit.id] = replace(
            changed,
            label=edit.label or beneath.label,
            grade=edit.grade or beneath.grade,
            sources=_merge_sources(beneath.sources, edit.sources),
            audience=beneath.audience if edit.audience is None else edit.audience,
            binding=beneath.binding if edit.binding is None else edit.binding,
            asks=tuple(dict.fromkeys((*beneath.asks, *edit.asks))),
            under=edit.under or beneath.under,
            yes=edit.yes or beneath.yes,
            no=edit.no or beneath.no,
            origins=origins,
        )
        self._move(edit, anchors)

    def _check_title(self, edit: Edit, beneath: Draft) -> None:
        """Report an extension whose title is not the one beneath.

        An edit that tells nothing is not translated, so its title may be in another language.
        """
        same_language = edit.title.language == beneath.title.language
        if same_language and edit.title.text != beneath.title.text:
            what = f'The title beneath is "{beneath.title.text}": an edit that extends repeats it.'
            mend = "Repeat the title, or say `- change: replace`."
            self.problems.append(Problem(what, mend, edit.location, code="PG304"))

    def _extends_only(self, edit: Edit, beneath: Draft) -> bool:
        """Tell whether an edit of a binding clause only extends it; else report what it breaks.

        An organisation may also replace it, on the record.
        """
        replaces = edit.change is EditKind.REPLACE and edit.layer == "organisation"
        keeps_binding = replaces and self._keeps_binding(edit, beneath)
        on_record = replaces and not keeps_binding
        may_change = replaces or edit.change is EditKind.EXTEND
        broken = [] if may_change else [f"{edit.change.value} it"]
        for key, word in _PROTECTED_KEYS.items():
            if key in edit.key_locations:
                broken.append(f"change its {word}")
        if not on_record and not all(reference.adds for reference in edit.sources):
            broken.append("set its sources anew")
        if broken:
            binding = f'"{edit.id}" is binding (set by {beneath.layer})'
            what = f"{binding}: {edit.layer} may not {join_names(broken)}."
            mend = (
                "Say `- change: extend`, add sources with +, "
                "and leave the rest of its slip as it is."
            )
            self.problems.append(Problem(what, mend, edit.location, code="PG305"))
        elif on_record:
            self._check_record(edit, beneath)
        return not broken

    def _keeps_binding(self, edit: Edit, beneath: Draft) -> bool:
        """Tell whether a replacement leaves all that a board signs: the title, and what binds."""
        tiers = self.outline.tiers
        kept = (p.is_inherited for tier, p in edit.tellings.items() if not tiers[tier].carries_over)
        return edit.title.text == beneath.title.text and all(kept)

    def _check_record(self, edit: Edit, beneath: Draft) -> None:
        """Report a binding clause that is replaced without its reason, or who cleared that."""
        keys = {"because": edit.because, "cleared-by": edit.cleared_by}
        lacking = [key for key, text in keys.items() if not text]
        if lacking:
            binding = f'"{edit.id}" is binding (set by {beneath.layer})'
            what = f"{binding}, and is replaced without {join_names(lacking)}."
            lines = " and ".join(f"`- {key}: ...`" for key in lacking)
            mend = f"Add {lines}: why, and who cleared it, where and when. Or extend it."
            self.problems.append(Problem(what, mend, edit.location, code="PG333"))

    def _replaced(self, edit: Edit, beneath: Draft) -> dict[str, tuple[Passage, ...]]:
        """Return the tellings of a replacement, by tier; it must tell every tier told beneath.

        A tier that carries over, such as the practice, need not be told: its telling stays, with a
        word of advice.
        """
        untold = [tier for tier in beneath.tellings if tier not in edit.tellings]
        carried = [tier for tier in untold if self.outline.tiers[tier].carries_over]
        forgotten = [tier for tier in untold if tier not in carried]
        if forgotten:
            names = join_names([self.outline.tiers[tier].heading for tier in forgotten])
            what = f'"{edit.id}" is replaced, but not at {names}: the tiers would disagree.'
            mend = (
                "Tell them here too; "
                "a tier that holds only {{ inherited }} keeps the telling beneath."
            )
            self.problems.append(Problem(what, mend, edit.location, code="PG306"))
        elif carried and any(not passage.is_inherited for passage in edit.tellings.values()):
            self._advise_on_carried_tiers(edit, carried)
        tellings = {tier: beneath.tellings[tier] for tier in carried}
        for tier, passage in edit.tellings.items():
            if passage.is_inherited and tier in beneath.tellings:
                tellings[tier] = beneath.tellings[tier]
            elif passage.inherited:
                what = "In a replacement, {{ inherited }} stands alone in its tier."
                self._misplaced(edit, passage, what)
                tellings[tier] = beneath.tellings.get(tier, ())
            else:
                tellings[tier] = (passage,)
        return self._in_order(tellings)

    def _advise_on_carried_tiers(self, edit: Edit, tiers: list[str]) -> None:
        """Tell that a replacement leaves tellings of the old clause, such as its practice, as is.

        Tiers that carry over may say what the new rule no longer does.
        """
        names = join_names([self.outline.tiers[tier].heading for tier in tiers])
        what = f'"{edit.id}" is replaced, and keeps {names}, which was written for another rule.'
        mend = "Read it again. Then tell it here, or keep it with {{ inherited }}."
        problem = Problem(what, mend, edit.location, Level.ADVICE, code="PG336")
        self.problems.append(problem)

    def _extended(self, edit: Edit, beneath: Draft) -> dict[str, tuple[Passage, ...]]:
        """Return the tellings beneath, each with what an extension says before and after it."""
        tellings = dict(beneath.tellings)
        for tier, passage in edit.tellings.items():
            if tier in beneath.tellings:
                tellings[tier] = self._around(edit, tier, passage, beneath.tellings[tier])
            elif passage.inherited:
                self._misplaced(edit, passage, "Nothing is told beneath at this tier.")
            else:
                tellings[tier] = (passage,)
        return self._in_order(tellings)

    def _in_order(
        self, tellings: Mapping[str, tuple[Passage, ...]]
    ) -> dict[str, tuple[Passage, ...]]:
        """Return tellings in the outline's order of tiers."""
        return {tier: tellings[tier] for tier in self.outline.tiers if tier in tellings}

    def _around(
        self, edit: Edit, tier: str, passage: Passage, beneath: tuple[Passage, ...]
    ) -> tuple[Passage, ...]:
        """Return an extension's words before the telling beneath, that telling, and those after.

        Of an extension at fault only the telling beneath is left.
        """
        if fault := extension_fault(passage):
            self._misplaced(edit, passage, f"{fault} at {self.outline.tiers[tier].heading}.")
            return beneath
        before, after = extension_parts(passage)
        return tuple(part for part in (before, *beneath, after) if part.text)

    # --- Order and faults ---------------------------------------------------------------------

    def _move(self, edit: Edit, anchors: dict[str, str]) -> None:
        """Move a clause behind its target. Clauses with one target keep the order of their file."""
        if edit.after is None:
            return
        section = edit.id.partition(".")[0]
        if edit.after != section and (edit.after not in self.drafts or edit.after == edit.id):
            what = f'"{edit.id}" is to follow "{edit.after}", which is not there yet.'
            others = [id for id in self.order if id != edit.id]
            mend = nearest(edit.after, [*others, section])
            self.problems.append(Problem(what, mend, edit.key_locations["after"], code="PG308"))
            return
        self.order.remove(edit.id)
        target = anchors.get(edit.after, edit.after)
        at = 0 if target == section else self.order.index(target) + 1
        self.order.insert(at, edit.id)
        anchors[edit.after] = edit.id

    def _misplaced(self, edit: Edit, passage: Passage, what: str) -> None:
        self.problems.append(misplaced(edit.id, passage, what))


def extension_fault(passage: Passage) -> str:
    """Return what is wrong with the `{{ inherited }}` of an extension; empty for nothing."""
    if not passage.inherited:
        return "{{ inherited }} is missing"
    several = len(passage.inherited) > 1
    fault = "stands more than once" if several else passage.inherited[0].fault
    return f"{{{{ inherited }}}} {fault}" if fault else ""


def extension_parts(passage: Passage) -> tuple[Passage, Passage]:
    """Return the words of a sound extension before its `{{ inherited }}`, and those after it."""
    line = passage.inherited[0].line
    return passage.part(0, line), passage.part(line + 1, passage.text.count("\n") + 1)


def misplaced(clause: str, passage: Passage, what: str) -> Problem:
    """Return the Problem of an `{{ inherited }}` that does not stand where it has to."""
    mend = "Put {{ inherited }} exactly once, on a line of its own between blank lines."
    return Problem(f'"{clause}": {what}', mend, passage.location, code="PG307")


def fingerprint(beneath: Draft, tiers: Collection[str] | None = None) -> str:
    """Return a hash of the title and the unfilled tellings that an edit was written against.

    An extension looks at the `tiers` that it tells; a replacement and a removal look at all.
    """
    texts = [beneath.title.text]
    for tier, passages in beneath.tellings.items():
        if tiers is None or tier in tiers:
            texts += [f"{tier}\0{passage.text}" for passage in passages]
    return hashlib.sha256("\0\0".join(texts).encode()).hexdigest()[:8]


def _origin(edit: Edit, beneath: str) -> Origin:
    return Origin(
        layer=edit.layer,
        path=edit.location.path,
        line=edit.location.line,
        edit=edit.change.value,
        because=edit.because,
        cleared_by=edit.cleared_by,
        when=edit.when.text if edit.when else "",
        tiers=tuple(edit.tellings),
        was=edit.was,
        beneath=beneath,
    )


def _merge_sources(
    beneath: tuple[Reference, ...], new: tuple[Reference, ...]
) -> tuple[Reference, ...]:
    """Return the sources of an edited clause: `+x` adds to those beneath, `x` sets them anew."""
    if all(reference.adds for reference in new):
        return (*beneath, *new)
    return new
