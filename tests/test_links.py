"""`make links` tells a page that answers from one that is gone, and a missing network from both."""

from __future__ import annotations

import importlib.util
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import ModuleType

import pytest
from organisations import ROOT


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_links", ROOT / "tools/check_links.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(int(self.path.strip("/")))
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("code", "state"), [(200, "ok"), (404, "dead"), (410, "dead"), (403, "unsure")]
)
def test_what_a_page_answers(tool: ModuleType, address: str, code: int, state: str) -> None:
    assert tool.look_up(f"{address}/{code}")[0] == state


def test_a_host_that_does_not_exist(tool: ModuleType) -> None:
    assert tool.look_up("https://nowhere.invalid/page")[0] == "offline"


@pytest.mark.parametrize(
    ("states", "status", "said"),
    [
        (("ok", "ok"), 0, "2 answer, 0 dead"),
        (("ok", "dead"), 1, "1 answer, 1 dead"),
        (("offline", "offline"), 2, ""),
    ],
)
def test_the_status_says_what_was_found(
    tool: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    states: tuple[str, ...],
    status: int,
    said: str,
) -> None:
    found = {f"https://law.example/{n}": state for n, state in enumerate(states)}
    monkeypatch.setattr(
        tool, "sources", lambda: iter((f"source-{n}", url) for n, url in enumerate(found))
    )
    monkeypatch.setattr(tool, "look_up", lambda url: (found[url], "a reason"))
    assert tool.main() == status
    assert said in capsys.readouterr().out


def test_every_address_of_the_library_is_asked_for_once(tool: ModuleType) -> None:
    addresses = [url for _, url in tool.sources()]
    assert len(addresses) == len(set(addresses)) > 150
    assert all(url.startswith("https://") for url in addresses)
