"""No message asks for a command alone: each says it for whoever is on the page of `serve` too."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator

from source import Source, sources

from policygen.problems import Message, on_page

# A command, or an option of one.
TYPED = re.compile(r"`policygen |(?<![\w-])--[a-z]")
NO_MESSAGE_OF_THE_PAGE = {
    "cli/": "says what it says in a terminal",
    "load/git.py": "options are git's, and no revision is named on the page",
    "web/server.py": "is about a page that cannot begin",
    "model/sheet/values.py": "names properties of a style sheet",
    "write/html/matrix.py": "names properties of a style sheet",
    "report/changes/document.py": "is printed in a report",
    "report/matrix/document.py": "is printed in a report",
    "store/decisions.py": "is a comment in match.yaml",
}


def commands_alone(source: Source) -> Iterator[str]:
    """Each text with a command in it that stands in no Message, or in its words for the page."""
    fine = set(map(id, docstrings(source.tree)))
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Name("Message"), args=args):
                fine |= {id(inner) for one in args for inner in ast.walk(one)}
    for node in ast.walk(source.tree):
        match node:
            # A bare option is a part of a text that stands elsewhere, which is looked at there.
            case ast.Constant(str(text)) if id(node) not in fine and " " in text.strip():
                if TYPED.search(text):
                    yield f"{source.path}:{node.lineno}: {text}"


def docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def test_every_message_with_a_command_says_it_for_the_page_too() -> None:
    """Make it a Message: `Message("Run `policygen x`.", on_page="Open the page X.")`."""
    exempt = tuple(NO_MESSAGE_OF_THE_PAGE)
    looked_at = [one for one in sources() if not one.path.startswith(exempt)]
    assert not [fault for one in looked_at for fault in commands_alone(one)]


def test_a_command_alone_is_seen_and_what_is_exempt_has_one() -> None:
    planted = Source("lint/x.py", 'mend = f"Run `policygen accept {id}`, or give --all."\n')
    assert len(list(commands_alone(planted))) == 2
    both = Source("lint/x.py", 'Message("Give --all.", on_page="Give --all here.")\n')
    assert list(commands_alone(both)) == ["lint/x.py:1: Give --all here."]
    has = "".join(one.path for one in sources() if TYPED.search(one.text))
    assert [path for path in NO_MESSAGE_OF_THE_PAGE if path not in has] == []


def test_a_message_is_a_text_with_words_for_the_page_wherever_it_goes() -> None:
    message = Message("Run `policygen accept`.", on_page="Open the page Own words.")
    returned = pickle.loads(pickle.dumps(message))
    assert (str(returned), on_page(returned)) == (message, "Open the page Own words.")
    assert on_page("Write a date.") == "Write a date."
    assert on_page("Run `policygen x`.") == "Run `policygen x`. That is done in a terminal."
