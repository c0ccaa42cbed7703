"""Memory does not grow with the number of bodies that one process prints."""

import subprocess
import sys
from pathlib import Path

import pytest
from organisations import EVERYTHING

ROOT = Path(__file__).parents[2]
ALLOWED = 40  # MB from the third body to the eighth; a full story that stays adds as much by itself

CODE = """
import gc, sys
from organisations import ALL, policies
from policygen.cli import PATIENT
from policygen.present.edition import present
from policygen.write.writer import writer

gc.set_threshold(*PATIENT)
sizes = []
for name in ALL[:8]:
    policy = policies(name)[0]
    policies.cache_clear()
    writer("pdf").write(present(policy, "full-story"))
    pages = int(open("/proc/self/statm").read().split()[1])
    sizes.append(pages * 4096 // 1_000_000)
print(*sizes)
"""


@pytest.mark.slow
@pytest.mark.skipif(not EVERYTHING, reason="eight full stories take minutes: `make audit`")
@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="only Linux tells a process's size"
)
def test_eight_bodies_take_no_more_memory_than_three() -> None:
    path = [str(ROOT / "tests"), *sys.path]
    code = f"import sys; sys.path[:0] = {path!r}\n{CODE}"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    sizes = [int(size) for size in done.stdout.split()]
    assert len(sizes) == 8
    assert max(sizes[3:]) - sizes[2] < ALLOWED, sizes
