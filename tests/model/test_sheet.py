"""The values of a style sheet are bounded: what passes ends, and what would not is refused at its line."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from organisations import EVERYTHING
from sample import sample_document

from policygen.model.sheet import sheet_faults
from policygen.model.sheet.bounds import PAGE_SIZES, UNITS
from policygen.model.theme import Theme
from policygen.problems import PolicygenError
from policygen.write.pdf.writer import PdfWriter

BEYOND = [
    "@page { size: 3mm 3mm }",
    "@page { size: a10 }",
    "@page { size: 1e400mm 300mm }",
    "@page { margin: 100mm }",
    "@page { margin: -1mm }",
    "@page { margin: 99% }",
    "@page { @top-left { width: 9999pt } }",
    "p { width: calc(1px/0) }",
    "p { width: calc(1px / (2 - 2)) }",
    "p { margin: calc(1e300px * 1e300) }",
    "p { width: calc(var(--gutter) * 1000) }",
    "p { width: calc(100% + calc(1px)) }",
    "p { width: min(max(1px, 2px), 3px) }",
    "p { width: clamp(1px, calc(2px), 3px) }",
    "p { width: calc(infinity * 1px) }",
    "p { width: calc(NaN * 1px) }",
    "p { width: calc(1px +) }",
    "p { width: -1px }",
    "p { padding: 9999em }",
    "p { padding: 1e-400pt -1pt }",
    "p { font-size: 0 }",
    "p { font-size: 1px }",
    "p { font-size: 9999% }",
    "p { font: 900pt serif }",
    "p { font: 12pt/900 serif }",
    "p { font: 12pt/0 serif }",
    "p { line-height: 0 }",
    "p { line-height: 0.01 }",
    "p { letter-spacing: 500pt }",
    "p { widows: 99999999 }",
    "p { orphans: 0 }",
    "p { orphans: -1 }",
    "p { border: 400pt solid }",
    "p { border-radius: 1e9pt }",
    "p { width: 5vmax }",
    "p { width: 5furlongs }",
    "p { width: 12 }",
    "p { column-gap: 9999pt }",
    ":root { --gutter: 999mm }",
    ":root { --ink: 12pt }",
    ":root { --quiet: var(--ink) }",
    ":root { --quiet: var(--ink, red) }",
    "p { color: var(--page, red) }",
    "p { color: var() }",
    "p { color: rgb(9999999, 0, 0) }",
    "p { color: " + "red " * 100 + "}",
    "p { z-index: 1 }",
    "p { columns: 99 }",
    "p { counter-reset: x 99999999 }",
    "p { padding: " + "9" * 5000 + "pt }",
    "a b c d e f g { color: red }",
    "p:has(a) { color: red }",
    "p:not(:is(:not(:is(a)))) { color: red }",
    ", ".join("p" * 70) + " { color: red }",
    "p { color: red }\n" * 3_000,
    "@page :nth(99999999n) { margin: 0 }",
]  # fmt: skip


@pytest.mark.parametrize("css", BEYOND, ids=lambda css: css[:40].strip())
def test_a_value_beyond_its_bounds_is_a_fault(css: str) -> None:
    (fault, *_) = sheet_faults(css)
    assert fault.code in ("PG405", "PG406")
    assert fault.line >= 1


@pytest.mark.parametrize(
    "css",
    [
        "p { margin: 0 auto -6pt }",
        "p { width: calc(100% - 12pt); max-width: min(40rem, 90%) }",
        "p { padding: calc((1rem + 2px) * 2) clamp(1px, 2px, 3px) }",
        "p { font: 700 14pt/1.2 'Fenwick Sans', sans-serif }",
        "p { font: 12pt/18pt serif }",
        "p { color: hsl(120deg 50% 50% / 0.5); background: rgba(0, 0, 0, 50%) }",
        "p { color: var(--brand, #123456); padding: var(--gutter, 12pt) }",
        "@page { size: A4 landscape; margin: 30mm 22mm 25mm }",
        "@page { size: 210mm 297mm }",
        ":root { --page-margin: 28mm 20mm 25mm; --ink: #222; --gutter: 0 }",
        "td { border: 0; border-bottom: 0.5pt solid currentColor; vertical-align: -2pt }",
        "html.book .part > h2 + p, li:nth-child(2n+1)::marker { color: red }",
    ],
)
def test_an_ordinary_sheet_passes(css: str) -> None:
    assert sheet_faults(css) == []


@given(st.text(max_size=300))
@example("{" * 200)
@example("p{:" * 200)
@example("p { color: " + "(" * 5_000)
@example(":is(" * 5_000)
@example("@media " + "(" * 5_000)
def test_any_text_is_read(css: str) -> None:
    sheet_faults(css)


@pytest.mark.slow
def test_a_sheet_of_its_full_size_is_read_at_once() -> None:
    start = process_time()
    for css in ("p { color: red }\n" * 5_000, "* " * 50_000 + "{}", "(" * 99_000, "a,b " * 25_000):
        sheet_faults(css)
    assert process_time() - start < 12  # an eighth of it where nothing else runs


NUMBERS = st.one_of(
    st.sampled_from(["0", "-1", "1", "4", "12", "100", "150", "200", "1e9", "-0.02", "0.8"]),
    st.floats(allow_nan=False, allow_infinity=False, width=16).map(lambda n: f"{n:.3f}"),
)
LENGTHS = st.builds("{}{}".format, NUMBERS, st.sampled_from([*UNITS, "%", ""]))
KEYWORDS = (
    "auto none red avoid page left right always normal bold inherit solid initial center justify "
    "var(--gutter) calc(100%-12pt)"
)
WORDS = st.sampled_from([*KEYWORDS.split(), *PAGE_SIZES])
VALUES = st.lists(st.one_of(LENGTHS, WORDS), min_size=1, max_size=4).map(" ".join)
PROPERTIES = st.sampled_from(
    [
        "font-size",
        "line-height",
        "letter-spacing",
        "word-spacing",
        "margin",
        "margin-top",
        "padding",
        "border",
        "border-spacing",
        "gap",
        "width",
        "min-width",
        "max-width",
        "break-before",
        "break-after",
        "orphans",
        "break-inside",
        "widows",
        "vertical-align",
        "text-align",
        "hyphens",
        "font",
        "list-style-type",
        "size",
        "text-underline-offset",
        "border-radius",
        "box-decoration-break",
        "--gutter",
        "--page-margin",
        "margin-break",
    ]
)
DECLARATIONS = st.builds("{}: {}".format, PROPERTIES, VALUES)
SELECTORS = st.sampled_from(
    ["*", "html", "body", "p", "li", "td, th", ".part", "h2::before", "@page", "@page :first", "table", ".clause > *"]
)  # fmt: skip
RULES = st.builds("{} {{ {} }}".format, SELECTORS, DECLARATIONS)


@pytest.mark.slow
@settings(
    max_examples=100 if EVERYTHING else 4, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(st.lists(RULES, min_size=4, max_size=12))
def test_every_sheet_that_passes_ends(rules: list[str]) -> None:
    sound = [rule for rule in rules if not sheet_faults(rule)]
    document = sample_document("brief")
    theme = Theme(print="\n".join(sound))
    start = process_time()
    codes: set[str] = set()
    try:
        PdfWriter().write(replace(document, brand=replace(document.brand, theme=theme)))
    except PolicygenError as error:
        codes = {problem.code for problem in error.problems}
    assert codes <= {"PG422"}
    assert process_time() - start < 90
