"""Answers to the questions of `init`: each is checked as the profile's model checks it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from policygen.compose.stack import select_stack
from policygen.facts.examples import usual_services
from policygen.interview.choices import Choice, choose, list_choices, service_choices
from policygen.interview.parse import parse_answer
from policygen.interview.questions import QUESTIONS, ProfileKeys, Question
from policygen.model.fragment import Layer, Library, Organisation
from policygen.model.profile import YES_OR_NO, Profile
from policygen.problems import Location, PolicygenError, Problem

# Called with a question, what there is to choose from, what Enter alone answers, and why the last
# answer was refused; returns what was typed.
Asker: TypeAlias = Callable[[Question, tuple[Choice, ...], str, tuple[Problem, ...]], str]
_NEEDED = "Every policy needs it; you can change it later."


@dataclass(slots=True)
class Answers:
    """What is known so far. A fact that was asked for and skipped is None."""

    library: Library
    values: dict[ProfileKeys, Any] = field(default_factory=dict)
    logo: bytes = b""

    def take(self, question: Question, text: str, called: str) -> None:
        """Check an answer and keep it; an empty one skips the question.

        Raises PolicygenError, whose Problems begin with `called`, such as "--name".
        """
        text = text.strip()
        if text:
            self.values[question.fact] = self._read(question, text, called)
        elif question.required:
            what = f"{called}: this is empty."
            raise PolicygenError([Problem(what, _NEEDED, code="PG801", field=question.fact)])
        else:
            self.values[question.fact] = None

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """What there is to choose from after earlier answers; nothing where any text goes."""
        if question.name == "services":
            return service_choices(self._stack())
        return list_choices(question.fact[0], self.library, self._kind, self._jurisdiction)

    def applies(self, question: Question) -> bool:
        """Tell whether a question is still open, and one for this body."""
        if question.fact in self.values:
            return False
        if question.needs and self.values.get(question.needs) is None:
            return False
        if question.listed and not self.choices(question):
            return False  # a library of its own, which has none
        if not question.by_kind:
            return True
        names = self.library.kind_layers(self._kind, self._jurisdiction)
        layers = (layer for name in names for layer in self.library.layers.get(name, ()))
        return any(question.fact[0] in layer.asks for layer in layers)

    def suggestion(self, question: Question) -> str:
        """Return what Enter alone answers, or ""."""
        match question.name:
            case "extent":
                return self.library.outline.grades.extent
            case "services":
                return ", ".join(usual_services(self._stack()))
            case "languages":
                layers = self.library.above("jurisdiction", self._jurisdiction)
                return next((layer.language for layer in layers if layer.language), "")
        return ""

    def data(self) -> dict[str, Any]:
        """Return the answers as the profile holds them, block within block."""
        data: dict[str, Any] = {}
        for (*blocks, key), value in self.values.items():
            if value is None:
                continue
            block = data
            for name in blocks:
                block = block.setdefault(name, {})
            block[key] = value
        return data

    def _read(self, question: Question, text: str, called: str) -> Any:
        """Return the value that an answer stands for. Raises PolicygenError."""
        value, logo = parse_answer(question, text, called)
        self.logo = logo or self.logo
        choices = self.choices(question)
        if not choices:
            return value
        if not question.many:
            return self._choose(question, value, choices, called)
        chosen = (self._choose(question, one, choices, called) for one in value)
        return tuple(dict.fromkeys(chosen))

    def _choose(
        self, question: Question, text: str, choices: tuple[Choice, ...], called: str
    ) -> str:
        """Return the name that a text stands for. Raises PolicygenError."""
        rung = question.fact[0]
        return choose(rung, text, choices, called, self.library, self._kind, self._jurisdiction)

    def _stack(self) -> tuple[Layer, ...]:
        """Return the layers that the answers so far select; none before a kind and a place."""
        if not self._kind or not self._jurisdiction:
            return ()
        known = {fact: self.values[fact,] for fact in YES_OR_NO if self.values.get((fact,))}
        profile = Profile.model_construct(
            kind=self._kind, jurisdiction=self._jurisdiction, posture="", **known
        )
        own = Layer("organisation", "", Location())
        return select_stack(self.library, Organisation("", "", profile, {}, own, b"", "")).layers

    @property
    def _kind(self) -> str:
        return self.values.get(("kind",)) or ""

    @property
    def _jurisdiction(self) -> str:
        return self.values.get(("jurisdiction",)) or ""


def take_texts(answers: Answers, texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """Take answers by the names of their questions; return everything that is wrong with them."""
    problems: list[Problem] = []
    for question in QUESTIONS:
        if question.name in texts:
            try:
                answers.take(question, texts[question.name], question.option)
            except PolicygenError as error:
                problems += error.problems
                answers.values[question.fact] = None
    return tuple(problems)


def interview(
    answers: Answers, ask: Asker, after: Callable[[Question], None] = lambda question: None
) -> None:
    """Ask every open question until its answer can be kept; then call `after` with it."""
    for question in QUESTIONS:
        refused: tuple[Problem, ...] = ()
        while answers.applies(question):
            suggestion = answers.suggestion(question)
            typed = ask(question, answers.choices(question), suggestion, refused)
            try:
                answers.take(question, typed.strip() or suggestion, "Your answer")
            except PolicygenError as error:
                refused = error.problems
        after(question)


def take_defaults(answers: Answers) -> tuple[Problem, ...]:
    """Where nobody is asked: take what is suggested; return a Problem for each missing answer."""
    missing: list[Problem] = []
    for question in QUESTIONS:
        suggestion = answers.suggestion(question)
        if suggestion and answers.applies(question):
            answers.take(question, suggestion, question.option)
        elif question.required and question.fact not in answers.values:
            missing.append(_missing(question, answers.choices(question)))
    return tuple(missing)


def _missing(question: Question, choices: tuple[Choice, ...]) -> Problem:
    names = ", ".join(choice.name for choice in choices)
    mend = f"Give one of {names}." if names else f"Give a text, {question.hint}."
    what = f"{question.option} is missing: {question.text}"
    return Problem(what, mend, code="PG802", field=question.fact)
