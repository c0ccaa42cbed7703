"""Say what a build made: one line per document, and where it is.

Run as `python tools/built.py FOLDER ORGANISATION...`, after the build.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(folder: str, *organisations: str) -> None:
    """Read the build's manifest and print a line for each document of the organisations."""
    listed = json.loads((Path(folder) / "manifest.json").read_text("utf-8"))["files"]
    for organisation in organisations:
        for path, file in listed.items():
            if path.split("/")[0] == organisation and file["edition"]:
                kilobytes = -(-file["bytes"] // 1000)
                name = (
                    f"{organisation}: {file['edition'].replace('-', ' ')}, {file['format'].upper()}"
                )
                print(f"{name:<36} {kilobytes:>5} kB   {folder}/{path}")


if __name__ == "__main__":
    main(*sys.argv[1:])
