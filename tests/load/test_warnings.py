"""What a profile's folder holds and nobody reads, and values that YAML takes for a note."""

from __future__ import annotations

from pathlib import Path

import pytest

from policygen.load.profile.unread import unread_warnings
from policygen.load.yaml.comments import lost_values
from policygen.load.yaml.reader import parse_yaml


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("house-rules.MD", 'Call it "house-rules.md"'),
        ("law.markdown", 'Call it "law.md"'),
        (".law.md", 'Call it "law.md"'),
        ("law.txt", "Copy its words into a Markdown file"),
        ("law.docx", "Copy its words"),
        ("law.DOCX", "Copy its words"),
        ("law.odt", "Copy its words"),
        ("law.rtf", "Copy its words"),
        ("law.pdf", "Copy its words"),
        ("law.html", "Copy its words"),
        ("law.md~", "Copy its words"),
        ("law.md.bak", "Copy its words"),
        ("law.md.txt", "Copy its words"),
        ("layer.yml", 'Call it "layer.yaml"'),
        ("Sources.yaml", 'Call it "sources.yaml"'),
        ("profile.yml", "move this file out of the folder"),
        ("old/law.md", "Move its words beside profile.yaml"),
    ],
)
def test_a_file_that_looks_like_words_and_is_not_read(name: str, mend: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("x")
    (problem,) = unread_warnings(tmp_path)
    assert mend in problem.mend
    assert problem.location.path.endswith(name.partition("/")[0])


@pytest.mark.parametrize(
    "name",
    [
        "profile.yaml",
        "layer.yaml",
        "sources.yaml",
        "law.md",
        "law.cy.md",
        "README.md",
        "readme.txt",
        "README",
        "logo.svg",
        "logo.png",
        "releases/1.0/policy.pdf",
        "theme/notes.txt",
        ".git/description.txt",
        "~$law.docx",
        ".~lock.law.odt#",
        "facts.csv",
    ],
)
def test_a_file_that_is_read_or_not_of_words(name: str, tmp_path: Path) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("x")
    assert list(unread_warnings(tmp_path)) == []


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("brand:\n  colour: #5b2d8e", (2, 11), "brand.colour is empty"),
        ("brand:\n  colour:  #5b2d8e", (2, 12), "so #5b2d8e is not read"),
        ("website: # not known", (1, 10), "website is empty"),
        ("handle: #x", (1, 9), "handle is empty"),
        ("channels:\n  - platform: X\n    handle: #fenwick", (3, 13), "channels.0.handle is empty"),
        ("unions:\n  - #one\n  - two", (2, 5), "unions.0 is empty"),
        ("unions:\n  - one\n  - #two", (3, 5), "unions.1 is empty"),
        ("name: Smith # Sons", (1, 13), "name ends here"),
        ("name: Smith #1", (1, 13), "so #1 is not read"),
        ("name: Smith  #1", (1, 14), "so #1 is not read"),
        ("unions:\n  - Unite # Unison", (2, 11), "unions.0 ends here"),
    ],
)
def test_a_value_lost_to_a_number_sign(text: str, at: tuple[int, int], said: str) -> None:
    (problem,) = lost_values(parse_yaml(text, "profile.yaml"))
    assert (problem.location.line, problem.location.column) == at
    assert said in problem.what


@pytest.mark.parametrize(
    "text",
    [
        "name: Smith  # the full name",
        "name: Smith\t# the full name",
        "name: Smith  #",
        'colour: "#5b2d8e"',
        "colour: '#5b2d8e' # purple",
        "name: C#",
        "name: a#b",
        "website: https://a.example/#top",
        "website:                   # the website (ask the web team)",
        "policy: # the document\n  number: A",
        "unions: [a, b] # both",
        "policy: {number: A} # one",
        "text: |\n  a line # with a sign\n  - # another",
        "#website:\nname: X",
        "a: '~ # b'",
    ],
)
def test_a_note_and_a_quoted_sign_pass(text: str) -> None:
    assert list(lost_values(parse_yaml(text, "profile.yaml"))) == []
