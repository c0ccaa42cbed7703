"""Lets LibreOffice accept or reject every change of some DOCX, and read what is left.

A program of its own, for the Python that has UNO: reads [[path, "accept" or "reject" or ""], ...] as JSON, and
writes for each [whether it holds changes, [line, ...]]. One LibreOffice serves all, with a profile of its own.

    python3 office.py SOFFICE FOLDER < tasks.json
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# All three stand beside LibreOffice only, and are unknown to the Python that checks types.
import uno  # type: ignore[import-not-found]  # see above
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # see above
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]  # see above

DISPATCH = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
PATIENCE = 60  # seconds for LibreOffice to start
_TRIES = 3


def main(soffice: str, folder: str) -> None:
    """Serve the tasks on standard input."""
    office = Office(soffice, Path(folder))
    try:
        print(json.dumps([office.task(path, what) for path, what in json.load(sys.stdin)]))
    finally:
        office.stop()


class Office:
    """A LibreOffice that is started again where it fell, as it does at times. Again over the same file is a fault."""

    def __init__(self, soffice: str, folder: Path) -> None:
        self.soffice, self.folder, self.starts = soffice, folder, 0
        self.start()

    def start(self) -> None:
        self.starts += 1
        pipe = f"policygen{self.folder.stat().st_ino}-{self.starts}"
        profile = (self.folder / f"profile{self.starts}").as_uri()
        command = [
            self.soffice,
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp;",
        ]
        self.process = subprocess.Popen(
            [*command, f"-env:UserInstallation={profile}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        context = _connected(pipe)
        services = context.ServiceManager
        self.desktop = services.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self.helper = services.createInstanceWithContext(
            "com.sun.star.frame.DispatchHelper", context
        )

    def stop(self) -> None:
        """End LibreOffice with the program that it runs in: that one outlives a wrapper that is killed."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def task(self, path: str, what: str) -> tuple[bool, list[str]]:
        for _ in range(_TRIES - 1):
            try:
                return _task(self.desktop, self.helper, path, what)
            except (
                Exception
            ) as fault:  # of many kinds: a bridge that is gone, a document that was never loaded
                print(f"{path}: {fault!r}", file=sys.stderr)
                self.stop()
                place = Path(path)
                place.with_name(f".~lock.{place.name}#").unlink(
                    missing_ok=True
                )  # it would not be opened again
                self.start()
        return _task(self.desktop, self.helper, path, what)


def _connected(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    for _ in range(PATIENCE * 5):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.2)
    raise TimeoutError


def _task(desktop: Any, helper: Any, path: str, what: str) -> tuple[bool, list[str]]:
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (hidden,))
    if document is None:
        raise ValueError("LibreOffice does not open it")
    try:
        changes = bool(
            document.Redlines.createEnumeration().hasMoreElements()
        )  # going through them fells it at times
        if what:
            helper.executeDispatch(document.CurrentController.Frame, DISPATCH[what], "", 0, ())
        return changes, list(_lines(document.Text))
    finally:
        document.close(True)


def _lines(text: Any) -> Iterator[str]:
    """The style and the words of every paragraph, and the size of every table before its cells."""
    blocks = text.createEnumeration()
    while blocks.hasMoreElements():
        block = blocks.nextElement()
        if block.supportsService("com.sun.star.text.TextTable"):
            names = block.CellNames
            yield f"table of {len(names)}"
            for name in names:
                yield from _lines(block.getCellByName(name))
        else:
            # Word's numbers stand beside the words of a heading, and those of a comparison within them.
            number = block.ListLabelString if block.ParaStyleName.startswith("Heading") else ""
            yield f"{block.ParaStyleName}: {' '.join(f'{number} {block.String}'.split())}"


if __name__ == "__main__":
    main(*sys.argv[1:])
