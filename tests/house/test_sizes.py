"""No room, file or function is larger than a reader can hold in the head."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from source import PACKAGE, Function, Source, sources

FILES_IN_A_FOLDER = 15
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
ARGUMENTS = 7
ONE_FILE_A_COMMAND = "cli"


def too_large(found: list[Source]) -> list[str]:
    paths = [PurePosixPath(source.path) for source in found]
    folders = Counter(str(path.parent) for path in paths if path.name != "__init__.py")
    crowded = [
        f"{folder}: {count} files"
        for folder, count in folders.items()
        if count > FILES_IN_A_FOLDER and folder != ONE_FILE_A_COMMAND
    ]
    long = [f"{s.path}: {s.lines} lines" for s in found if s.lines > LINES_OF_A_FILE]
    return [*crowded, *long, *(fault for source in found for fault in _functions(source))]


def _functions(source: Source) -> Iterator[str]:
    for function in source.functions():
        at = f"{source.path}:{function.lineno} {function.name}"
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > LINES_OF_A_FUNCTION:
            yield f"{at}: {lines} lines"
        if _arguments(function) > ARGUMENTS and not _is_command(function):
            yield f"{at}: {_arguments(function)} arguments"


def _arguments(function: Function) -> int:
    """Without `self`."""
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    return len([argument for argument in every if argument.arg not in ("self", "cls")])


def _is_command(function: Function) -> bool:
    """Whether it is a command: it takes what may be typed after its name, each an argument."""
    return any("click.command" in ast.unparse(decorator) for decorator in function.decorator_list)


def test_nothing_is_too_large() -> None:
    assert too_large(sources()) == []


BODY = "".join(f"    a{n} = {n}\n" for n in range(LINES_OF_A_FUNCTION))
PLANTED = {
    "a long function": f"def long():\n{BODY}",
    "a long method": "class C:\n" + f"    def long(self):\n{BODY}".replace("    a", "        a"),
    "many arguments": "def many(a, b, c, d, e, f, /, g, *, h): ...\n",
    "a long file": "#\n" * (LINES_OF_A_FILE + 1),
}


@pytest.mark.parametrize("text", PLANTED.values(), ids=PLANTED)
def test_what_is_too_large_is_seen(tmp_path: Path, text: str) -> None:
    (tmp_path / PACKAGE / "lint").mkdir(parents=True)
    (tmp_path / PACKAGE / "lint/planted.py").write_text(text)
    assert [fault for fault in too_large(sources(tmp_path)) if "lint/planted.py" in fault]


def test_a_crowded_room_is_seen(tmp_path: Path) -> None:
    (tmp_path / PACKAGE / "lint").mkdir(parents=True)
    for number in range(FILES_IN_A_FOLDER + 1):
        (tmp_path / PACKAGE / f"lint/file{number}.py").touch()
    assert [fault for fault in too_large(sources(tmp_path)) if fault.startswith("lint: ")]


def test_a_command_may_take_what_can_be_typed_after_it() -> None:
    many = "def many(a, b, c, d, e, f, g, h): ...\n"
    assert too_large([Source("cli/x.py", f"@click.command('x')\n{many}")]) == []
    assert too_large([Source("cli/x.py", f"@other\n{many}")]) == ["cli/x.py:2 many: 8 arguments"]
