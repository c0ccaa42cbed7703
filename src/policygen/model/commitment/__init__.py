"""Commitments: what layers offer (`terms.py`), and what a body makes of it (`choice.py`)."""
