"""The whole flow, one file a verb. Open `build.py` first.

    profile -> Organisation ─┐
    templates -> Library ────┴─ compose ─> Policy ─ present ─> Document ─ write ─> bytes
              Policy + Policy ─ diff ─> Differences ─ report ─> Document ─ write ─> bytes
          Policy + Policy + … ─ diff ─> Matrix ─ report ─> Document ─ write ─> bytes

Every verb takes a `Workspace` (`workspace.py`), which holds what one run shares.
"""
