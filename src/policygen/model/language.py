"""Texts told in several languages, and how a language writes its dates and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel.core import Locale

# BCP 47 as organisations use it: language, script, region, then variants.
LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-z0-9]{4,8})*")
# English that writes 7 December 2026 and 1,500. Most bodies do, and to load babel's tables for them
# takes a third of the time of composing a policy.
_PLAIN_ENGLISH = ("en", "en-AU", "en-GB", "en-IE", "en-NZ")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SHORT_TAG = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


def by_language(value: object) -> bool:
    """Tell whether a value is one text told in several languages: `{en: ..., cy: ...}`."""
    if not isinstance(value, dict) or not value:
        return False
    return all(_SHORT_TAG.fullmatch(str(key)) for key in value)


def in_language(texts: Mapping[str, Any], language: str) -> Any:
    """Choose the text nearest to a language: its tag, its first subtag, English, or the first."""
    wanted = subtag(language)
    for tag in (language, wanted):
        if tag in texts:
            return texts[tag]
    near = (tag for tag in texts if subtag(tag) in (wanted, "en"))
    return texts[next(near, next(iter(texts)))]


def merge(below: Any, above: Any) -> Any:
    """Merge facts deeply: mappings key by key.

    All else, lists too, is replaced unless unset above.
    """
    if above is None:
        return below
    mappings = isinstance(below, Mapping) and isinstance(above, Mapping)
    texts = by_language(below) and by_language(above)  # keys such as "by" and "or" are no languages
    if not mappings or texts:
        return above
    return {**below, **{key: merge(below.get(key), value) for key, value in above.items()}}


def localise(data: Any, language: str) -> Any:
    """Return the data with one language chosen wherever a text is told in several."""
    if by_language(data):
        return in_language(data, language)
    if isinstance(data, dict):
        return {key: localise(value, language) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [localise(value, language) for value in data]
    return data


def capitalise(text: str) -> str:
    """Return a text with a capital at its start, and all else as it is."""
    return text[:1].upper() + text[1:]


def join_names(names: Sequence[str], conjunction: str = "and") -> str:
    """Return names as in a sentence: a, b and c."""
    if len(names) < 2:
        return "".join(names)
    *others, last = names
    return f"{', '.join(others)} {conjunction} {last}"


def format_day(day: date, language: str) -> str:
    """Return a date in full, as a language (BCP 47) writes it, with no-break spaces."""
    if language in _PLAIN_ENGLISH:
        return f"{day.day}\u00a0{_MONTHS[day.month - 1]}\u00a0{day.year}"
    from babel.dates import format_date

    return format_date(day, "long", locale=_locale(language)).replace(" ", "\u00a0")


def format_number(number: int, language: str) -> str:
    """Return a whole number as a language (BCP 47) groups it: 1,500."""
    if number <= 999:
        return str(number)
    if language in _PLAIN_ENGLISH:
        return f"{number:,}"
    from babel.numbers import format_decimal

    return format_decimal(number, locale=_locale(language))


def language_name(language: str) -> str:
    """Return what a language (BCP 47) calls itself: Cymraeg. One that nobody knows has its tag."""
    locale = _locale(language)
    is_known = locale.language == subtag(language)
    return capitalise(locale.language_name or language) if is_known else language


def language_tag(name: str, near: Sequence[str] = ()) -> str:
    """Return the tag of a language by what people call it, in English or in itself.

    "Welsh" and "Cymraeg" are cy; a tag of `near` is preferred, such as en-GB for "English". A text
    that names none comes back as it is.
    """
    from babel.core import Locale

    wanted = name.casefold()
    english = Locale.parse("en").languages
    for tag in near:
        if wanted in (language_name(tag).casefold(), english.get(subtag(tag), "").casefold()):
            return tag
    found = (tag for tag, called in english.items() if called.casefold() == wanted)
    return next(found, name)


@cache
def _locale(language: str) -> Locale:
    """The conventions nearest to a language; plain English is that of the United Kingdom."""
    from babel.core import Locale, UnknownLocaleError

    for tag in (language, subtag(language)):
        try:
            return Locale.parse("en-GB" if tag == "en" else tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en-GB", sep="-")


def subtag(language: str) -> str:
    """Return the first subtag of a language tag: `en-NZ` reads the `en` words."""
    return language.partition("-")[0]
