"""Library and Organisation -> Policy. Pure: no disk, no clock. Open `composer.py` first."""
