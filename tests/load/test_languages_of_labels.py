"""The words that documents print beside the wording are told in every language that they can be printed in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from organisations import ROOT

from policygen.load.yaml.reader import read_yaml
from policygen.model.language import (
    _PLAIN_ENGLISH,
    by_language,
    format_day,
    format_number,
    subtag,
)
from policygen.model.outline.label import slot_names

LANGUAGES = ("en", "cy", "mi")
LABELS: dict[str, Any] = read_yaml(ROOT / "templates/labels.yaml", typed=True).data
OUTLINE: dict[str, Any] = read_yaml(ROOT / "templates/outline.yaml", typed=True).data
NAMED = {
    **{
        f"tiers.{key}.{part}": tier[part]
        for key, tier in OUTLINE["tiers"].items()
        for part in ("heading", "reader")
    },
    **{f"audiences.{key}": name for key, name in OUTLINE["audiences"].items()},
    **{f"editions.{key}.title": edition["title"] for key, edition in OUTLINE["editions"].items()},
}


@pytest.mark.parametrize("key", LABELS)
def test_a_label_is_told_in_each_with_the_same_braces(key: str) -> None:
    told = LABELS[key]
    if not by_language(told):  # nothing but what is filled in, and signs
        assert not re.search(r"\w", re.sub(r"\{\w+\}", "", told)), (
            f"{key} is told in one language only"
        )
        return
    assert tuple(told) == LANGUAGES
    assert all(text.strip() for text in told.values())
    assert len({slot_names(text) for text in told.values()}) == 1


@pytest.mark.parametrize("key", NAMED)
def test_so_is_every_name_of_the_outline(key: str) -> None:
    assert by_language(NAMED[key])
    assert tuple(NAMED[key]) == LANGUAGES


def test_dates_are_written_in_each() -> None:
    from datetime import date

    months = {
        tag: {format_day(date(2026, month, 7), tag) for month in range(1, 13)}
        for tag in ("en-NZ", "cy", "mi")
    }
    assert "7\u00a0Rhagfyr\u00a02026" in months["cy"]
    assert "7\u00a0Tīhema\u00a02026" in months["mi"]
    assert all(len(found) == 12 for found in months.values())
    assert not months["en-NZ"] & (months["cy"] | months["mi"])


@pytest.mark.parametrize("page", ["templates/labels.yaml", "docs/accessibility.md"])
def test_what_waits_for_a_fluent_reader_is_marked(page: str) -> None:
    text = Path(ROOT / page).read_text("utf-8")
    assert re.search("for review", text, re.I)
    for tag in LANGUAGES[1:]:
        assert f"({tag})" in text or f"`{tag}`" in text, subtag(tag)


@pytest.mark.parametrize("tag", _PLAIN_ENGLISH)
def test_our_english_dates_and_numbers_are_those_of_babel(tag: str) -> None:
    days = [date(2026, month, day) for month in range(1, 13) for day in (1, 28)]
    locale = Locale.parse("en-GB" if tag == "en" else tag, sep="-")
    babels = [format_date(day, "long", locale=locale).replace(" ", "\u00a0") for day in days]
    assert [format_day(day, tag) for day in days] == babels
    numbers = (-2000, -1, 0, 999, 1000, 12_345, 1_234_567)
    babels = [format_decimal(one, locale=locale) if one > 999 else str(one) for one in numbers]
    assert [format_number(one, tag) for one in numbers] == babels
