"""Who may ask, and what nobody gets: each attack is tried, and refused."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from visitor import Visitor, workspace

from policygen.web import session
from policygen.web.app import ROUTES
from policygen.web.server import run_server

HTMX = "22283ef68cb7545914f0a88a1bdedc7256a703d1d580c1d255217d0a50d31313"


def stranger(visitor: Visitor) -> TestClient:
    """A browser on this computer that never saw the printed address."""
    return TestClient(visitor.client.app, base_url=visitor.key.origin)


@pytest.mark.parametrize("path", [path for path, _, _ in ROUTES])
def test_without_the_cookie_nothing_is_told(path: str, visitor: Visitor) -> None:
    asked = path.replace("{body}", "ours").replace("{file}", "page.css")
    answer = stranger(visitor).get(asked)
    assert answer.status_code == 401
    assert "Fenwick" not in answer.text


def test_it_listens_on_this_computer_only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bound: list[object] = []

    def serve_nothing(self: object, sockets: list[socket.socket]) -> None:
        bound.extend(one.getsockname()[0] for one in sockets)

    monkeypatch.setattr("uvicorn.Server.run", serve_nothing)
    printed: list[str] = []
    run_server(tmp_path, workspace(), 0, printed.append)
    assert bound == ["127.0.0.1"]
    assert printed[0].startswith("http://127.0.0.1:")


def test_the_vendored_script_is_the_one_that_the_list_of_parts_names() -> None:
    """htmx.org 2.0.8 as npm has it: whoever renews it renews this, and the version in tools/sbom.py."""
    data = files("policygen").joinpath("web/static/htmx.min.js").read_bytes()
    assert hashlib.sha256(data).hexdigest() == HTMX


def test_the_printed_address_is_exchanged_for_a_strict_cookie(visitor: Visitor) -> None:
    client = stranger(visitor)
    assert client.get("/?token=guessed").status_code == 401
    answer = client.get(visitor.key.address)
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert visitor.key.token not in answer.text
    assert client.get("/").status_code == 200


def test_a_cookie_of_another_run_opens_nothing(visitor: Visitor) -> None:
    client = stranger(visitor)
    for value in ("", "guessed", visitor.key.token, '"'):
        answer = client.get("/", headers={"cookie": f"{visitor.key.cookie_name}={value}"})
        assert answer.status_code == 401


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:80", "evil.example:8123"])
def test_a_foreign_name_that_leads_here_is_refused(host: str, visitor: Visitor) -> None:
    """DNS rebinding: the browser has the cookie of its own address only, and yet."""
    answer = visitor.open("/", host=host)
    assert answer.status == 403
    assert "Fenwick" not in answer.html


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "http://127.0.0.1:80"])
def test_a_form_of_a_foreign_page_is_refused(origin: str, visitor: Visitor) -> None:
    before = visitor.yaml
    form = visitor.open("/body/ours/facts/public").form("/body/ours/facts/public")
    visitor.client.headers["origin"] = origin
    answer = visitor.send(form, website="https://stolen.example")
    assert answer.status == 403
    assert visitor.yaml == before


def test_every_form_is_guarded_alike(visitor: Visitor) -> None:
    visitor.client.headers["origin"] = "http://evil.example"
    for path, _, takes_form in ROUTES:
        if takes_form:
            asked = path.replace("{body}", "ours").replace("{group}", "you")
            assert visitor.client.post(asked, data={"x": "y"}).status_code == 403


def test_what_is_asked_for_in_passing_changes_nothing(visitor: Visitor) -> None:
    """A picture or a link of a foreign page can ask with GET, so GET only shows."""
    before = visitor.yaml
    visitor.open("/body/ours/facts/you?name=Stolen&digest=1")
    visitor.open("/stop")
    assert visitor.yaml == before
    assert visitor.open("/").status == 200


def test_a_page_may_run_only_our_script_and_reach_only_us(visitor: Visitor) -> None:
    answer = visitor.open("/body/ours")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "<style" not in answer.html
    assert " style=" not in answer.html
    assert " on" not in answer.html.replace("Only", "").partition("<body>")[0]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_a_printed_document_runs_nothing(visitor: Visitor) -> None:
    policy = visitor.open("/body/ours/show/overview").headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script" not in policy
    assert "sandbox " in visitor.open("/body/ours/preview").html


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7*7 }}'


def test_a_hostile_name_is_a_text_everywhere(visitor: Visitor) -> None:
    assert visitor.type("you", name=HOSTILE, short_name=HOSTILE).status == 200
    assert visitor.type("channels", channels__0__platform=HOSTILE).status == 200
    for path in ("/", "/body/ours", "/body/ours/facts/you", "/body/ours/facts/channels"):
        html = visitor.open(path).html
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "&lt;script&gt;alert" in html
        assert "49" not in html.partition("{{ 7*7 }}")[0][-20:]


TRICKS = [
    "/body/..%2F..%2Fetc/file/passwd",
    "/body/ours/file/..%2Fprofile.yaml",
    "/body/ours/file/profile.yaml",
    "/body/ours/file/overview.exe",
    "/body/ours/show/..%2F..%2Fsecret",
    "/body/.%2E",
    "/static/..%2Fsession.py",
    "/static/session.py",
    "/body/ours/facts/..%2F",
    "/body/ours/facts/library",
    "/body/%00/facts/you",
]


@pytest.mark.parametrize("path", TRICKS)
def test_a_trick_with_paths_leads_nowhere(path: str, visitor: Visitor) -> None:
    answer = visitor.open(path)
    assert answer.status == 404
    assert "Traceback" not in answer.html


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0"
    "000003010100c9fe92ef0000000049454e44ae426082"
)


def upload(visitor: Visitor, name: str, data: bytes) -> int:
    form = visitor.open("/body/ours/facts/look").form("/body/ours/logo")
    return visitor.send(form, files={"logo": (name, data, "image/png")}).status


@pytest.mark.parametrize(
    "name", ["../../evil.png", "..\\..\\evil.png", "/etc/evil.png", "evil.PNG"]
)
def test_of_an_uploads_name_only_the_ending_counts(name: str, visitor: Visitor) -> None:
    def files() -> set[Path]:
        return {path.relative_to(visitor.folder) for path in visitor.folder.rglob("*.png")}

    assert upload(visitor, name, PNG) == 200
    assert files() == {Path("ours/logo.png")}
    assert "logo: logo.png" in visitor.yaml
    assert not (visitor.folder.parent / "evil.png").exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.exe", PNG),
        ("", b""),
        ("logo.png", b"<svg/>"),
        ("logo.svg", PNG),
        ("logo.png", PNG[:50]),
    ],
)
def test_what_is_no_picture_is_not_taken(name: str, data: bytes, visitor: Visitor) -> None:
    before = visitor.yaml
    assert upload(visitor, name, data) in (400, 422)
    assert visitor.yaml == before


def test_an_upload_puts_no_other_file_away(visitor: Visitor) -> None:
    (visitor.folder / "ours/logo.png").write_bytes(b"somebody's own")
    assert upload(visitor, "logo.png", PNG) == 200
    assert (visitor.folder / "ours/logo.png").read_bytes() == b"somebody's own"
    assert "logo: logo-2.png" in visitor.yaml


def test_a_huge_upload_is_read_no_further_than_its_bound(visitor: Visitor) -> None:
    """Whatever its length says: what is sent in pieces has none."""
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(200):
            sent += 100_000
            yield b"x" * 100_000

    answer = visitor.client.post("/body/ours/logo", content=pieces())
    assert answer.status_code == 413
    assert "larger than 3 MB" in answer.text


def test_what_is_no_form_is_told_plainly(visitor: Visitor) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = visitor.client.post("/body/ours/logo", content=b"--y\r\nnonsense", headers=headers)
    assert answer.status_code in (400, 409)
    assert "Traceback" not in answer.text
    fields = {f"f{number}": "x" for number in range(2_500)}
    assert visitor.client.post("/body/ours/facts/you", data=fields).status_code == 400


def test_a_mistake_of_ours_shows_no_traceback(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(session, "profiles_in", broken)
    client = TestClient(visitor.client.app, visitor.key.origin, raise_server_exceptions=False)
    client.get(visitor.key.address)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "mistake in policygen" in answer.text
    assert "secret words" not in answer.text
