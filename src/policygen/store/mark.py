"""A mark that says which bytes a file was written with, in its time of change.

The microseconds of that time are drawn from the checksum of the bytes. Whoever writes the file
again leaves others, save once in a million times; so does a copy that does not keep times, and a
disk that counts in larger steps, and then the bytes are read. The second stays what it was.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

_MICROSECONDS = 1_000_000
_NANOSECONDS = 1_000


def digest_mark(checksum: str) -> int:
    """Return the mark of bytes with this sha256, in hexadecimal: microseconds."""
    return int(checksum, 16) % _MICROSECONDS


def file_mark(found: os.stat_result) -> int:
    """Return the mark that a file bears, or any number where it bears none."""
    return found.st_mtime_ns // _NANOSECONDS % _MICROSECONDS


def set_mark(path: Path, data: bytes) -> None:
    """Set the mark of the bytes that a file has just been written with. Raises OSError."""
    found = path.stat()
    second = found.st_mtime_ns // (_MICROSECONDS * _NANOSECONDS)
    marked = (second * _MICROSECONDS + digest_mark(sha256(data).hexdigest())) * _NANOSECONDS
    os.utime(path, ns=(found.st_atime_ns, marked))
