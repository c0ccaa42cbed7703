"""Checked texts: what a reader of a profile will see, each with a plain reason when refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

from policygen.characters import bad_characters
from policygen.model.address import email_fault, normal_url, url_fault
from policygen.model.language import LANGUAGE_TAG, by_language

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def checked_line(value: object) -> str:
    """Return a text trimmed to one line.

    Raise PydanticCustomError for a character that misleads.
    """
    if not isinstance(value, str):
        raise PydanticCustomError("line", "This must be a line of text.")
    text = " ".join(value.split())
    if not text:
        raise PydanticCustomError(
            "line_empty", "This is empty: write a text, or take the line out."
        )
    for bad in bad_characters(text):
        reason = f"{bad.what.rstrip('.')}: {bad.mend}"
        raise PydanticCustomError("line_character", "{reason}", {"reason": reason})
    return text


def _iso(value: object) -> object:
    """Refuse a text that is not year-month-day: a number would pass for seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError(
            "day", "This is not a date: write year-month-day, like 2026-12-07."
        )
    return value


def _words(value: object) -> str | dict[str, str]:
    if not isinstance(value, Mapping):
        return checked_line(value)
    if not by_language(value):
        raise PydanticCustomError(
            "words",
            "This is not a line of text: write one line, "
            "or one for each language, like {en: ..., cy: ...}.",
        )
    return {str(tag): checked_line(text) for tag, text in value.items()}


def _one_or_several(value: object) -> str | tuple[str, ...]:
    """Return one line, or several of them; a list of one is that one."""
    if not isinstance(value, (list, tuple)):
        return checked_line(value)
    lines = tuple(checked_line(each) for each in value)
    if not lines:
        raise PydanticCustomError("line_empty", "This list is empty: write a name.")
    return lines[0] if len(lines) == 1 else lines


def _checked_by(fault: Callable[[str], str]) -> AfterValidator:
    """Refuse a text for which `fault` returns a reason: what is wrong, a colon, how to mend it."""

    def check(value: str) -> str:
        reason = fault(value)
        if reason:
            raise PydanticCustomError("refused_text", "{reason}", {"reason": reason})
        return value

    return AfterValidator(check)


def _language_fault(value: str) -> str:
    if LANGUAGE_TAG.fullmatch(value):
        return ""
    return "This is not a language tag: write it like en-GB, cy or mi."


def _colour_fault(value: str) -> str:
    if _COLOUR.fullmatch(value):
        return ""
    return 'This is not a colour: write it in quotes, like "#1d4f91".'


Line: TypeAlias = Annotated[str, PlainValidator(checked_line, json_schema_input_type=str)]
Day: TypeAlias = Annotated[date, BeforeValidator(_iso)]
Words: TypeAlias = Annotated[
    str | dict[str, str], PlainValidator(_words, json_schema_input_type=str | dict[str, str])
]
OneOrSeveral: TypeAlias = Annotated[str | tuple[str, ...], BeforeValidator(_one_or_several)]
Email: TypeAlias = Annotated[Line, _checked_by(email_fault)]
Url: TypeAlias = Annotated[Line, _checked_by(url_fault), AfterValidator(normal_url)]
Language: TypeAlias = Annotated[Line, _checked_by(_language_fault)]
Colour: TypeAlias = Annotated[Line, _checked_by(_colour_fault)]
