"""The program as people start it: from the command to its end, nothing kept from the run before."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bodies import TWO
from measure import Measure, Work, against, alone, command

POLICYGEN = Path(sys.executable).parent / "policygen"


def start() -> Iterator[Measure]:
    yield against(
        "policygen --help",
        command(POLICYGEN, "--help"),
        "import click",
        command(sys.executable, "-c", "import click"),
        "60 ms",
        runs=15,
    )
    check = command(POLICYGEN, "check", "fenwick")
    yield alone("policygen check fenwick, cold", check, "600 ms")
    diff = command(POLICYGEN, "diff", *TWO, "--format", "json")
    yield alone("policygen diff --format json, cold", diff, "600 ms")


def build() -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        for formats in (["md"], ["md", "html", "docx"], ["md", "html", "docx", "pdf"]):
            yield _built(formats, Path(folder))
        again = _build_command(formats, folder)
        again()
        yield alone("policygen build fenwick, nothing changed", again, "500 ms")
        yield _with_site(Path(folder))


def _with_site(folder: Path) -> Measure:
    """A build that makes a site too, against one that does not; neither finds one before it."""

    def built(*words: str) -> Work:
        run = command(POLICYGEN, "build", "fenwick", *words, "--out", str(folder))

        def anew() -> None:
            (folder / "manifest.json").unlink(missing_ok=True)
            run()

        return anew

    site = built("--site")
    return against("policygen build fenwick --site", site, "build", built(), "1.3 x", runs=3)


def _built(formats: list[str], folder: Path) -> Measure:
    """A build that finds none before it, which the manifest would tell of."""
    run = _build_command(formats, str(folder))

    def anew() -> None:
        (folder / "manifest.json").unlink(missing_ok=True)
        run()

    reach = "600 ms" if formats == ["md"] else ""
    return alone(f"policygen build fenwick: {', '.join(formats)}", anew, reach, runs=3)


def _build_command(formats: list[str], folder: str) -> Work:
    asked = [part for name in formats for part in ("-f", name)]
    return command(POLICYGEN, "build", "fenwick", *asked, "--out", folder)
