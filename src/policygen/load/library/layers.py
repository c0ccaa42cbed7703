"""The layers of one or more roots: read at once, or when they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from policygen.cache import LastingCache
from policygen.load.files import display_path, read_bytes
from policygen.load.library.layer import load_layer
from policygen.load.library.on_disk import read_files
from policygen.load.library.root import ROOT_FILES, file_faults, layer_folders
from policygen.model.fragment import Layer
from policygen.model.outline.outline import Outline
from policygen.problems import Location, PolicygenError, Problem

Digest: TypeAlias = bytes


@dataclass(frozen=True, slots=True)
class LayerSource:
    """Reads one layer, or takes it from the lasting cache as an earlier run read these files.

    `outline_digest` is that of the files that the outline was read from.
    """

    outline: Outline
    outline_digest: str
    lasting: LastingCache | None = None

    def read(self, name: str, folder: Path, digest: Digest) -> Layer:
        """Read a layer whose files have this digest. Raises PolicygenError, where they change too.

        What raises is not kept: a fault is found in each run.
        """
        if self.lasting is None:
            return self._read(name, folder, digest)
        # Each clause knows its place by the path that people know.
        parts = (self.outline_digest, name, display_path(folder), digest.hex())
        return self.lasting.get(f"layer {parts!r}", lambda: self._read(name, folder, digest))

    def _read(self, name: str, folder: Path, noted: Digest) -> Layer:
        layer = load_layer(folder, name, self.outline)
        if _digest(_bytes_of(folder)) != noted:
            what = "These templates changed while policygen was at work."
            location = Location(display_path(folder))
            raise PolicygenError([Problem(what, "Run it again.", location, code="PG149")])
        return layer


class LayerReader:
    """Reads the layers of one root after another, and gathers what is wrong with them."""

    def __init__(self, source: LayerSource) -> None:
        self.source = source
        self.layers = LayersOnDemand(source)
        self.read: list[Layer] = []  # those that were read at once
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256()  # of every file, read or still to be read

    def read_root(self, root: Path, on_demand: bool) -> None:
        """Read every layer of a root now, or note where it lies; its files go into the digest."""
        outline = self.source.outline
        data = {file: read_bytes(file) for name in ROOT_FILES if (file := root / name).is_file()}
        for folder, name in layer_folders(root, outline):
            of_layer = _bytes_of(folder)
            data |= of_layer
            if on_demand:
                self.layers.add_folder(name, folder, _digest(of_layer))
            else:
                self._read_now(folder, name, _digest(of_layer))
        self.problems += file_faults(root, list(data), outline)
        if not self.problems:
            start = len(root.as_posix()) + 1
            for file in sorted(data):
                self.digest.update(file.as_posix()[start:].encode() + b"\0" + data[file] + b"\0")

    def _read_now(self, folder: Path, name: str, digest: Digest) -> None:
        try:
            layer = self.source.read(name, folder, digest)
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

    def __init__(self, source: LayerSource) -> None:
        self._source = source
        self._folders: dict[str, tuple[Path, Digest]] = {}  # still to be read, of the lowest root
        self._layers: dict[str, tuple[Layer, ...]] = {}

    def add(self, name: str, layer: Layer) -> None:
        """Put a layer above those of its name."""
        self._layers[name] = (*self._layers.get(name, ()), layer)

    def add_folder(self, name: str, folder: Path, digest: Digest) -> None:
        """Note where a layer lies, beneath all others of its name, and what its files are."""
        self._folders[name] = (folder, digest)
        self._layers.setdefault(name, ())

    def __getitem__(self, name: str) -> tuple[Layer, ...]:
        if name in self._folders:
            layer = self._source.read(name, *self._folders[name])
            self._layers[name] = (layer, *self._layers[name])
            del self._folders[name]
        return self._layers[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._layers)

    def __len__(self) -> int:
        return len(self._layers)


def _bytes_of(folder: Path) -> dict[Path, bytes]:
    """Return the files of a layer. Raises PolicygenError for one that cannot be read."""
    return {file: read_bytes(file) for file in read_files(folder)}


def _digest(files: Mapping[Path, bytes]) -> Digest:
    """Return the sha256 of the files of a layer."""
    digest = hashlib.sha256()
    for file, data in files.items():
        digest.update(file.name.encode() + b"\0" + data + b"\0")
    return digest.digest()
