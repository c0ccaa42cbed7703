"""The log of what was kept, as a sheet: its heads, and what stands above them."""

from __future__ import annotations

TITLE = "Log of what was kept"
PROMISE, WHAT, HOW_SOON = "Promise", "What it is", "How soon or how often"
BEGAN, DONE, KEPT, NOTE, INCIDENT = "Began", "Done", "Kept", "What happened", "Incident"
LOG_HEADS = (PROMISE, WHAT, HOW_SOON, BEGAN, DONE, KEPT, NOTE, INCIDENT)
NEEDED = (PROMISE, BEGAN, DONE)  # heads without which no log can be read
YES, NO = "yes", "no"
