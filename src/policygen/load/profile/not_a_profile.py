"""What stands where a profile is looked for: what it is, and what to do with it."""

from __future__ import annotations

from pathlib import Path

from policygen.load.file_kinds import FILE_KINDS
from policygen.load.files import display_path
from policygen.problems import Location, Message, Problem

_PROFILE = "profile.yaml"
_FEW = 5  # profiles that one message names
_POLICY: tuple[str, str] = (
    "a finished policy for other programs",
    Message(
        "`policygen diff` and `policygen compare` read it; name the profile that it was made from.",
        on_page="The page Compare reads it; name the profile that it was made from.",
    ),
)
# Files of facts that stand beside a profile or in the library.
_OTHER_FACTS = (
    *("layer.yaml", "sources.yaml", "outline.yaml", "labels.yaml", "style.yaml"),
    "consultation.yaml",
    "briefing.yaml",
    "match.yaml",
)
_SPELLINGS = ("profile.yml", "profile.yaml.txt", "profile.yml.txt", "profile.txt", "profile.json")


def explain_file(path: Path) -> Problem | None:
    """Return why a file is no profile, or None where it may be one."""
    location = Location(display_path(path))
    suffix = path.suffix.lower()
    if path.name == _PROFILE:
        return None
    if _is_other_spelling(path.name):
        return _wrong_name(path)
    if suffix == ".json":
        kind, mend = _POLICY
    elif path.name in _OTHER_FACTS:
        kind, mend = "not the profile", "Name the folder that holds profile.yaml."
    elif suffix in FILE_KINDS:
        kind, mend = FILE_KINDS[suffix]
    else:
        return None
    return Problem(f"This is {kind}, where a profile is wanted.", mend, location, code="PG603")


def other_spelling(folder: Path) -> Path | None:
    """Return a file that is meant for a folder's profile and has another name: profile.yml."""
    try:
        files = sorted(entry for entry in folder.iterdir() if _is_other_spelling(entry.name))
    except OSError:
        return None
    return next((file for file in files if file.is_file()), None)


def explain_folder(folder: Path) -> Problem:
    """Return what a folder without a profile is, and what to name instead."""
    location = Location(display_path(folder))
    if misspelt := other_spelling(folder):
        return _wrong_name(misspelt)
    profiles = _profiles_in(folder)
    if profiles:
        few = ", ".join(str(profile) for profile in profiles[:_FEW])
        more = f" and {len(profiles) - _FEW} more" if len(profiles) > _FEW else ""
        what = "This is a folder of profiles, where one profile is wanted."
        return Problem(what, f"Name one of {few}{more}.", location, code="PG604")
    what, mend = _folder_without_profiles(folder)
    return Problem(what, mend, location, code="PG604")


def _folder_without_profiles(folder: Path) -> tuple[str, str]:
    """Return what a folder is that holds no profile anywhere, and how to mend it."""
    names = {entry.name for entry in folder.iterdir()}
    if not names:
        return "This folder is empty.", Message(
            "`policygen init` writes a profile into a new folder.",
            on_page="Start new on the first page.",
        )
    if "outline.yaml" in names or "layer.yaml" in names:
        return "This is a folder of wording, where a profile is wanted.", Message(
            f"Name a profile, and give this folder with --templates {display_path(folder)}.",
            on_page="Name a profile.",
        )
    if "policy.json" in names or "manifest.json" in names:
        mend = "Name the folder that holds its profile.yaml."
        return "This folder holds finished documents, where a profile is wanted.", mend
    return "There is no profile.yaml in this folder.", Message(
        "Name the folder that holds it, or write one with `policygen init`.",
        on_page="Open the folder that holds it, or start new on the first page.",
    )


def _profiles_in(folder: Path) -> list[Path]:
    """Return the folders of the profiles in a folder, or else in its subfolder `profiles`."""
    try:
        here = sorted(folder.glob(f"*/{_PROFILE}"))
        below = sorted(folder.glob(f"profiles/*/{_PROFILE}"))
    except OSError:
        return []
    return [file.parent for file in (here or below)]


def _is_other_spelling(name: str) -> bool:
    """Tell whether a name is meant for profile.yaml: profile.yml, Profile.YAML, profile.txt."""
    if name == _PROFILE:
        return False
    return name.lower() in (_PROFILE, *_SPELLINGS)


def _wrong_name(path: Path) -> Problem:
    what = f'A profile is not called "{path.name}".'
    return Problem(what, 'Call it "profile.yaml".', Location(display_path(path)), code="PG605")
