"""The page of `policygen serve`: how long one waits for it, and whether it grows as one works."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

from measure import Cost, Measure, Work, against, alone
from processes import POLICYGEN, command

from policygen.load.library.library import shipped

EDITS, SETTLED = 500, 50  # saves, and after how many of them its memory is to stand still
CLAUSE = "/body/ours/words/crisis.first-hour/edit"


class Served:
    """A server in a process of its own, and the one visitor that it lets in."""

    def __init__(self, folder: Path) -> None:
        words = [POLICYGEN, "serve", "--no-open"]
        self.process = subprocess.Popen(
            words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self.process.stdout
        line = next(line for line in self.process.stdout if "http://" in line)
        address = re.search(r"http://([^/\s]+)(/\S+)", line)
        assert address
        self.host, self.key = address[1], address[2]
        self.connection = HTTPConnection(self.host)
        self.cookie = ""
        self.connection.request("GET", self.key)
        answer = self.connection.getresponse()
        self.cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
        answer.read()

    def ask(self, path: str, **typed: str) -> str:
        """Open a page, or send a form to it; a form that was taken leads to no further page."""
        headers = {"cookie": self.cookie, "origin": f"http://{self.host}"}
        if typed:
            headers["content-type"] = "application/x-www-form-urlencoded"
        body = urlencode({key.replace("__", "."): text for key, text in typed.items()})
        self.connection.request("POST" if typed else "GET", path, body if typed else None, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        assert answer.status in (200, 303), text
        return text

    @property
    def memory(self) -> int:
        """Megabytes that the process holds."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000

    @property
    def cpu(self) -> float:
        """Seconds of a processor that all its threads have taken."""
        tasks = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def work(self, asked: Callable[[], object]) -> Work:
        """What the server is asked, at its own cost."""

        def once() -> Cost:
            clock, cpu = perf_counter(), self.cpu
            asked()
            return Cost(self.cpu - cpu, perf_counter() - clock)

        return once

    def end(self) -> None:
        """End it as Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait()


@contextmanager
def served() -> Iterator[Served]:
    """Serve a folder with a copy of an example."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(shipped("profiles") / "fenwick", folder / "profiles/ours")
        site = Served(folder)
        try:
            yield site
        finally:
            site.end()


def page() -> Iterator[Measure]:
    """What one waits for."""
    check = command(POLICYGEN, "check", "fenwick")
    yield against("page: start to its first page", _first_page, "check", check, "1.5 x", runs=3)
    with served() as site:
        numbers = iter(range(10_000))

        def words() -> None:
            site.ask(CLAUSE, words__1=f"Ask {next(numbers)} people first.", **{"try": "1"})

        def facts() -> None:
            _saved(site, next(numbers))
            site.ask("/body/ours/show/overview")

        site.ask(CLAUSE)
        yield alone("page: one clause recomposed, warm", site.work(words), "100 ms", runs=15)
        shown = "page: a fact saved, an edition shown, warm"
        yield alone(shown, site.work(facts), "300 ms", runs=15)
        printed = site.work(lambda: site.ask("/body/ours/file/policy.pdf"))
        yield alone("page: the policy as a PDF", printed, runs=3)


def _first_page() -> Cost:
    start = perf_counter()
    with served() as site:
        site.ask("/body/ours")
        return Cost(site.cpu, perf_counter() - start)


def _saved(site: Served, number: int) -> None:
    form = site.ask("/body/ours/facts/public")
    digest = re.search(r'name="digest" value="(\w+)"', form)
    assert digest
    site.ask("/body/ours/facts/public", digest=digest[1], website=f"https://n{number}.example")


def page_memory() -> Iterator[Measure]:
    """What a server holds after some saves, each looked at, and at most after many more."""
    with served() as site:
        sizes = []
        start = perf_counter()
        for number in range(EDITS):
            _saved(site, number)
            site.ask("/body/ours/show/overview")
            site.ask(CLAUSE, words__1=f"Ask {number} people first.", **{"try": "1"})
            sizes.append(site.memory)
        print(f"{EDITS} saves took {perf_counter() - start:.0f} s", file=sys.stderr)
    settled, most = sizes[SETTLED - 1], max(sizes[SETTLED:])
    work = f"page: memory over {EDITS} saves"
    yield Measure(work, f"{most} MB", f"after {SETTLED}", f"{settled} MB", most / settled, "flat")
