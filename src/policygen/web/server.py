"""The server: on this computer only, until it is told to end."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import uvicorn

from policygen.pipeline.workspace import Workspace
from policygen.problems import PolicygenError, Problem
from policygen.web.app import make_app
from policygen.web.security import Key
from policygen.web.session import Session

_HOST = "127.0.0.1"
# How often Python looks for what nobody needs: a page makes 100,000 objects that end by themselves.
_RARELY = (50_000, 20, 20)


def run_server(
    folder: Path,
    workspace: Workspace,
    port: int,
    on_ready: Callable[[str], None],
    today: Callable[[], date | None] = lambda: None,
) -> None:
    """Serve a folder of profiles until somebody ends it; `on_ready` hears the address to open.

    `today` is asked for the day each time that something is checked. Port 0 lets the system choose
    one. Raises PolicygenError for a port that is taken.
    """
    gc.set_threshold(*_RARELY)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        _bind(listening, port)
        key = Key(listening.getsockname()[1])
        session = Session(folder, workspace, day=today)
        config = uvicorn.Config(
            make_app(session, key),
            access_log=False,
            date_header=False,
            lifespan="off",
            log_level="warning",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=2,
            ws="none",
        )
        server = uvicorn.Server(config)

        def stop() -> None:
            server.should_exit = True

        session.stop = stop
        listening.listen()
        on_ready(key.address)
        with suppress(KeyboardInterrupt):  # Ctrl-C is how it is ended, and no fault
            server.run(sockets=[listening])


def _bind(listening: socket.socket, port: int) -> None:
    try:
        listening.bind((_HOST, port))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or "there is no such port"
        what = f"Port {port} cannot be used: {reason.lower()}."
        mend = "Leave --port out: then a free one is taken."
        raise PolicygenError([Problem(what, mend, code="PG903")]) from None
