"""The program as people start it: from the command to its end, nothing kept from the run before."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bodies import TWO
from measure import Measure, Taken, Work, against, alone, in_turn
from peers import psp
from processes import POLICYGEN, command

PYTHON = "python -c pass"
PSP_LACKS = "no layers, no tiers, no check: a value that is missing prints as nothing"


def cold() -> Iterator[Measure]:
    """Every command that one waits for, beside bare Python; and beside psp, which fills in as many words."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        works = {
            "policygen --help": (command(POLICYGEN, "--help"), "60 ms"),
            "policygen check fenwick": (command(POLICYGEN, "check", "fenwick"), "0.6 s"),
            "policygen build fenwick -f md": (build(folder / "md", ["md"]), "0.6 s"),
            "policygen diff --format json": (diff_as_json(), "0.6 s"),
            "policygen explain fenwick": (command(POLICYGEN, "explain", "fenwick"), "0.5 s"),
            "policygen build fenwick, nothing changed": (nothing_changed(folder), "0.5 s"),
        }
        pass_ = command(sys.executable, "-c", "pass")
        peer = psp(folder)
        others = [pass_, peer] if peer else [pass_]
        bare, *rest = in_turn([*others, *(work for work, _ in works.values())], runs=7)
        if peer:
            filled, *rest = rest
        yield Measure(PYTHON, bare)
        for (work, (_, reach)), taken in zip(works.items(), rest, strict=True):
            yield Measure(work, taken, PYTHON, bare, taken.least / bare.least, reach)
            if peer and work.endswith("md"):
                yield beside_psp(taken, filled)


def beside_psp(taken: Taken, filled: Taken) -> Measure:
    ratio = taken.least / filled.least
    return Measure("the same build", taken, "psp, same words", filled, ratio, lacks=PSP_LACKS)


def diff_as_json() -> Work:
    return command(POLICYGEN, "diff", *TWO, "--format", "json")


def nothing_changed(folder: Path) -> Work:
    again = command(*build_words(folder / "again", ["md", "html", "docx", "pdf"]))
    again()
    return again


def build(folder: Path, formats: list[str], *words: str) -> Work:
    """A build that finds none before it, which the manifest would tell of."""
    manifest = folder / "manifest.json"
    return command(
        *build_words(folder, formats), *words, before=lambda: manifest.unlink(missing_ok=True)
    )


def build_words(folder: Path, formats: list[str]) -> list[str | Path]:
    asked = [part for name in formats for part in ("-f", name)]
    return [POLICYGEN, "build", "fenwick", *asked, "--out", folder]


def builds() -> Iterator[Measure]:
    """Files really written, format by format."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for formats in (["md"], ["md", "html", "docx"], ["md", "html", "docx", "pdf"]):
            work = f"policygen build fenwick: {', '.join(formats)}"
            yield alone(work, build(folder, formats), runs=3)
        one = build(folder, ["pdf"], "-e", "policy")
        yield alone("policygen build fenwick -e policy -f pdf", one, "2 s", runs=3)
        site, without = build(folder, formats, "--site"), build(folder, formats)
        yield against("policygen build fenwick --site", site, "build", without, "1.3 x", runs=3)
