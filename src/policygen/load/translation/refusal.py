"""Why a translation pack is not read any further."""

from __future__ import annotations

from policygen.problems import Location, PolicygenError, Problem


def no_pack(what: str, shown: str, line: int = 0) -> PolicygenError:
    """Return the error of a file that is no translation pack."""
    mend = "Send the pack that went out to the translator, as their tool or spreadsheet saved it."
    return PolicygenError([Problem(what, mend, Location(shown, line), code="PG734")])
