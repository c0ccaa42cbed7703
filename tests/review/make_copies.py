"""Makes the copies of `tests/cases/returned/`: each by a program that people use, as `copies.yaml` has it.

    .venv/bin/python tests/review/make_copies.py

Run by hand, where a program has changed or a copy is added: what a program writes is never twice the same. The draft is
released anew first, so all copies are made again.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from docx_revisions import RevisionDocument, RevisionParagraph
from ruamel.yaml import YAML

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "load/returned")]

from copies import by_pandoc, edited_by_libreoffice  # noqa: E402  # beside the other tests
from small import Small  # noqa: E402  # see above

HOME = TESTS / "cases/returned"
EDITIONS = ("full-story", "snapshot", "overview")
DAY = "2026-11-20T10:00:00Z"
Edit = dict[str, str]


def main() -> None:
    """Release the draft, and make every copy of it."""
    rows = YAML(typ="safe").load(HOME / "copies.yaml")
    release()
    sent = {one: (HOME / f"releases/0.9/{one}.docx").read_bytes() for one in EDITIONS}
    shutil.rmtree(HOME / "copies", ignore_errors=True)
    (HOME / "copies").mkdir()
    for program, make in PROGRAMS.items():
        mine = {name: row for name, row in rows.items() if row["program"] == program}
        made = make([(sent[row["edition"]], row["edits"]) for row in mine.values()])
        for name, data in zip(mine, made, strict=True):
            (HOME / f"copies/{name}.docx").write_bytes(data)
            print(f"{name}.docx: {len(data):,} bytes")


def release() -> None:
    """Release the draft, without the font that each file embeds: it is five times as large as all else."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        small = Small(Path(folder), patch)
        small.write({"base/law.md": (HOME / "law.md").read_text()})
        small.write({"organisation/profile.yaml": (HOME / "profile.yaml").read_text()})
        editions = [word for one in EDITIONS for word in ("-e", one)]
        done = small.run("release", "example", "-s", "Our first draft", "-f", "docx", *editions)
        assert done.exit_code == 0, done.output
        made = Path("profiles/example/releases/0.9")
        record = json.loads((made / "release.json").read_text())
        for path in made.glob("*.docx"):
            path.chmod(0o644)
            data = without_fonts(path.read_bytes())
            path.write_bytes(data)
            digest = hashlib.sha256(data).hexdigest()
            record["files"][path.name] = {"bytes": len(data), "sha256": digest}
        (made / "release.json").chmod(0o644)
        (made / "release.json").write_text(json.dumps(record, indent=2) + "\n")
        shutil.rmtree(HOME / "releases", ignore_errors=True)
        shutil.copytree(made, HOME / "releases/0.9", copy_function=shutil.copyfile)


def without_fonts(data: bytes) -> bytes:
    """A file of Word's without the fonts that it embeds; all else is as a program wrote it."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/fontTable.xml":
                part = re.sub(rb"<w:embed[^>]*/>", b"", part)
            if not name.startswith("word/fonts/") and name != "word/_rels/fontTable.xml.rels":
                new.writestr(name, part)
    return made.getvalue()


def saved(save: Callable[[BytesIO], object]) -> bytes:
    into = BytesIO()
    save(into)
    return into.getvalue()


# --- LibreOffice ------------------------------------------------------------------------------------------


def by_office(tasks: list[tuple[bytes, list[Edit]]]) -> list[bytes]:
    """LibreOffice finds words wherever they stand, and signs tracked changes with its own user's name."""
    steps = [
        (data, [step for edit in edits for step in office_steps(edit)]) for data, edits in tasks
    ]
    return [without_fonts(made) for made in edited_by_libreoffice(steps)]


def office_steps(edit: Edit) -> list[Edit]:
    step = {"do": "replace" if edit["do"] == "value" else edit["do"], "find": edit["find"]}
    step |= {"with": edit.get("with", ""), "author": edit.get("by", "")}
    is_tracked = "by" in edit and edit["do"] != "comment"
    return [{"do": "track" if is_tracked else "untrack"}, step]


# --- python-docx ------------------------------------------------------------------------------------------


def by_python_docx(tasks: list[tuple[bytes, list[Edit]]]) -> list[bytes]:
    made = []
    for data, edits in tasks:
        opened = docx.Document(BytesIO(data))
        for edit in edits:
            quietly(opened, edit)
        made.append(saved(opened.save))
    return made


def quietly(opened: Document, edit: Edit) -> None:
    """Do one edit as a program does that knows nothing of tracking."""
    if edit["do"] == "take out":
        for paragraph in clause_paragraphs(opened, edit["clause"]):
            paragraph._p.getparent().remove(paragraph._p)
        return
    paragraph, run = found(opened, edit)
    new = edit.get("with", "")
    match edit["do"]:
        case "comment":
            opened.add_comment(run, new, author=edit["by"], initials="U")
        case "paragraph":
            paragraph._p.addnext(deepcopy(paragraph._p))
            added = Paragraph(paragraph._p.getnext(), paragraph._parent)
            added.clear().add_run(new)
        case "row":
            row = next(one for one in paragraph._p.iterancestors() if one.tag.endswith("}tr"))
            row.addnext(deepcopy(row))
            first = next(one for one in row.getnext().iter("{*}t") if one.text == edit["find"])
            first.text = new
        case _:
            run.text = run.text.replace(edit["find"], new, 1).rstrip()


def clause_paragraphs(opened: Document, clause: str) -> list[Paragraph]:
    """The paragraphs of a clause, from its bookmark to the next."""
    marks = opened.element.body.iter("{*}bookmarkStart")
    names = [(one.values(), one.getparent()) for one in marks]
    starts = [parent for values, parent in names if re.sub(r"\W", "_", clause) in values]
    mine: list[Any] = []
    for element in opened.element.body.iter("{*}p"):
        is_other = any(parent is element and "law_" in str(values) for values, parent in names)
        if mine and is_other:
            break
        if mine or element in starts:
            mine.append(element)
    return [Paragraph(one, opened._body) for one in mine]


def found(opened: Document, edit: Edit) -> tuple[Paragraph, Run]:
    for paragraph in clause_paragraphs(opened, edit["clause"]):
        for run in paragraph.runs:
            if edit["find"] in run.text:
                return paragraph, run
    raise ValueError(f"not found: {edit}")


# --- docx-revisions ---------------------------------------------------------------------------------------


def by_docx_revisions(tasks: list[tuple[bytes, list[Edit]]]) -> list[bytes]:
    made = []
    for data, edits in tasks:
        opened = RevisionDocument(BytesIO(data))
        for edit in edits:
            tracked(opened.document, edit)
        made.append(saved(opened.save))
    return made


def tracked(opened: Document, edit: Edit) -> None:
    paragraph, _ = found(opened, edit)
    revised = RevisionParagraph.from_paragraph(paragraph)
    words, new, author = edit["find"], edit.get("with", ""), edit["by"]
    start = revised.text.index(words)
    match edit["do"]:
        case "insert":  # at the end of a paragraph: it knows no other place
            revised.add_tracked_insertion(new, author=author)
        case "delete":
            revised.add_tracked_deletion(start, start + len(words), author=author)
        case _:
            revised.replace_tracked(words, new, author=author)


# --- Pandoc -----------------------------------------------------------------------------------------------


def with_pandoc(tasks: list[tuple[bytes, list[Edit]]]) -> list[bytes]:
    """Pandoc reads a file into words, which are edited there, and writes another file of them."""
    made = []
    for data, edits in tasks:
        tree = json.loads(by_pandoc(data, "--track-changes=all", to="json"))
        for number, edit in enumerate(edits):
            in_tree(tree, edit, str(number))
        made.append(by_pandoc(json.dumps(tree).encode(), from_="json"))
    return made


def in_tree(tree: Any, edit: Edit, id: str) -> None:
    """Edit one word of a tree: the first under the heading of the clause, which the contents list names too."""
    words = list(inlines(tree["blocks"]))
    start = max(n for n, (near, at) in enumerate(words) if near[at]["c"] == LABELS[edit["clause"]])
    siblings, at = next((near, at) for near, at in words[start:] if near[at]["c"] == edit["find"])
    siblings[at : at + 1] = edited_word(siblings[at], edit, id)


LABELS = {"law.advice": "Advice:", "law.replies": "Replies:", "law.defame": "Defamation:"}


def inlines(node: Any) -> Iterator[tuple[list[Any], int]]:
    """Every word of a tree, in order: the list in which it stands, and where."""
    if isinstance(node, dict):
        yield from inlines(node.get("c"))
    elif isinstance(node, list):
        for at, one in enumerate(node):
            if isinstance(one, dict) and one.get("t") == "Str":
                yield node, at
            else:
                yield from inlines(one)


def edited_word(word: Any, edit: Edit, id: str) -> list[Any]:
    new = [{"t": "Str", "c": edit["with"]}]
    if "by" not in edit:
        return new
    pairs = [["author", edit["by"]], ["date", DAY]]

    def span(kind: str, inner: list[Any], more: Any = ()) -> Any:
        return {"t": "Span", "c": [["", [kind], [*more, *pairs]], inner]}

    if edit["do"] == "comment":
        name = [["id", id]]
        end = {"t": "Span", "c": [["", ["comment-end"], name], []]}
        return [span("comment-start", new, name), word, end]
    if edit["do"] == "insert":
        return [word, span("insertion", new)]
    return [span("deletion", [word]), span("insertion", new)]


PROGRAMS: dict[str, Callable[[list[tuple[bytes, list[Edit]]]], list[bytes]]] = {
    "libreoffice": by_office,
    "python-docx": by_python_docx,
    "docx-revisions": by_docx_revisions,
    "pandoc": with_pandoc,
}


if __name__ == "__main__":
    main()
