"""The layers of one or more roots: read at once, or when they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from policygen.load.files import display_path, read_bytes
from policygen.load.library.layer import load_layer, read_files
from policygen.load.library.root import ROOT_FILES, file_faults, layer_folders
from policygen.model.fragment import Layer
from policygen.model.outline.outline import Outline
from policygen.problems import Location, PolicygenError, Problem

Digest: TypeAlias = bytes


class LayerReader:
    """Reads the layers of one root after another, and gathers what is wrong with them."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.layers = LayersOnDemand(outline)
        self.read: list[Layer] = []  # those that were read at once
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()  # of every file, read or still to be read

    def read_root(self, root: Path, on_demand: bool) -> None:
        """Read every layer of a root now, or note where it lies; its files go into the digest."""
        files = [root / name for name in ROOT_FILES if (root / name).is_file()]
        for folder, name in layer_folders(root, self.outline):
            files += read_files(folder)
            if on_demand:
                self.layers.add_folder(name, folder)
            else:
                self._read_now(folder, name)
        self.problems += file_faults(root, files, self.outline)
        if not self.problems:
            for file in sorted(files):
                name = file.relative_to(root).as_posix()
                self.digest.update(name.encode() + b"\0" + read_bytes(file) + b"\0")

    def _read_now(self, folder: Path, name: str) -> None:
        try:
            layer = load_layer(folder, name, self.outline)
        except PolicygenError as error:
            self.problems += error.problems
        else:
            self.read.append(layer)
            self.layers.add(name, layer)


class LayersOnDemand(Mapping[str, tuple[Layer, ...]]):
    """For each name its layers, lowest root first; a folder that was only noted is read when asked.

    Asking then raises PolicygenError, with every Problem of that layer, or where its files are no
    longer what they were when they were noted.
    """

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._folders: dict[str, tuple[Path, Digest]] = {}  # still to be read, of the lowest root
        self._layers: dict[str, tuple[Layer, ...]] = {}

    def add(self, name: str, layer: Layer) -> None:
        """Put a layer above those of its name."""
        self._layers[name] = (*self._layers.get(name, ()), layer)

    def add_folder(self, name: str, folder: Path) -> None:
        """Note where a layer lies, beneath all others of its name."""
        self._folders[name] = (folder, _digest(folder))
        self._layers.setdefault(name, ())

    def __getitem__(self, name: str) -> tuple[Layer, ...]:
        if name in self._folders:
            layer = self._read(name, *self._folders[name])
            self._layers[name] = (layer, *self._layers[name])
            del self._folders[name]
        return self._layers[name]

    def _read(self, name: str, folder: Path, noted: Digest) -> Layer:
        layer = load_layer(folder, name, self._outline)
        if _digest(folder) != noted:
            what = "These templates changed while policygen was at work."
            location = Location(display_path(folder))
            raise PolicygenError([Problem(what, "Run it again.", location, code="PG149")])
        return layer

    def __iter__(self) -> Iterator[str]:
        return iter(self._layers)

    def __len__(self) -> int:
        return len(self._layers)


def _digest(folder: Path) -> Digest:
    """Return the sha256 of the files of a layer. Raises PolicygenError for one it cannot read."""
    digest = hashlib.sha256()
    for file in read_files(folder):
        digest.update(file.name.encode() + b"\0" + read_bytes(file) + b"\0")
    return digest.digest()
