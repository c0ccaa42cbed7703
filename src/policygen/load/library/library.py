"""The library on disk -> Library: outline, labels, house style and layers of one or more roots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from policygen.load.library.layer_faults import layer_faults
from policygen.load.library.layers import LayerReader
from policygen.load.library.outline import load_outlines, load_style
from policygen.load.library.root import missing_roots
from policygen.model.fragment import Library
from policygen.model.outline.style import HouseStyle
from policygen.problems import PolicygenError

_HERE = Path(__file__).resolve()


def shipped(name: str) -> Path:
    """Return a folder that policygen brings along: the packaged copy, or else the checkout's."""
    packaged = _HERE.parents[2] / name
    return packaged if packaged.is_dir() else _HERE.parents[4] / name


def load_library(extra: Iterable[Path] = ()) -> Library:
    """Read the shipped templates and any further roots, each stacked above those before it.

    The further roots are read whole, for their faults are their user's; a layer that ships with
    policygen is read when it is asked for. Raises PolicygenError as `read_library` does.
    """
    return read_library([shipped("templates"), *extra], first_on_demand=True)


def read_library(roots: Sequence[Path], first_on_demand: bool = False) -> Library:
    """Read the templates of one or more roots, each stacked above those before it.

    With `first_on_demand` the first root's layers are read when they are asked for, which then may
    raise. Raises PolicygenError with every Problem of every file that is read at once.
    """
    if missing := missing_roots(roots):
        raise PolicygenError(missing)
    outlines = load_outlines(list(roots), shipped("templates"))
    source_language = next(iter(outlines.values())).source_language
    reader = LayerReader(outlines[source_language])
    for number, root in enumerate(roots):
        reader.read_root(root, on_demand=first_on_demand and number == 0)
    problems = reader.problems
    style = HouseStyle()
    try:
        style = load_style(list(roots))
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
