"""A small library and one body in a folder of their own, where each input of a fuzz test is tried.

Whatever a stranger writes, policygen ends with 0 or 1, says what is wrong in words that a terminal can
show, and builds what it has found no fault with.
"""

from __future__ import annotations

import gc
import json
import signal
from collections.abc import Mapping
from pathlib import Path
from time import sleep
from typing import Any
from unicodedata import category

import pytest
from click.testing import Result
from organisations import EVERYTHING
from small import LAW, ROOT, Small, policygen

from policygen.load.library import library
from policygen.load.library.outline import load_outlines

TEMPLATES = (
    ROOT / "templates"
)  # whose labels say what the program prints, whatever a stranger's say

LIMIT = 2.0  # seconds of a processor that a command may take, in `make audit` only
COUNT = 3500 if EVERYTHING else 15  # inputs of each of six kinds: 90, and 21,000 in `make audit`
FULL = """\
name: Fenwick Borough Council
short_name: the council
kind: council
jurisdiction: england
posture: balanced
postures: {law: cautious}
services: [desk]
languages: [en-GB]
local_names: {cy: Cyngor Fenwick}
website: https://www.fenwick.example
complaints: https://www.fenwick.example/complaints
brand: {colour: "#1d4f91"}
policy:
  number: COM-014
  version: "1.0"
  status: draft
  owner: {role: Head of Communications, email: comms@fenwick.example, phone: "01632 960 010"}
  approver: {role: Cabinet member for resources}
  issued: 2026-12-07
contacts:
  legal: {role: the Legal Services team, email: legal@fenwick.example}
channels:
  - {platform: Facebook, handle: Fenwick, purpose: News, owner: the officer, languages: [en-GB],
     staffed_hours: "Monday to Friday, 9am to 5pm", response_time: 1 working day, moderation: after}
approval:
  - {content: routine posts, approver: channel owner, within: 1 working day}
elected_members: true
elections: [{event: Borough elections, starts: 2027-03-22, ends: 2027-05-06}]
unions: [UNISON]
professions: [{name: social workers, regulator: Social Work England, guidance: "https://x.example/g"}]
delivery_partners: [Fenwick Homes]
banned_apps: [An app]
related_policies: [{title: Officer code, url: "https://www.fenwick.example/code"}]
"""
LAYER = """\
title: United Kingdom
says: You work in every part of it.
language: en-GB
services: [desk]
facts:
  terms: {staff: officers, election_period: pre-election period}
  law: {information_act: Freedom of Information Act 2000, information_days: 20}
  values: [{name: Integrity, meaning: you put the public first}]
  examples: {desk: {notice: our desk is closed today}}
"""
SOURCES = """\
a-source:
  title: Freedom of Information Act 2000
  year: 2000
  jurisdiction: uk
  publisher: legislation.gov.uk
  url: https://www.legislation.gov.uk/ukpga/2000/36
  status: in-force
  checked_on: 2026-11-21
  valid_from: 2005-01-01
  note: A note.
"""
BASE_LAW = (
    LAW
    + """\

## Who may ask {#law.ask}

- source: a-source s.3
- audience: comms, public
- under: think

### Overview

Ask {{ organisation.short_name }}.

### Snapshot

Answer within {{ law.information_days }} days under the {{ law.information_act }}.

### Rule

The {{ terms.staff }} of {{ organisation.name }} answer, and [records](#law.records) say how.

{% for channel in channels %}
- {{ channel.platform }}: {{ channel.purpose }}
{% endfor %}

{% if examples.notice %}
"{{ examples.notice | sentence }}."
{% endif %}

{% if elections %}
In the {{ terms.election_period }} before {{ elections[0].event }} we are careful.
{% endif %}

| Value | Means |
|---|---|
{% for value in values %}
| {{ value.name }} | {{ value.meaning }} |
{% endfor %}
"""
)
FILES = {
    "base/law.md": BASE_LAW,
    "jurisdiction/uk/layer.yaml": LAYER,
    "jurisdiction/uk/sources.yaml": SOURCES,
    "organisation/profile.yaml": FULL,
}


TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


class TooSlow(BaseException):
    """Not an Exception, so that nothing on the way takes it for its own."""


class Playground(Small):
    """The files that are right, and what comes of putting others in their places."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        super().__init__(folder, patch)
        patch.setattr(library, "load_outlines", lambda roots, _: load_outlines(roots, TEMPLATES))
        self.write(FILES)
        self.right = {path: path.read_bytes() for path in _files()}
        assert self.run("check", "example").exit_code == 0
        assert self.run("build", "example").exit_code == 0  # libraries are imported out of the time
        self.policy_json = self._policy_json()
        Path("policy.json").write_text(json.dumps(self.policy_json))

    def _policy_json(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(Path("dist/example/policy.json").read_bytes())
        return data

    def trial(self, files: Mapping[str, str | bytes], *formats: str) -> bool:
        """Check the body with these files in place of the right ones, and build it where nothing is wrong.

        Returns whether it was built.
        """
        self._restore()
        self.write(files)
        checked = self.ends("check", "example")
        if checked.exit_code == 0:
            wanted = [word for name in formats or ("md", "html") for word in ("-f", name)]
            built = self.ends("build", "example", "-e", "full-story", *wanted)
            assert built.exit_code == 0, f"check passed, and build says:\n{built.output}"
        return checked.exit_code == 0

    def ends(self, *words: str) -> Result:
        """Run a command, which must end as it should, and in time."""
        result = in_time(words) or in_time(words) or in_time(words, pause=5)
        assert result is not None, f"{' '.join(words)} takes more than {LIMIT} seconds, three times"
        assert result.exit_code in (0, 1), result.output
        assert not (odd := unprintable(result.output)), f"A terminal would get {odd}"
        return result

    def _restore(self) -> None:
        for path in _files():
            if path not in self.right:
                path.unlink()
        for path, data in self.right.items():
            if not path.exists() or path.read_bytes() != data:
                path.write_bytes(data)


def _files() -> list[Path]:
    return [
        path
        for root in ("profiles", "templates", "dist")
        for path in Path(root).rglob("*")
        if path.is_file()
    ]


def unprintable(text: str) -> list[str]:
    """Controls, marks that turn the direction, half characters; joiners and other marks of no width are none."""
    controls = ("Cc", "Cs", "Zl", "Zp")
    return sorted(
        {ascii(c) for c in text if c != "\n" and (category(c) in controls or c in TURNING)}
    )


def in_time(words: tuple[str, ...], pause: float = 0) -> Result | None:
    """Run a command; None where `make audit` has stopped it at LIMIT.

    Once may be the garbage of thousands of commands before it, and twice a processor that others keep
    busy: one input in seven thousand took five times as long as alone. So a caller asks three times, the
    last after a pause of so many seconds. What is slow by itself is slow each time.
    """
    if not EVERYTHING:
        return policygen(*words)
    sleep(pause)
    gc.collect()
    gc.freeze()  # what hypothesis remembers grows by each input, and is not looked through again
    overran: list[bool] = []

    def stop(*_: object) -> None:
        overran.append(True)
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT)
    try:
        result = policygen(*words)
    except TooSlow:
        return None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return None if overran else result  # raised in a finaliser, it is lost on the way
