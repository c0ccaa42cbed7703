"""One file of a policy, or all of them in a zip, in memory."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from policygen.model.policy import Policy
from policygen.pipeline.build import build
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError
from policygen.store.files import File
from policygen.write.writer import default_formats, writer

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the date of a file in a zip: the same files give the same zip


@dataclass(frozen=True, slots=True)
class Printable:
    """An edition in one language: its key, its title, and its files' name without an ending."""

    edition: str
    title: str
    stem: str
    language: str


def printables(profile: Path, workspace: Workspace) -> tuple[Printable, ...]:
    """Return the editions that a policy has, in each of its languages. Raises PolicygenError."""
    policies = compose_profile(profile, workspace).policies
    return tuple(
        Printable(key, edition.title, f"{key}{_suffix(number, policy)}", policy.language)
        for number, policy in enumerate(policies)
        for key, edition in policy.outline.editions.items()
    )


def endings() -> dict[str, str]:
    """Return the endings of files by the formats that are installed, such as pdf of pdf."""
    return {name: writer(name).extension for name in default_formats()}


def but_pdf() -> tuple[str, ...]:
    """Return the formats that a computer without Pango prints, too."""
    return tuple(name for name in default_formats() if name != "pdf")


def print_file(profile: Path, file_name: str, workspace: Workspace) -> File | None:
    """Print one file of a policy, such as snapshot.cy.pdf; None for one that it does not have.

    Raises PolicygenError.
    """
    stem, _, ending = file_name.rpartition(".")
    edition = stem.partition(".")[0]
    formats = [name for name, known in endings().items() if known == ending]
    outline = workspace.for_profile(profile).library.outline
    if not formats or edition not in outline.editions:
        return None
    publication = build(profile, workspace, [edition], formats)
    for file in publication.files:
        if PurePosixPath(file.path).name == file_name:
            return file
    if stem in [one.stem for one in printables(profile, workspace)]:
        raise PolicygenError(publication.problems)  # its format lacks a library, or has no words
    return None


def print_zip(profile: Path, workspace: Workspace) -> bytes:
    """Print every usual edition in every format. Raises PolicygenError."""
    publication = build(profile, workspace)
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in publication.files:
            archive.writestr(zipfile.ZipInfo(file.path, _EARLIEST), file.data)
    return memory.getvalue()


def _suffix(number: int, policy: Policy) -> str:
    """Return what the names of files say of a language; the first language's say nothing."""
    return f".{policy.language}" if number else ""
