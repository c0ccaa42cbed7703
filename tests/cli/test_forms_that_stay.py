"""An empty form is written over no other file: what people filled into one is not to be had again."""

from __future__ import annotations

from pathlib import Path

import pytest
from consulting import opened
from small import Small

FORMS = {
    "facts.xlsx": ("facts", "example", "--out"),
    "worksheet.xlsx": ("match", "example", "old.md", "--out"),
    "worksheet.csv": ("match", "example", "old.md", "--out"),
    "answers.xlsx": ("consult", "print", "sheet", "example", "--out"),
    "pack.xliff": ("translate", "example", "--to", "cy", "--out"),
    "pack.xlsx": ("translate", "example", "--to", "cy", "--out"),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("consultation") / "example"


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_written_over_itself_and_over_nothing_else(
    small: Small, kept: Path, name: str
) -> None:
    body = opened(small, kept)
    Path("old.md").write_text("# Old\n\nSave each post within 3 days.\n")
    command = (*FORMS[name], name)
    for _ in range(2):  # the same form again is no loss
        done = body.run(*command)
        assert done.exit_code == 0, done.output
    Path(name).write_bytes(b"filled in")
    refused = body.run(*command)
    assert refused.exit_code == 1
    assert f"{name}: error: This file is there already" in refused.stderr
    assert Path(name).read_bytes() == b"filled in"
