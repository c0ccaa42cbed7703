"""SOURCE_DATE_EPOCH: the day that a document without a date of issue is to bear."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime

from policygen.problems import PolicygenError, Problem

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


def source_date(environment: Mapping[str, str] = os.environ) -> date | None:
    """Return the day (UTC) that the variable names in seconds since 1970, or None.

    Raises PolicygenError.
    """
    seconds = environment.get(EPOCH_VARIABLE, "")
    if not seconds:
        return None
    try:
        if seconds.isascii() and seconds.isdecimal():
            return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError):  # after the year 9999, or of five thousand digits
        pass
    shown = "".join(c if c.isprintable() else "\ufffd" for c in seconds[:40])
    what = f'{EPOCH_VARIABLE} is "{shown}", which is not a number of seconds since 1970.'
    mend = f"Set it like {EPOCH_VARIABLE}=1796601600, or unset it."
    raise PolicygenError([Problem(what, mend, code="PG120")])
