"""Somebody with a browser and without script, who asks the page of one folder of profiles."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from organisations import PROFILES
from small import Small
from starlette.testclient import TestClient

from policygen.pipeline.workspace import Workspace
from policygen.web.app import make_app
from policygen.web.security import Key
from policygen.web.session import Session


@cache
def workspace() -> Workspace:
    """One for all tests of the page: the library is read once."""
    return Workspace()


@dataclass
class Form:
    """A form as a browser sees it: where it goes, and what it would send as it stands."""

    action: str
    values: dict[str, str | list[str]] = field(default_factory=dict)


class _Forms(HTMLParser):
    """Reads the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in given:
                return
            if kind != "file":
                self._add(name, given.get("value", ""))
        elif tag == "select":
            self.select = name
            self._first = True
        elif tag == "option" and self.select and (self._first or "selected" in given):
            self.forms[-1].values[self.select] = given.get("value", "")
            self._first = False
        elif tag == "textarea":
            self.area = name
            self.forms[-1].values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        if tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1].values[self.area] = str(self.forms[-1].values[self.area]) + data

    def _add(self, name: str, value: str) -> None:
        values = self.forms[-1].values
        if name in values:
            before = values[name]
            values[name] = [*(before if isinstance(before, list) else [before]), value]
        else:
            values[name] = value


class Answer:
    """What came back."""

    def __init__(self, response: Any) -> None:
        self.status: int = response.status_code
        self.html: str = response.text
        self.data: bytes = response.content
        self.headers = response.headers
        # A page speaks of no command and no option, whatever a Problem says in a terminal.
        if "/static/page.css" in self.html:
            found = re.findall(r"`policygen [^`]*`|\s--[a-z]+", self.text)
            assert found == [], self.text

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        shown = re.sub(r"<(script|style|head).*?</\1>|<[^>]+>", " ", self.html, flags=re.S)
        return " ".join(shown.replace("&#39;", "'").replace("&#34;", '"').split())

    def form(self, action: str) -> Form:
        reader = _Forms()
        reader.feed(self.html)
        return next(form for form in reader.forms if form.action == action)


class Visitor:
    """Opens pages and sends forms; it has come in by the printed address."""

    def __init__(self, folder: Path, port: int = 8123) -> None:
        self.folder = folder
        self.key = Key(port)
        self.session = Session(folder, workspace())
        self.client = TestClient(make_app(self.session, self.key), base_url=self.key.origin)
        self.client.headers["origin"] = self.key.origin
        assert self.client.get(self.key.address).status_code == 200

    def open(self, path: str, **headers: str) -> Answer:
        return Answer(self.client.get(path, headers=headers))

    def send(self, form: Form, files: Any = None, **typed: str) -> Answer:
        """Send a form as it stands, but for what is typed; a name with `__` for each full stop."""
        values = {**form.values, **{key.replace("__", "."): text for key, text in typed.items()}}
        return Answer(self.client.post(form.action, data=values, files=files))

    def type(self, group: str, **typed: str) -> Answer:
        """Open a page of the facts, type into it and save it."""
        path = f"/body/ours/facts/{group}"
        return self.send(self.open(path).form(path), **typed)

    @property
    def profile(self) -> Path:
        return self.folder / "ours/profile.yaml"

    @property
    def yaml(self) -> str:
        return self.profile.read_text("utf-8")


def a_body(folder: Path) -> Path:
    """A folder of profiles with a copy of an example that has all sorts of facts."""
    shutil.copytree(PROFILES / "fenwick", folder / "ours")
    file = folder / "ours/profile.yaml"
    # Addresses in quotes, as the page writes them: the fast parser reads no others within brackets.
    file.write_text(re.sub(r"url: (https:[^\s,}]+)}", r'url: "\1"}', file.read_text("utf-8")))
    return folder


def a_town(small: Small) -> Visitor:
    """A visitor of a small body, which a small library serves."""
    town = Visitor(Path("profiles"))
    town.session.workspace = small.workspace()
    return town


def bring(visitor: Visitor, page: str, *files: tuple[str, bytes], **values: str) -> Answer:
    """Send files to a page of a small body, as its form does."""
    form = Form(f"/body/example/{page}", dict(values))
    return visitor.send(
        form, files=[("file", (*file, "application/octet-stream")) for file in files]
    )


def the_form(answer: Answer, field: str) -> Form:
    """The form of a page that has a field of a name."""
    reader = _Forms()
    reader.feed(answer.html)
    return next(form for form in reader.forms if field in form.values)
