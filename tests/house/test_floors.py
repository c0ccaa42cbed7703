"""Who may import whom, and that each contract of `pyproject.toml` has been seen to fail."""

from __future__ import annotations

import os
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest
from source import PACKAGE, ROOT

LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"


def floors(house: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(house / "src")}
    command = [LINT_IMPORTS, "--no-cache"]
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, text=True)


def test_the_contracts_are_kept() -> None:
    run = floors(ROOT)
    assert run.returncode == 0, run.stdout


def test_no_file_imports_itself_by_a_detour() -> None:
    """Of all files, a package's own among them; imports for types only count too."""
    graph = grimp.build_graph("policygen", cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError with the files of a circle


FLOORS = "The floors: "
WRITERS = "Writers do not know one another"
PROTOCOL = "A writer is imported by its entry point"
CIRCLES = "No circle among the rooms"
PAGE = "The page knows the pipeline"
SERVER = "Only the page knows its server"
TYPE_ONLY = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    "
PLANTED = {
    "upwards": (FLOORS, "model/policy.py", "import policygen.pipeline"),
    "upwards, for a type": (FLOORS, "model/policy.py", f"{TYPE_ONLY}import policygen.pipeline"),
    "a module on no floor": (FLOORS, "upstairs.py", "LEVEL = 'on no floor at all'"),
    "between writers": (WRITERS, "write/html/blocks.py", "import policygen.write.docx.table"),
    "a writer, not its protocol": (
        PROTOCOL,
        "report/sentences.py",
        "import policygen.write.docx.writer",
    ),
    "the page, past the pipeline": (PAGE, "web/session.py", "import policygen.store.files"),
    "a server elsewhere": (SERVER, "pipeline/build.py", "import starlette"),
    "a circle": (CIRCLES, "model/text.py", f"{TYPE_ONLY}import policygen.model.policy"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("contract", "file", "line"), PLANTED.values(), ids=PLANTED)
def test_the_contracts_can_fail(copied_house: Path, contract: str, file: str, line: str) -> None:
    """A contract that cannot fail holds nothing; without the line they are all kept, see above."""
    with (copied_house / PACKAGE / file).open("a") as source:
        source.write(f"\n{line}\n")
    assert contract in broken(floors(copied_house).stdout)


def broken(report: str) -> str:
    """What a report says of the contracts that are broken, after the list of all."""
    return report.partition("Broken contracts")[2]
