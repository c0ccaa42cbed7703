"""What only a missing library, a limit or the layout engine's own word can trigger."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample import sample_document

from policygen.cli import main
from policygen.problems import PolicygenError
from policygen.write.pdf import limits
from policygen.write.pdf.press import press_for
from policygen.write.pdf.writer import PdfWriter
from policygen.write.writer import writer


def build_overview() -> str:
    """What a user reads of a build of one PDF."""
    result = CliRunner().invoke(main, ["build", "ours", "-f", "pdf", "-e", "overview"])
    return result.stdout + result.stderr


def no_pango(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    press_for.cache_clear()
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    return build_overview()


def one_page_is_too_many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(limits, "MOST_PAGES", 0)
    return build_overview()


def broken_picture(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Load refuses every broken picture, so only the engine's own word can say so."""
    document = sample_document("poster")
    brand = replace(document.brand, logo=b"<svg", logo_type="image/svg+xml")
    with pytest.raises(PolicygenError) as caught:
        PdfWriter().write(replace(document, brand=brand))
    return " ".join(problem.code for problem in caught.value.problems)


def unknown_writer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    with pytest.raises(PolicygenError) as caught:
        writer("odt")
    return " ".join(problem.code for problem in caught.value.problems)


PDF_TRIGGERS: dict[str, Callable[[Path, pytest.MonkeyPatch], str]] = {
    "PG420": unknown_writer,
    "PG421": no_pango,
    "PG422": one_page_is_too_many,
    "PG423": broken_picture,
}
