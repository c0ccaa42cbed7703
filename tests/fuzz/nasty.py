"""Texts that programs of this kind fall over, and every change of a text, a tree or a file that a stranger may make."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from hypothesis import strategies as st

SNIPPETS = (
    # Nothing, blanks, controls
    *("", " ", "\t", "\n", "\r", "\r\n", "\n\n\n", "\0", "\x07", "\x1b[31m", "\x7f", "\x85"),
    # Invisible, turning, combining, beyond the first plane
    *("\u200b", "\ufeff", "\u00ad", "\u2028", "\u202e", "\u202c", "\u2066", "\u2069", "\ufffe"),
    *("e\u0301", "ﬁ", "שלום", "مرحبا", "👩‍👩‍👧", "𝔘", "\U0010ffff"),
    # Templates, of ours and of Python's
    *("{", "}", "{{", "}}", "{{ organisation.name }}", "{{ inherited }}", "{{ nothing.here }}"),
    *("{% if elections %}", "{% endif %}", "{% for c in channels %}", "{% endfor %}", "{#", "#}"),
    *("{{ 'a' * 99999 }}", "{{ (1, 2) }}", "{{ x if y }}", "{0}", "{name}", "{!r}", "%s", "%"),
    # Markup
    *("<", ">", "&", "&amp;", "&#0;", "<b>", "</script>", "<br>", "<!--", "-->", "]]>", "<?x"),
    *("*", "**", "_", "__", "`", "```", "~~~", "~~", "[", "]", "](", "](javascript:alert(1))"),
    *(
        "[x](<a b>)",
        '[x](y "z")',
        "[x]: y",
        "![x](y.png)",
        "[^1]",
        "[^1]: x",
        "<https://x.example>",
    ),
    *("[x]{lang=mi}", "{lang=mi}", "|", "|---|", ":::", "::: do", "::: x", "# ", "## ", "### Rule"),
    *(
        "## X {#law.x}",
        " {#law.records}",
        "- change: extend",
        "- when: ",
        "---",
        "===",
        "> ",
        "1. ",
    ),
    *("- ", "- [ ] ", "#tag", "\\", "\\\n", "    "),
    # YAML and JSON
    *("'", '"', "“", "”", ":", ": ", " #", "&a ", "*a", "<<: *a", "? ", "!!python/object:os.x "),
    *("%YAML 1.3\n---\n", "...\n", "null", "~", "no", "1e400", ".nan", "0x1F", "-0", "[", "{a: "),
    *("2026-02-30", "12:30:45", "'\\ud800'", '"\\ud800"', '"\\x00"', "|\n", ">-\n"),
    # Style sheets
    *("}", "/*", "*/", "@page", "@import 'x';", "url(x)", "var(--ink)", "calc(", "1e9mm", "-1px"),
    # Addresses and paths
    *("https://x.example/{a}", "http://[::1", "HTTPS://X", "../../x", "/dev/zero", "C:\\x", "a/b"),
    *("data:image/png;base64,AAAA", "mailto:a@b", "http://a.b:99999999", "x@y@z"),
)
REPEATED = (
    *(
        "a",
        "1",
        " ",
        "a ",
        "é",
        "\n",
        "(",
        "[",
        "{",
        "*",
        "_",
        "`",
        "|",
        "> ",
        "- ",
        "[a](",
        "![",
        "<a",
    ),
    *(
        "{{policy.number}}",
        "<a{{policy.number}}",
        "{{ x if y else ",
        "{% if elections %}",
        "not ",
        "-1+",
    ),
    *(
        "https://x.example/?",
        "a.",
        "a@",
        "&a",
        "var(--ink) ",
        "calc(1px + ",
        "[[",
        "{a: ",
        "\u202e",
        "|-",
    ),
)
LONG = tuple(part * times for part in REPEATED for times in (300, 3000))
# What a key may hold instead of what it should.
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**30, 0.5, float("inf"), float("nan"), "", [], {}, [[]], [None]),
    *(
        {"": ""},
        {"en": "x"},
        {"en": None},
        {"xx-invalid-tag": "x"},
        ["a", "a"],
        [{}],
        {"a": {"b": []}},
    ),
)


def texts() -> st.SearchStrategy[str]:
    """A text of snippets and of any letters; now and then a very long one."""
    part = st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=6))
    mixed = st.lists(part, max_size=5).map("".join)
    return st.one_of(mixed, mixed, mixed, st.sampled_from(SNIPPETS), st.sampled_from(LONG))


def values() -> st.SearchStrategy[Any]:
    return st.one_of(texts(), st.sampled_from(VALUES).map(copy.deepcopy))


# --- Text ----------------------------------------------------------------------------------------------------


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """A text with one to four places that somebody put something into, took out, doubled or swapped."""
    for change in draw(st.lists(st.sampled_from(_TEXT_CHANGES), min_size=1, max_size=4)):
        start = draw(st.integers(0, len(text)))
        text = change(draw, text, start)
    return text


def _insert(draw: st.DrawFn, text: str, start: int) -> str:
    return text[:start] + draw(texts()) + text[start:]


def _delete(draw: st.DrawFn, text: str, start: int) -> str:
    return text[:start] + text[start + draw(st.integers(1, 80)) :]


def _double(draw: st.DrawFn, text: str, start: int) -> str:
    return text[: start + draw(st.integers(1, 300))] + text[start:]


def _swap_lines(draw: st.DrawFn, text: str, start: int) -> str:
    lines = text.split("\n")
    here, there = text.count("\n", 0, start), draw(st.integers(0, len(lines) - 1))
    lines[here], lines[there] = lines[there], lines[here]
    return "\n".join(lines)


def _put_line(draw: st.DrawFn, text: str, start: int) -> str:
    at = text.rfind("\n", 0, start) + 1
    return text[:at] + draw(texts()) + "\n" + text[at:]


_TEXT_CHANGES = (_insert, _insert, _put_line, _delete, _double, _swap_lines)


def as_file(text: str) -> st.SearchStrategy[bytes]:
    """The bytes of a text; now and then in an encoding that we do not read, or cut within a letter."""
    plain = text.encode("utf-8", "surrogatepass")
    odd = (
        text.encode("utf-16", "surrogatepass"),
        b"\xef\xbb\xbf" + plain,
        plain.replace(b"\n", b"\r\n"),
        plain.replace(b"\n", b"\r"),
        plain[:-1],
        plain + b"\xff",
        text.encode("cp1252", "replace"),
    )
    return st.integers(0, 9).flatmap(lambda n: st.sampled_from(odd) if n == 0 else st.just(plain))


# --- Trees ---------------------------------------------------------------------------------------------------


@st.composite
def changed(draw: st.DrawFn, tree: Any) -> Any:
    """Maps and lists as YAML or JSON holds them, with one to three of their values or keys changed."""
    tree = copy.deepcopy(tree)
    for _ in range(draw(st.integers(1, 3))):
        spots = list(_spots(tree))
        if not spots:
            break
        holder, key = draw(st.sampled_from(spots))
        draw(st.sampled_from(_TREE_CHANGES))(draw, holder, key, spots)
    return tree


def _spots(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every (map or list, key or index) of a tree."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, value in list(inside):
        yield tree, key
        if isinstance(value, (dict, list)):
            yield from _spots(value)


Spots = list[tuple[Any, Any]]


def _other_text(draw: st.DrawFn, holder: Any, key: Any, spots: Spots) -> None:
    """Keep the type where it is a text, for faults that lie deeper than the shape."""
    old = holder[key]
    holder[key] = draw(st.one_of(texts(), edited(old))) if isinstance(old, str) else draw(values())


def _other_value(draw: st.DrawFn, holder: Any, key: Any, spots: Spots) -> None:
    holder[key] = draw(values())


def _remove(draw: st.DrawFn, holder: Any, key: Any, spots: Spots) -> None:
    del holder[key]


def _repeat(draw: st.DrawFn, holder: Any, key: Any, spots: Spots) -> None:
    if isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    else:
        holder[draw(texts())] = copy.deepcopy(holder[key])


def _graft(draw: st.DrawFn, holder: Any, key: Any, spots: Spots) -> None:
    """Put here what stands elsewhere."""
    there, other = draw(st.sampled_from(spots))
    holder[key] = copy.deepcopy(there[other])


TreeChange = Callable[[st.DrawFn, Any, Any, Spots], None]
_TREE_CHANGES: tuple[TreeChange, ...] = (
    *(_other_text, _other_text, _other_text),
    *(_other_value, _remove, _repeat, _graft),
)
