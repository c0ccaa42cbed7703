"""Judges from outside: each is given finished files and returns its faults, one line each, none where all is sound."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import pytest
from tools import outside_tool

# An id may hold a dot, and a title a long name: both are sound.
RULES = {"valid-id": ["error", {"relaxed": True}], "long-title": "off"}
# It answers a path on each line with its faults; the validator itself prints lines of its own.
VALIDATE = """
import { readFileSync } from "node:fs"
import { createInterface } from "node:readline"
const { default: validate } = await import(process.argv[1])
for await (const path of createInterface({ input: process.stdin })) {
  const faults = await validate(new Uint8Array(readFileSync(path)), "Microsoft365")
  console.log("\\nfaults " + JSON.stringify(faults))
}
"""


def html_validate(pages: Sequence[Path]) -> list[str]:
    """html-validate, on all pages at once."""
    program = outside_tool("html-validate") / "bin/html-validate.mjs"
    with tempfile.TemporaryDirectory() as folder:
        config, report = Path(folder) / "rules.json", Path(folder) / "report"
        config.write_text(
            json.dumps({"root": True, "extends": ["html-validate:recommended"], "rules": RULES})
        )
        command = ["node", program, "--config", config, "--formatter", f"json={report}", *pages]
        done = subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, "NODE_NO_WARNINGS": "1"}
        )
        assert done.returncode in (0, 1), done.stderr
        found = json.loads(report.read_text("utf-8"))
    return [
        f"{Path(one['filePath']).name}: {m['ruleId']}: {m['message']}"
        for one in found
        for m in one["messages"]
    ]


def openxml_audit(path: Path) -> list[str]:
    """The PyPI validator of DOCX."""
    audit = pytest.importorskip("openxml_audit")
    return [
        f"{path.name}: {error}" for error in audit.OpenXmlValidator().validate(str(path)).errors
    ]


def ooxml_validate(paths: Iterable[Path]) -> list[str]:
    """The npm validator of DOCX, Microsoft's own rules, which finds other faults."""
    return [f"{path.name}: {fault}" for path in paths for fault in _microsoft(path)]


def _microsoft(path: Path) -> list[object]:
    running, said = _running(), []
    assert running.stdin
    assert running.stdout
    running.stdin.write(f"{path}\n")
    running.stdin.flush()
    for line in running.stdout:
        if line.startswith("faults "):
            return list(json.loads(line.removeprefix("faults ")))
        said.append(line)
    pytest.fail("".join(said[-30:]))


@cache
def _running() -> subprocess.Popen[str]:
    """The validator, started once: that takes ten seconds, and a file a part of one."""
    package = (outside_tool("@ooxml-tools/validate") / "dist/npm/index.js").as_uri()
    command = [outside_tool("node"), "--input-type=module", "--eval", VALIDATE, package]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    running = subprocess.Popen(command, text=True, encoding="utf-8", **pipes)
    atexit.register(running.kill)
    return running


def libreoffice(paths: Sequence[Path], out: Path) -> list[str]:
    """LibreOffice opens each and prints it as `out/<name>.pdf`. It is started once, with a home of its own."""
    home = f"-env:UserInstallation={(out / 'home').as_uri()}"
    command = [
        outside_tool("soffice"),
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        out,
        *paths,
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    printed = [out / f"{path.stem}.pdf" for path in paths]
    return [
        f"{path.stem}: not opened"
        for path in printed
        if not path.exists() or path.stat().st_size < 1000
    ]


def qpdf(path: Path) -> list[str]:
    """qpdf, on the file's structure and streams."""
    done = subprocess.run([outside_tool("qpdf"), "--check", path], capture_output=True, text=True)
    return [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()


def poppler_tags(path: Path) -> list[str]:
    """The tags of a PDF as Poppler finds them, in the order of reading: `Document`, `H1`, `Span`."""
    lines = (line.split() for line in _pdfinfo("-struct", path))
    return [
        words[0].strip(":") for words in lines if words[0][0].isupper() and words[0] != "Object"
    ]


def poppler_text(path: Path) -> str:
    """What Poppler reads along the tags, without spaces. Takes minutes for a hundred pages."""
    return "".join(
        "".join(line.strip()[1:-1].split())
        for line in _pdfinfo("-struct-text", path)
        if '"' in line
    )


def _pdfinfo(what: str, path: Path) -> list[str]:
    done = subprocess.run(
        [outside_tool("pdfinfo"), what, path], capture_output=True, text=True, check=True
    )
    assert not done.stderr, done.stderr
    return [line for line in done.stdout.splitlines() if line.strip()]
