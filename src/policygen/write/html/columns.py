"""The widths of table columns, as rules of a style sheet."""

from __future__ import annotations

import re


def column_rules(written: str) -> str:
    """Return a rule for each width of a column; `style` attributes would need a looser page."""
    used = sorted(set(re.findall(r'<col class="w-(\d+)">', written)), key=int)
    return "".join(f".w-{width} {{ width: {int(width) / 10:g}% }}\n" for width in used)
