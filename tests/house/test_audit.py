"""`make audit` is run seldom: what it alone has is at least collected each time."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from organisations import ROOT


@pytest.mark.slow
def test_all_that_the_audit_alone_has_is_collected() -> None:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    everything = {**os.environ, "POLICYGEN_EVERYTHING": "1"}
    done = subprocess.run(command, cwd=ROOT, env=everything, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
