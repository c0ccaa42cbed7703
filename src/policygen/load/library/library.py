"""The library on disk -> Library: outline, labels, house style and layers of one or more roots."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from policygen.cache import LastingCache
from policygen.load.files import name_fault, read_bytes
from policygen.load.library.layer_faults import layer_faults
from policygen.load.library.layers import LayerReader, LayerSource
from policygen.load.library.on_disk import shipped
from policygen.load.library.outline import OUTLINE_FILES, STYLE_FILE, load_outlines, load_style
from policygen.load.library.root import missing_roots
from policygen.model.fragment import Library
from policygen.model.outline.outline import Outline
from policygen.model.outline.style import HouseStyle
from policygen.problems import PolicygenError


def load_library(extra: Iterable[Path] = (), lasting: LastingCache | None = None) -> Library:
    """Read the shipped templates and any further roots, each stacked above those before it.

    The further roots are read whole, for their faults are their user's; a layer that ships with
    policygen is read when it is asked for. `lasting` keeps for runs to come what was read without
    a fault. Raises PolicygenError as `read_library` does.
    """
    return read_library([shipped("templates"), *extra], first_on_demand=True, lasting=lasting)


def read_library(
    roots: Sequence[Path], first_on_demand: bool = False, lasting: LastingCache | None = None
) -> Library:
    """Read the templates of one or more roots, each stacked above those before it.

    With `first_on_demand` the first root's layers are read when they are asked for, which then may
    raise. Raises PolicygenError with every Problem of every file that is read at once.
    """
    if missing := missing_roots(roots):
        raise PolicygenError(missing)
    if unnamed := tuple(filter(None, map(name_fault, roots))):
        raise PolicygenError(unnamed)
    digest = _outline_digest(roots)
    outlines = _outlines(roots, digest, lasting)
    source_language = next(iter(outlines.values())).source_language
    reader = LayerReader(LayerSource(outlines[source_language], digest, lasting))
    for number, root in enumerate(roots):
        reader.read_root(root, on_demand=first_on_demand and number == 0)
    problems = reader.problems
    style = HouseStyle()
    try:
        style = _style(roots, digest, lasting)
    except PolicygenError as error:
        problems += error.problems
    if not problems:
        problems += layer_faults(reader.read, reader.layers)
    if problems:
        raise PolicygenError(problems)
    return Library(
        outlines,
        source_language,
        reader.layers,
        reader.digest.hexdigest(),
        style,
        tuple(roots),
        tuple(reader.read),
    )


def _outlines(
    roots: Sequence[Path], digest: str, lasting: LastingCache | None
) -> Mapping[str, Outline]:
    """Return the outline in each language. Raises PolicygenError."""

    def read() -> dict[str, Outline]:
        return load_outlines(list(roots), shipped("templates"))

    return lasting.get(f"outlines {digest}", read) if lasting and digest else read()


def _style(roots: Sequence[Path], digest: str, lasting: LastingCache | None) -> HouseStyle:
    """Return the house style. Raises PolicygenError."""

    def read() -> HouseStyle:
        return load_style(list(roots))

    return lasting.get(f"style {digest}", read) if lasting and digest else read()


def _outline_digest(roots: Sequence[Path]) -> str:
    """Return the sha256 of the files of outline and style, or "" where one cannot be read."""
    digest = hashlib.sha256()
    for root in (*roots, shipped("templates")):
        for name in (*OUTLINE_FILES, STYLE_FILE):
            try:
                data = read_bytes(root / name) if (root / name).is_file() else b""
            except PolicygenError:
                return ""
            digest.update(repr((root == roots[0], name, data)).encode())
    return digest.hexdigest()
