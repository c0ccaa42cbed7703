"""One result to a file or to standard output: which format, whole or not at all, never binary to a terminal."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from policygen.cli import output
from policygen.cli.output import deliver, document_bytes, output_options
from policygen.cli.show import problems_shown
from policygen.model import document as doc
from policygen.problems import PolicygenError
from policygen.store import files as disk

FORMATS = ("terminal", "html", "docx", "pdf", "markdown", "json")
DATA = {"pdf": b"%PDF-\xff\x00", "docx": b"PK\xff\x00"}


@click.command()
@output_options(FORMATS, "terminal")
def command(format: str, out: Path | None) -> None:
    """Deliver a text that says the format."""
    with problems_shown():
        deliver(DATA.get(format, click.style(format, fg="red")), format, out)


def run(*words: str) -> Result:
    result = CliRunner().invoke(command, list(words))
    assert not result.exception or isinstance(result.exception, SystemExit)
    return result


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], b"terminal\n"),
        (["--format", "html"], b"html\n"),
        (["-f", "md"], b"markdown\n"),
        (["-f", "pdf"], DATA["pdf"]),
        (["-f", "json", "--out", "-"], b"json\n"),
    ],
)
def test_standard_output(words: list[str], said: bytes) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout_bytes, result.stderr) == (0, said, "")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "sheet.pdf"], DATA["pdf"]),
        (["-o", "new/folder/sheet.HTM"], b"html\n"),
        (["-o", "sheet.md"], b"markdown\n"),
        (["-o", "sheet.txt"], b"terminal\n"),
        (["-o", "sheet"], b"terminal\n"),
        (["-o", "sheet.txt", "-f", "json"], b"json\n"),
        (["-o", "sheet.x", "-f", "docx"], DATA["docx"]),
    ],
)
def test_the_name_of_a_file_says_its_format(words: list[str], said: bytes) -> None:
    result = run(*words)
    assert (result.exit_code, result.output) == (0, "")
    assert Path(words[1]).read_bytes() == said


@pytest.mark.parametrize("name", ["sheet.csv", "sheet.xlsx"])
def test_a_name_that_says_no_format_of_this_command(name: str) -> None:
    result = run("-o", name)
    assert result.exit_code == 1
    assert f'error: The name "{name}" does not say which format' in result.stderr
    assert "Give --format (terminal, html, docx, pdf, markdown, json)" in result.stderr
    assert not Path(name).exists()


def test_an_unknown_format_is_wrong_usage() -> None:
    assert run("-f", "rtf").exit_code == 2


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("format", DATA)
def test_a_terminal_is_not_sent_what_it_cannot_show(
    format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = output.sys.stdout
    monkeypatch.setattr(output.sys, "stdout", Terminal())
    with pytest.raises(PolicygenError) as raised:
        deliver(DATA[format], format, None)
    deliver(DATA[format], format, Path("sheet"))
    deliver("text", "html", None)
    monkeypatch.setattr(output.sys, "stdout", real)
    assert f"Give --out FILE, or send it to a file: > FILE.{format}" in str(raised.value)
    assert Path("sheet").read_bytes() == DATA[format]


def test_a_full_disk_leaves_the_file_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("sheet.html").write_text("before")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk, "write_synced", full)
    result = run("-o", "sheet.html")
    assert result.exit_code == 1
    assert (
        "sheet.html: error: The file cannot be written: no space left on device." in result.stderr
    )
    assert [p.read_text() for p in Path().iterdir()] == ["before"]


def test_a_folder_stands_where_the_file_should() -> None:
    Path("sheet.html").mkdir()
    result = run("-o", "sheet.html")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "error: The file cannot be written: it is a folder." in result.stderr


def test_a_name_that_is_too_long() -> None:
    result = run("-o", "a" * 300 + ".html")
    assert (result.exit_code, result.stdout) == (1, "")
    assert ".html: error: Nothing can be written here: file name too long." in result.stderr


def test_a_link_stays_a_link_and_a_pipe_a_pipe() -> None:
    Path("real.html").write_text("before")
    Path("link.html").symlink_to("real.html")
    assert run("-o", "link.html").exit_code == 0
    assert Path("link.html").is_symlink()
    assert Path("real.html").read_text() == "html\n"
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run("-o", "pipe").exit_code == 0
        assert Path("pipe").is_fifo()
        assert os.read(reader, 100) == b"terminal\n"
    finally:
        os.close(reader)


def test_a_document_is_written_by_either_name_of_markdown() -> None:
    masthead = doc.Masthead("Fenwick", (), "Sheet", "", "", doc.Tag("Draft", solid=False))
    meta = doc.Meta("Sheet", "Fenwick", "", "", "en")
    sheet = doc.Document(meta, "brief", masthead, doc.Running("", "", "", "{page}"), ())
    assert document_bytes(sheet, "markdown") == document_bytes(sheet, "md")
    assert b"Sheet" in document_bytes(sheet, "html")
