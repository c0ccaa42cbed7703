"""What a file is, by the ending of its name, for messages about a file of the wrong kind."""

from __future__ import annotations

from pathlib import Path

from policygen.problems import Message

# What a file is, by the ending of its name, and what to do with it where a profile is wanted.
_WORDS_GO = Message(
    "Copy its words into Markdown files in the profile's folder, and name that folder. "
    "Or set it beside your policy with `policygen match`.",
    on_page="Set it beside your policy on the page Old policy.",
)
_FACTS_GO = Message(
    "Write its facts into a profile.yaml: `policygen init` makes one.",
    on_page="Fill in its facts on the page Facts.",
)
FILE_KINDS = {
    ".docx": ("a Word document", _WORDS_GO),
    ".doc": ("a Word document", _WORDS_GO),
    ".odt": ("a text document", _WORDS_GO),
    ".rtf": ("a text document", _WORDS_GO),
    ".pdf": ("a PDF", _WORDS_GO),
    ".html": ("a web page", _WORDS_GO),
    ".htm": ("a web page", _WORDS_GO),
    ".md": ("a file of wording", "Name the folder in which the profile lies."),
    ".markdown": ("a file of wording", "Name the folder in which the profile lies."),
    ".txt": ("a text file", _FACTS_GO),
    ".csv": ("a table", _FACTS_GO),
    ".tsv": ("a table", _FACTS_GO),
    ".xlsx": ("a spreadsheet", _FACTS_GO),
    ".xls": ("a spreadsheet", _FACTS_GO),
    ".ods": ("a spreadsheet", _FACTS_GO),
    ".zip": ("an archive", "Unpack it, and name the folder of the profile in it."),
    ".png": ("a picture", "Name the folder of the profile."),
    ".svg": ("a picture", "Name the folder of the profile."),
    ".css": ("a style sheet", "Name the folder of the profile."),
}


def describe_file(path: Path) -> str:
    """Return what a file is, by its name: "a Word document"; "" for one that no name tells."""
    kind = FILE_KINDS.get(path.suffix.lower())
    return kind[0] if kind else ""
