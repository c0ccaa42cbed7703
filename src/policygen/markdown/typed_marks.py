"""Marks that somebody typed and that Markdown takes for plain text: they would be printed as typed.

Every pattern is linear in the length of the text.
"""

from __future__ import annotations

import re

from policygen.markdown.braces import VALUE_OPEN
from policygen.problems import Message

# Every mark within plain text holds one of these.
MAY_BE_TYPED = re.compile(r"[~=+^:!\[\]{<]")
# Within plain text, as (pattern, what, mend, code).
TYPED_MARKS = tuple(
    (re.compile(pattern), what, mend, code)
    for pattern, what, mend, code in (
        (
            r"~~",
            "Struck-out words are not printed as such.",
            Message(
                "Take the words out; `policygen diff` shows what was taken out.",
                on_page="Take the words out; the page Compare shows what was taken out.",
            ),
            "PG212",
        ),
        (
            r"(?<![=\w])==(?=[^\s=][^\n=]{0,200}==)|(?<!\w)\+\+(?=\w[^\n+]{0,200}\+\+)",
            "Marked words are not printed as such.",
            "Write **strong** words, or leave the marks out.",
            "PG212",
        ),
        (
            r"(?<![~^])[~^](?=\w{1,10}[~^])",
            "Raised and lowered letters are not printed.",
            "Write them as they are, like CO₂ or m².",
            "PG212",
        ),
        (
            r"(?<![\w:]):[a-z][a-z_]{1,30}:(?![\w:])",
            "A picture named in words is not printed.",
            "Put in the picture sign itself, or leave it out.",
            "PG212",
        ),
        (
            r"!\[",
            "A picture cannot stand in wording.",
            "Describe it in words; the logo is `brand.logo` of the profile.",
            "PG211",
        ),
        (
            r"\]\(",
            "This is no link that a document can print.",
            "Write [words](https://...), without spaces in the address.",
            "PG214",
        ),
        (
            r"\[\^[^\]\n]{0,80}\]",
            "Nothing says what this note is.",
            "Add a line like `[^1]: The text of the note.`, or take the mark out.",
            "PG217",
        ),
        (
            r"\]\[",
            "Nothing says where this link leads.",
            "Add a line like `[code]: https://...`, or write [words](https://...).",
            "PG214",
        ),
        (
            r"\[\[",
            "This is no link that a document can print.",
            "Write [words](#section.clause).",
            "PG214",
        ),
        (
            r"\{(?:[.#:]|\w[\w-]{0,40}=)",
            "Attributes stand only behind words in brackets.",
            "Write [Kia ora]{lang=mi}, or take them out.",
            "PG215",
        ),
        (
            rf"<(?=[^<>\s\w{VALUE_OPEN}]*+[\w{VALUE_OPEN}])[^<>\s]++>",
            "This is neither an address nor a tag that a document can print.",
            "Leave out the angle brackets, or write [words](https://...).",
            "PG210",
        ),
    )
)
# At the start of a line or as a whole line.
TYPED_LINES = tuple(
    (re.compile(pattern, re.M), what, mend, code)
    for pattern, what, mend, code in (
        (
            r"^[ \t]*+#{2,6}+[^\s#]",
            "A heading has a space after its # signs.",
            "Put one in, or take the signs out.",
            "PG207",
        ),
        (
            r"(?<=\n)[ \t]*+=++[ \t]*+$",
            "An underlined heading is not accepted.",
            "Write headings with # signs.",
            "PG207",
        ),
        (
            r"(?<=\n)[ \t]*+: ",
            "A list of definitions is not printed as such.",
            "Write a table, or a list like `- **Term**: what it means`.",
            "PG212",
        ),
    )
)
