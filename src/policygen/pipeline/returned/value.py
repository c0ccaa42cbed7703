"""A changed value of a returned copy into the organisation's profile."""

from __future__ import annotations

import re

from policygen.load.files import display_path, normalise_text
from policygen.load.yaml.reader import parse_yaml
from policygen.model.review.review import FactEdit
from policygen.pipeline.returned.own_words import OwnWords
from policygen.problems import DataPath, PolicygenError, Problem
from policygen.report.sentences import fact_title
from policygen.review.ours import prints_value
from policygen.store.profile_edit.entry import with_entry
from policygen.store.profile_edit.value import value_of, with_value

_OF_LAYERS = ("law", "values", "terms", "examples")
_NUMBER = re.compile(r"\d+")


def accept_value(own: OwnWords, edit: FactEdit, language: str) -> list[Problem]:
    """Set a value in the profile where that is sure, else return who must set it, and where.

    It is sure where the policy then prints what came back; a value that it prints already is set.
    """
    if edit.path.partition(".")[0] in _OF_LAYERS:
        reason = "it is no fact of your profile, but of the law or the library"
        return [_by_hand(own, edit, (), reason)]
    path = _profile_path(edit.path)
    shown = display_path(own.profile)
    text = own.text(own.profile)
    old = value_of(parse_yaml(normalise_text(text), shown).data, path)
    new = _written(edit, old)
    if new is None:
        if prints_value(own.policy(language), edit.path, edit.after):
            return []  # as another copy said before
        reason = "your profile does not say it in these words, in this place"
        return [_by_hand(own, edit, path, reason)]
    add = with_entry if old is None else with_value
    changed = add(text, shown, path, new)
    if changed is None:
        return [_by_hand(own, edit, path, "it is no plain value on one line")]
    try:
        policy = own.policy(language, {own.profile: changed})
    except PolicygenError as error:
        return [_by_hand(own, edit, path, f"it may not be so ({error.first.what})")]
    if not prints_value(policy, edit.path, edit.after):
        return [_by_hand(own, edit, path, "the policy would not print it as it came back")]
    own.put({own.profile: changed})
    return []


def _profile_path(fact: str) -> DataPath:
    parts = fact.removeprefix("organisation.").split(".")
    return tuple(int(part) if part.isdigit() else part for part in parts)


def _written(edit: FactEdit, old: object) -> str | None:
    """Return what the profile must say for a value to print as it came back; None where unsure.

    A commitment that it leaves to the usual one (`old` is None) is its own from now on.
    """
    before, after = " ".join(edit.before.split()), " ".join(edit.after.split())
    if edit.path.startswith("commitments."):
        was, new = _NUMBER.findall(before), _NUMBER.findall(after)
        is_same = len(was) == 1 and old in (None, *was)
        return new[0] if is_same and len(new) == 1 else None
    if not isinstance(old, str):
        return None
    said = " ".join(old.split())
    if said == before:
        return after
    return _begun_as(said, after) if said[:1].upper() + said[1:] == before else None


def _begun_as(said: str, after: str) -> str:
    """Return what came back as a profile says it, where a cell or a sentence began with a capital.

    A first word that is another stays as it is typed: it may be a name.
    """
    first, _, rest = after.partition(" ")
    own = said.partition(" ")[0]
    return f"{own} {rest}".strip() if first.casefold() == own.casefold() else after


def _by_hand(own: OwnWords, edit: FactEdit, path: DataPath, reason: str) -> Problem:
    name = fact_title(edit.path, "")
    what = f"{name}: “{edit.before}” became “{edit.after}”. It is not set: {reason}."
    mend = "Set it yourself in your profile, or tell them why it stays."
    location = own.organisation().location(path)
    return Problem(what, mend, location, code="PG664")
