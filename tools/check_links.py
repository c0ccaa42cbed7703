"""Look up the address of every source in the library, and say which are dead.

    python tools/check_links.py

A page that is gone (404, 410) or a host that does not exist is dead: the status is then 1. A site that refuses
programs, or does not answer in time, is only reported. Without a network nothing can be said, and the status is 2.
"""

from __future__ import annotations

import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from policygen.load.library.library import load_library

_AGENT = {"User-Agent": "Mozilla/5.0 (policygen link check)"}
_GONE = (404, 410)


def look_up(url: str) -> tuple[str, str]:
    """(ok, dead, unsure or offline) and the reason, for one address."""
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers=_AGENT), timeout=20
        ) as answer:
            return "ok", str(answer.status)
    except urllib.error.HTTPError as error:
        return ("dead" if error.code in _GONE else "unsure"), f"{error.code} {error.reason}"
    except urllib.error.URLError as error:
        if isinstance(error.reason, socket.gaierror):
            return "offline", "there is no such host, or no network"
        return "unsure", str(error.reason)
    except (OSError, ValueError) as error:
        return "unsure", str(error)


def sources() -> Iterator[tuple[str, str]]:
    """(id, address) of every source, each address once."""
    seen: set[str] = set()
    for group in load_library().layers.values():
        for layer in group:
            for source in layer.sources.values():
                if source.url not in seen:
                    seen.add(source.url)
                    yield source.id, source.url


def main() -> int:
    """Ask for all of them at once, and print what is not well."""
    named = list(sources())
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda one: look_up(one[1]), named))
    states = [state for state, _ in answers]
    if named and all(state == "offline" for state in states):
        print("No address could be reached: is there a network?", file=sys.stderr)
        return 2
    for (id, url), (state, reason) in zip(named, answers, strict=True):
        if state != "ok":
            print(f"{'dead' if state == 'offline' else state}: {id}: {url}: {reason}")
    print(
        f"{len(named)} addresses: {states.count('ok')} answer, {states.count('dead') + states.count('offline')} dead"
    )
    return 1 if {"dead", "offline"} & set(states) else 0


if __name__ == "__main__":
    sys.exit(main())
