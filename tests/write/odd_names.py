"""Organisations whose names try the look: long ones, one of a single word, two scripts, signs of code."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from organisations import PROFILES, once, workspace

from policygen.model.document import Document
from policygen.model.policy import Policy
from policygen.pipeline.compose_profile import compose_profile
from policygen.present.edition import present
from policygen.write.docx.writer import DocxWriter
from policygen.write.pdf.writer import render

# Their names, and the example whose other facts they have; Raupōroa's policy is a draft.
ODD = {
    "sixty-letters": ("fenwick", "North Fenwick, Marsh Vale and Upper Holm Joint Borough Council"),
    "one-word": ("fenwick", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"),
    "two-scripts": ("rauporoa", "Te Kaunihera ā-Rohe o Raupōroa Ελληνική Кирилиця"),
    "signs": ("fenwick", "Council {x} & <Sons> {{ y }}"),
}
EDITIONS = ("starter-card", "house-rules")


@cache
def policy(kind: str) -> Policy:
    example, name = ODD[kind]
    text = (PROFILES / example / "profile.yaml").read_text("utf-8")
    text = re.sub(r"^name: .*", lambda _: f"name: '{name}'", text, count=1, flags=re.M)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "profile.yaml"
        file.write_text(text, "utf-8")
        for other in (PROFILES / example).glob("*"):
            if other.is_file() and other.name != file.name:
                (Path(folder) / other.name).write_bytes(other.read_bytes())
        return compose_profile(file, workspace()).policies[0]


def document(kind: str, edition: str) -> Document:
    return present(policy(kind), edition)


def as_docx(kind: str, edition: str) -> bytes:
    return DocxWriter().write(document(kind, edition))


def as_pdf(kind: str, edition: str) -> bytes:
    return once(f"odd-{kind}-{edition}.pdf", lambda: render(document(kind, edition)).pdf)
