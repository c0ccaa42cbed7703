"""The widths of table columns, as rules of a style sheet."""

from __future__ import annotations

import re


def column_rules(body: str) -> str:
    """Return CSS for each width of a column in the HTML of a body.

    `style` attributes would do without, but need a looser Content-Security-Policy.
    """
    used = sorted(set(re.findall(r'<col class="w-(\d+)">', body)), key=int)
    return "".join(f".w-{width} {{ width: {int(width) / 10:g}% }}\n" for width in used)
