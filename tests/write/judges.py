"""Judges from outside: each is given finished files and returns its faults, one line each, none where all is sound."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from tools import outside_tool

PATIENCE = 180  # seconds for the validator to start
# An id may hold a dot, and a title a long name: both are sound.
RULES = {"valid-id": ["error", {"relaxed": True}], "long-title": "off"}
# It answers each path that it is sent with a line of faults, and ends with the folder of this test run.
VALIDATE = """
import { existsSync, readFileSync } from "node:fs"
import { createServer } from "node:net"
import { createInterface } from "node:readline"
const [, program, place] = process.argv
const { default: validate } = await import(program)
createServer(async caller => {
  for await (const path of createInterface({ input: caller })) {
    const faults = await validate(new Uint8Array(readFileSync(path)), "Microsoft365")
    caller.write(JSON.stringify(faults) + "\\n")
  }
}).listen(place)
setInterval(() => existsSync(place) || process.exit(), 1000)
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


# What the validator of PDF/A does not know, and cannot judge: patterns and shadings, which WeasyPrint
# declares in each file; the schema of PDF/UA's claim, which a file that is both must bring; level A.
UNKNOWN = re.compile(
    r"^pikepdf:.*(?:patterns?|shadings?)\b"
    r"|XMP (?:namespace pdfa|property (?:pdfuaid:part|pdfaExtension))"
    r"|pdfaid:conformance is 'A', expected 'B'"
)


def pdfa(data: bytes) -> list[str]:
    """pikepdf's validator of PDF/A-2b: all of 2a but its tags."""
    from pikepdf.pdfa import validate_written

    findings = [str(one) for one in validate_written(BytesIO(data), "2b").findings]
    told = [finding.partition("] ")[2] for finding in findings]
    return [finding for finding in told if not UNKNOWN.search(finding)]


def verapdf(path: Path, flavour: str) -> list[str]:
    """veraPDF, by `ua1` or `2a`. Nothing installs it: where it is not, the test is skipped by name."""
    program = shutil.which("verapdf")
    if not program:
        pytest.skip("verapdf is not installed: see https://verapdf.org")
    done = subprocess.run([program, "-f", flavour, path], capture_output=True)
    report = etree.fromstring(done.stdout).find(".//validationReport")
    if report is not None and report.get("isCompliant") == "true":
        return []
    rules = etree.fromstring(done.stdout).iterfind(".//rule[@status='failed']")
    failed = [f"{rule.get('clause')}: {rule.findtext('description')}" for rule in rules]
    return failed or [done.stderr.decode() or "no verdict"]


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
    place = _validator()
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(place))
        with line.makefile("rw", encoding="utf-8") as caller:
            caller.write(f"{path.resolve()}\n")
            caller.flush()
            faults = caller.readline()
    return list(json.loads(faults)) if faults else pytest.fail(_log(place))


def _validator() -> Path:
    """Where the validator listens. It is started once in a test run: that takes ten seconds."""
    place = Path(os.environ["POLICYGEN_SHARED"]) / "validator"
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            _start_validator(place)
    return place


def _start_validator(place: Path) -> None:
    package = (outside_tool("@ooxml-tools/validate") / "dist/npm/index.js").as_uri()
    node = [outside_tool("node"), "--input-type=module", "--eval", VALIDATE, package, place]
    alone = ["sh", "-c", 'log=$1; shift; "$@" >"$log" 2>&1 </dev/null &', "sh"]
    subprocess.run(
        [*alone, place.with_suffix(".log"), *node], check=True
    )  # it outlives the process that starts it
    for _ in range(PATIENCE * 10):
        if place.exists():
            return
        time.sleep(0.1)
    pytest.fail(_log(place))


def _log(place: Path) -> str:
    return place.with_suffix(".log").read_text("utf-8")[-3000:]


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
