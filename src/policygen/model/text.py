"""Checked texts: the pieces of a profile that a reader will see, each with a plain reason when it is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, PlainValidator
from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from babel.core import Locale

# BCP 47 as organisations use it: language, script, region, then variants.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{4,8})*")
_SHORT = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_EMAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[^@\s<>()\[\],;:\\\"]+\.[^@\s.<>()\[\],;:\\\"]{2,}")
_URL = re.compile(r"https?://[^\s/?#<>\"\\^`{|}@]+\.[^\s<>\"\\^`{|}]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_UNPRINTABLE = {"Cc", "Cs", "Co", "Cn"}


def by_language(value: object) -> bool:
    """Tell whether a mapping is one text told in several languages: `{en: ..., cy: ...}`."""
    return (
        isinstance(value, dict) and bool(value) and all(_SHORT.fullmatch(str(key)) for key in value)
    )


def in_language(texts: Mapping[str, Any], language: str) -> Any:
    """Choose the text nearest to a language: the exact tag, its first subtag, English, then the first given."""
    short = language.partition("-")[0]
    for tag in (language, short, *(t for t in texts if t.partition("-")[0] in (short, "en"))):
        if tag in texts:
            return texts[tag]
    return next(iter(texts.values()))


def merge(below: Any, above: Any) -> Any:
    """Merge facts deeply: mappings key by key, anything else (lists too) replaces. Unset never replaces."""
    told = by_language(below) and by_language(above)  # keys such as "by" and "or" are no languages
    if isinstance(below, Mapping) and isinstance(above, Mapping) and not told:
        return {**below, **{k: merge(below.get(k), v) for k, v in above.items()}}
    return below if above is None else above


def localise(data: Any, language: str) -> Any:
    """Choose one language wherever a text is told in several."""
    if by_language(data):
        return in_language(data, language)
    if isinstance(data, dict):
        return {key: localise(value, language) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [localise(value, language) for value in data]
    return data


def dated(day: date, language: str) -> str:
    """A date in full, as a language (BCP 47) writes it, held together with no-break spaces."""
    from babel.dates import format_date

    return format_date(day, "long", locale=_locale(language)).replace(" ", "\u00a0")


def counted(number: int, language: str) -> str:
    """A whole number as a language (BCP 47) groups it: 1,500. Versions and telephone numbers are texts."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(language)) if number > 999 else str(number)


@cache
def _locale(language: str) -> Locale:
    """The conventions nearest to a language; English without a country is that of the United Kingdom."""
    from babel.core import Locale, UnknownLocaleError

    for tag in (language, subtag(language)):
        try:
            return Locale.parse("en_GB" if tag == "en" else tag, sep="_" if tag == "en" else "-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_GB")


def subtag(language: str) -> str:
    """`en-NZ` reads the `en` words."""
    return language.partition("-")[0]


def line(value: object) -> str:
    """Trim a text to one line; refuse what no font can print."""
    if not isinstance(value, str):
        raise PydanticCustomError("line", "This must be a line of text.")
    text = " ".join(value.split())
    if not text:
        raise PydanticCustomError(
            "line_empty", "This is empty: write a text, or take the line out."
        )
    if any(unicodedata.category(c) in _UNPRINTABLE for c in text):
        raise PydanticCustomError(
            "line_control", "This holds a character that cannot be printed: type it again."
        )
    return text


def _iso(value: object) -> object:
    """Take a text for a date only when it reads like one: a bare number would pass for seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError(
            "day", "This is not a date: write year-month-day, like 2026-12-07."
        )
    return value


def _words(value: object) -> str | dict[str, str]:
    if not isinstance(value, Mapping):
        return line(value)
    if not by_language(value):
        raise PydanticCustomError(
            "words",
            "This is not a line of text: write one line, or one for each language, like {en: ..., cy: ...}.",
        )
    return {str(tag): line(text) for tag, text in value.items()}


def _matching(pattern: re.Pattern[str], kind: str, advice: str) -> AfterValidator:
    def check(value: str) -> str:
        if not pattern.fullmatch(value):
            raise PydanticCustomError(
                kind, f"This is not {advice}".replace("{", "{{").replace("}", "}}")
            )
        return value

    return AfterValidator(check)


Line: TypeAlias = Annotated[str, PlainValidator(line, json_schema_input_type=str)]
Day: TypeAlias = Annotated[date, BeforeValidator(_iso)]
Words: TypeAlias = Annotated[
    str | dict[str, str], PlainValidator(_words, json_schema_input_type=str | dict[str, str])
]
Email: TypeAlias = Annotated[
    Line, _matching(_EMAIL, "email", "an email address: write it like comms@fenwick.example.")
]
Url: TypeAlias = Annotated[
    Line,
    _matching(_URL, "url", "a web address: write it in full, like https://www.fenwick.example."),
]
Language: TypeAlias = Annotated[
    Line, _matching(LANGUAGE, "language", "a language tag: write it like en-GB, cy or mi.")
]
Colour: TypeAlias = Annotated[
    Line, _matching(_COLOUR, "colour", 'a colour: write it in quotes, like "#1d4f91".')
]
