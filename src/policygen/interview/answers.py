"""Answers: each checked as the profile's model checks it, in whatever way it was given."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel

from policygen.interview.page import block_of
from policygen.interview.questions import QUESTIONS, Fact, Question
from policygen.load.profile import read_logo
from policygen.load.profile_choices import no_such_body
from policygen.load.validate import validate_as
from policygen.load.yaml import Marked
from policygen.model.fragment import Library
from policygen.model.profile import Profile
from policygen.problems import Place, PolicygenError, Problem, nearest

_RUNGS = ("jurisdiction", "kind", "posture")
_NEEDED = "Every policy needs it; you can change it later."


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a numbered list: its name in the library, its title, and what choosing it means."""

    name: str
    title: str
    says: str = ""


@dataclass(slots=True)
class Answers:
    """What is known so far. A fact that was asked for and skipped is held as None."""

    library: Library
    values: dict[Fact, Any] = field(default_factory=dict)
    logo: bytes = b""

    def take(self, question: Question, text: str, called: str) -> None:
        """Check an answer and keep it; an empty one skips. Raises PolicygenError, which says `called` of it."""
        text = text.strip()
        if not text and question.required:
            raise PolicygenError([Problem(f"{called}: this is empty.", _NEEDED)])
        self.values[question.fact] = self._checked(question, text, called) if text else None

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """What there is to choose from, given what was chosen before; nothing where anything may be typed."""
        rung = question.fact[0]
        if rung not in _RUNGS:
            return ()
        kind, jurisdiction = self.values.get(("kind",)), self.values.get(("jurisdiction",))
        names = [
            name
            for name in self.library.names(rung)
            if not (rung == "kind" and jurisdiction and not self.library.exists(name, jurisdiction))
            and not (rung == "jurisdiction" and kind and not self.library.exists(kind, name))
        ]
        return tuple(self._choice(rung, name) for name in names)

    def applies(self, question: Question) -> bool:
        """Whether a question is still open, and one for this body."""
        if question.fact in self.values or (
            question.needs and self.values.get(question.needs) is None
        ):
            return False
        layers = self.library.above("kind", self.values.get(("kind",)) or "")
        return not question.by_kind or any(question.fact[0] in layer.asks for layer in layers)

    def suggestion(self, question: Question) -> str:
        """What Enter alone answers."""
        if question.fact != ("languages",):
            return ""
        layers = self.library.above("jurisdiction", self.values.get(("jurisdiction",)) or "")
        return next((layer.language for layer in layers if layer.language), "")

    def data(self) -> dict[str, Any]:
        """The answers as the profile holds them."""
        data: dict[str, Any] = {}
        for (*blocks, key), value in self.values.items():
            if value is not None:
                at = data
                for block in blocks:
                    at = at.setdefault(block, {})
                at[key] = value
        return data

    def _choice(self, rung: str, name: str) -> Choice:
        """An entry's title is the one that the chosen jurisdiction gives it, if it does."""
        layers = [*self.library.above(rung, name)]
        title = next((layer.title for layer in layers), name)
        for place in self.library.chain("jurisdiction", self.values.get(("jurisdiction",)) or ""):
            local = self.library.layers.get(f"jurisdiction/{place}/{rung}/{name}", ())
            title = next((layer.title for layer in reversed(local)), title)
        own = self.library.layers.get(f"{rung}/{name}", ())
        return Choice(name, title, next((layer.says for layer in reversed(own) if layer.says), ""))

    def _checked(self, question: Question, text: str, called: str) -> Any:
        if question.fact == ("brand", "colour"):
            text = text.strip("'\"")  # as a profile has it
            text = f"#{text}" if re.fullmatch("[0-9a-fA-F]{6}", text) else text
        given: Any = (
            [part.strip() for part in text.split(",") if part.strip()] if question.many else text
        )
        try:
            value = validate_as(_type(question.fact), Marked(given, {(): Place()}, ""))
        except PolicygenError as error:
            raise PolicygenError(
                [replace(p, what=f"{called}{_after_name(p.what)}") for p in error.problems]
            ) from None
        if question.fact[0] in _RUNGS:
            return self._chosen(question, value, called)
        return self._logo(text, called) if question.fact == ("brand", "logo") else value

    def _chosen(self, question: Question, text: str, called: str) -> str:
        rung, choices = question.fact[0], self.choices(question)
        said = text.casefold()
        for number, choice in enumerate(choices, 1):
            if said in (
                str(number),
                choice.name,
                choice.title.casefold(),
                choice.name.replace("-", " "),
            ):
                return choice.name
        if text in self.library.names(rung):  # but not in this place, or not for this kind
            kind = text if rung == "kind" else self.values[("kind",)]
            place = text if rung == "jurisdiction" else self.values[("jurisdiction",)]
            raise PolicygenError([no_such_body(self.library, kind, place)])
        mend = nearest(text, [choice.name for choice in choices])
        raise PolicygenError([Problem(f'{called}: there is no {rung} "{text}".', mend)])

    def _logo(self, text: str, called: str) -> str:
        file = Path(
            os.path.expanduser(text.strip("'\""))
        )  # a file dragged to a terminal comes in quotes
        try:
            self.logo = read_logo(file, f'"{text}"', Place())
        except PolicygenError as error:
            raise PolicygenError(
                [replace(p, what=f"{called}: {p.what}") for p in error.problems]
            ) from None
        return f"logo{file.suffix.lower()}"


def give(answers: Answers, given: Mapping[str, str]) -> tuple[Problem, ...]:
    """Take what was given beforehand, by name, and return everything that is wrong with it."""
    problems: list[Problem] = []
    for question in QUESTIONS:
        if question.name in given:
            try:
                answers.take(question, given[question.name], question.option)
            except PolicygenError as error:
                problems += error.problems
                answers.values[question.fact] = None
    return tuple(problems)


def ask(
    answers: Answers,
    put: Callable[[Question, tuple[Choice, ...], str, tuple[Problem, ...]], str],
    after: Callable[[Question], None] = lambda question: None,
) -> None:
    """Put every open question until its answer can be kept; `after` looks at each that was.

    `put` is given the question, what there is to choose from, what Enter answers, and why the last answer was refused.
    """
    for question in QUESTIONS:
        refused: tuple[Problem, ...] = ()
        while answers.applies(question):
            suggestion = answers.suggestion(question)
            text = (
                put(question, answers.choices(question), suggestion, refused).strip() or suggestion
            )
            try:
                answers.take(question, text, "Your answer")
            except PolicygenError as error:
                refused = error.problems
        after(question)


def suppose(answers: Answers) -> tuple[Problem, ...]:
    """Where nobody is asked: take what is suggested, and say of every required fact that is missing."""
    missing: list[Problem] = []
    for question in QUESTIONS:
        if answers.applies(question) and (suggestion := answers.suggestion(question)):
            answers.take(question, suggestion, question.option)
        elif question.required and question.fact not in answers.values:
            names = [choice.name for choice in answers.choices(question)]
            mend = f"Give one of {', '.join(names)}." if names else f"Give a text, {question.hint}."
            missing.append(Problem(f"{question.option} is missing: {question.text}", mend))
    return tuple(missing)


def _after_name(what: str) -> str:
    """What is wrong, without the name of the fact, which is empty or the number of an item."""
    return what.lstrip("0123456789")


def _type(fact: Fact) -> Any:
    """The type of a fact, with its checks."""
    model: type[BaseModel] = Profile
    for block in fact[:-1]:
        model = block_of(model.model_fields[block]) or model
    info = model.model_fields[fact[-1]]
    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
