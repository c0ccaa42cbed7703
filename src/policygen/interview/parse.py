"""A typed answer to the value that the profile holds, checked by the profile's own model."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel

from policygen.interview.page import block_of
from policygen.interview.questions import ProfileKeys, Question
from policygen.load.profile.profile import read_logo
from policygen.load.yaml.reader import Marked
from policygen.load.yaml.validate import validate_as
from policygen.model.profile import Profile, fields_of
from policygen.problems import Location, PolicygenError

_HEXADECIMAL = re.compile("[0-9a-fA-F]{6}")


def parse_answer(question: Question, text: str, called: str) -> tuple[Any, bytes]:
    """Return the value of an answer, and the bytes of the logo where it names one.

    Raises PolicygenError, whose Problems begin with `called`.
    """
    if question.fact == ("brand", "colour"):
        text = _colour(text)
    typed: Any = text
    if question.many:
        typed = [part.strip() for part in text.split(",") if part.strip()]
    try:
        value = validate_as(_type_of(question.fact), Marked(typed, {(): Location()}, ""))
    except PolicygenError as error:
        # Each begins with the name of the fact, which is empty here, or the number of an item.
        raise PolicygenError(
            [
                replace(
                    problem,
                    what=f"{called}{problem.what.lstrip('0123456789')}",
                    field=question.fact,
                )
                for problem in error.problems
            ]
        ) from None
    if question.fact == ("brand", "logo"):
        return _read_logo(text, called)
    return value, b""


def _colour(text: str) -> str:
    """A colour may come in quotes, as a profile has it, or without its #."""
    text = text.strip("'\"")
    return f"#{text}" if _HEXADECIMAL.fullmatch(text) else text


def _read_logo(text: str, called: str) -> tuple[str, bytes]:
    """Return the name of the logo beside the profile, and its bytes. Raises PolicygenError."""
    file = Path(os.path.expanduser(text.strip("'\"")))  # one dragged to a terminal comes in quotes
    try:
        return f"logo{file.suffix.lower()}", read_logo(file, f'"{text}"', Location())
    except PolicygenError as error:
        raise PolicygenError(
            [replace(problem, what=f"{called}: {problem.what}") for problem in error.problems]
        ) from None


def _type_of(fact: ProfileKeys) -> Any:
    """The type of a fact in the profile's model, with its checks."""
    model: type[BaseModel] = Profile
    for block in fact[:-1]:
        model = block_of(fields_of(model)[block]) or model
    info = fields_of(model)[fact[-1]]
    return Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
