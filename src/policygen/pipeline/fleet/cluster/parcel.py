"""Parcel: a folder as bytes, for a machine that has not got it, with how its user knows it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from policygen.load.files import display_path, display_root

_MOST = 20_000_000  # bytes; a body's folder has about 20,000 without its releases


@dataclass(frozen=True, slots=True)
class Parcel:
    """The files of a folder by their path in it, and its own path as its user knows it."""

    name: str
    shown: str
    files: dict[str, bytes]

    def unpack(self, into: Path) -> Path:
        """Make the folder anew in another, and return it."""
        folder = into / self.name
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return folder

    def known(self, into: Path) -> AbstractContextManager[None]:
        """Within this, problems and origins name the folder as its user does."""
        if Path(self.shown).name == self.name:
            return display_root(into, self.shown.removesuffix(self.name))
        return display_root(into / self.name, "" if self.shown == "." else f"{self.shown}/")


def packed(folder: Path) -> Parcel | None:
    """Return a folder as bytes; None where it is too large, or a link may lead out of it.

    Raises OSError.
    """
    found = sorted(folder.rglob("*"))
    if folder.is_symlink() or any(path.is_symlink() for path in found):
        return None
    paths = [path for path in found if path.is_file()]
    if sum(path.stat().st_size for path in paths) > _MOST:
        return None
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    return Parcel(folder.resolve().name, display_path(folder), files)
