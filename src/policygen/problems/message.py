"""A sentence of a Problem that a terminal and the page of `serve` put in different words."""

from __future__ import annotations

_COMMAND = "`policygen "
_IN_A_TERMINAL = "That is done in a terminal."


class Message(str):
    """A text as a terminal says it; `on_page` is what the page of `serve` says in its place.

    It is a plain `str` for all who print it. Whatever names a command, or an option of one, is a
    Message, made where the Problem is: `Message("Add --minor.", on_page="Choose the second.")`.
    What is put together of several texts is one text again, so both forms are given whole.
    """

    __slots__ = ("on_page",)
    on_page: str

    def __new__(cls, in_terminal: str, *, on_page: str) -> Message:
        """Make one of its two forms."""
        message = super().__new__(cls, in_terminal)
        message.on_page = on_page
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, str]]:
        """Return both forms: a Problem of a build in another process comes back whole."""
        return (str(self),), {"on_page": self.on_page}


def on_page(text: str) -> str:
    """Return a text of a Problem as the page says it.

    A plain text with a command in it, by somebody who did not think of the page, is said to be for
    a terminal.
    """
    if isinstance(text, Message):
        return text.on_page
    return f"{text} {_IN_A_TERMINAL}" if _COMMAND in text else text
