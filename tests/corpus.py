"""How a case of a corpus in `tests/cases` is written: a `##` title and fenced blocks, each with a name.

Blocks before the first `##` of a file belong to each of its cases. A block named after a file is that file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from small import PROFILE, ROOT

BLOCK = re.compile(r"^(`{3,})(\S[^\n]*)\n(.*?)^\1$", re.M | re.S)


@dataclass(frozen=True)
class Case:
    name: str
    blocks: dict[str, str]


def cases(folder: str = "") -> list[Case]:
    """Every case of one folder of the corpus."""
    files = sorted((ROOT / "tests/cases" / folder).glob("*.md"))
    return [case for file in files if file.name != "README.md" for case in _read(file)]


def profile(overlay: str) -> str:
    """The small profile, with some of its keys told anew."""
    keys = {line.partition(":")[0] for line in overlay.splitlines()}
    kept = [line for line in PROFILE.splitlines() if line.partition(":")[0] not in keys]
    return "\n".join([*kept, overlay])


def lines(told: Iterable[str]) -> str:
    """Lines as a block holds them."""
    return "".join(f"{line}\n" for line in told)


def _read(file: Path) -> Iterator[Case]:
    shared, *found = re.split(r"^## (?=[^\n]*\n(?!\n*[-#]))", _hidden(file.read_text()), flags=re.M)
    for case in found:
        title, _, text = case.partition("\n")
        yield Case(f"{file.stem}: {title}", {**_blocks(shared), **_blocks(text)})


def _hidden(text: str) -> str:
    """Headings inside a block are not titles of cases."""
    return BLOCK.sub(lambda found: re.sub("^#", "\0#", found[0], flags=re.M), text)


def _blocks(text: str) -> dict[str, str]:
    return {found[2]: found[3].replace("\0", "") for found in BLOCK.finditer(text)}
