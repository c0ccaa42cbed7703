"""Promises -> the log of what was kept, as rows of cells with nothing in them yet."""

from __future__ import annotations

from collections.abc import Sequence

from policygen.model.language import capitalise
from policygen.model.office_file.spreadsheet import Grid
from policygen.model.policy import Policy
from policygen.model.year import kept_log as log
from policygen.model.year.timed_promise import TimedPromise
from policygen.write.sheet.xlsx import SheetLook

_HEAD_ROW = 5
_WIDTHS = (28, 48, 22, 18, 18, 10, 50, 30)  # characters
_GIVEN = (log.WHAT, log.HOW_SOON)  # columns that nobody fills in
LOG_LOOK = SheetLook(
    name="Log",
    language="en-GB",
    widths=_WIDTHS,
    head=_HEAD_ROW,
    choices={log.LOG_HEADS.index(log.KEPT): (log.YES, log.NO)},
    fill=frozenset(at for at, name in enumerate(log.LOG_HEADS) if name not in _GIVEN),
    grows=True,
)
_LINES = (
    f"A row for each time that a promise counted: for more, type its {log.PROMISE} in a free row.",
    f"Write days like 2027-03-01; for hours, the time too: 2027-03-01 14:30. {log.BEGAN}: when it "
    f"was asked for or happened. {log.DONE}: when it was done; nothing while it waits.",
    f"{log.KEPT}: yes or no, for what lasts a time, or where no days are known. {log.INCIDENT}: "
    "what went wrong, in a few words. Write no names of people: it goes to those who review.",
)


def kept_log_grid(body: str, policy: Policy, promises: Sequence[TimedPromise]) -> Grid:
    """Return the empty log of a body: a row for each promise."""
    version = policy.profile.policy.version
    name = f"{body}@{version}" if version else body
    head = ((log.TITLE, name), *((line,) for line in _LINES), (), log.LOG_HEADS)
    rows = (
        (one.name, one.says, capitalise(one.text), *[""] * (len(log.LOG_HEADS) - 3))
        for one in promises
    )
    return (*head, *rows)
