"""The small part of Jinja that wording may use, compiled once.

Wording prints facts, chooses by them and loops over them. Everything else (calls, arithmetic, assignment,
imports) is refused by a list of what is allowed, before anything runs; the sandbox stands behind that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Template, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from policygen.compose.facts import LOOP, LOOP_END, LOOP_HEAD, Fact
from policygen.problems import nearest

FILTERS = ("listed", "plural", "sentence", "the")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Const, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.List, nodes.Tuple,
    nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter,
)  # fmt: skip
_REFUSED = {
    nodes.Call: "Wording calls nothing: a fact is looked up, never run.",
    nodes.BinExpr: "Wording does not calculate.",
    nodes.Concat: "Wording does not join texts: write the facts one after another.",
    nodes.Assign: "Wording sets nothing.",
    nodes.AssignBlock: "Wording sets nothing.",
    nodes.Test: "Wording has no tests: a fact that is not set is false by itself.",
}
_ALIEN = re.compile(
    r"(`+)[^`]*?\{\{[^`]*?\1"                           # in a code span
    r"|<(?=[A-Za-z{])[^<>\s]*\{\{[^<>\n]*?\}\}[^<>\s]*>"  # in an autolink
    r"|^ {0,3}(```|~~~)[\s\S]*?\{\{[\s\S]*?^ {0,3}\2",   # in a block of code
    re.M,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the wording itself, at a line of it (from 0)."""

    line: int
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template ready to run, the facts that it names as (path, line), and what is wrong with it."""

    template: Template | None
    names: tuple[tuple[tuple[str, ...], int], ...]
    faults: tuple[Fault, ...]


class _Environment(ImmutableSandboxedEnvironment):
    """Looks facts up as keys; nothing else has attributes."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Fact) and isinstance(argument, (str, int)):
            return obj.child(argument)
        if isinstance(obj, Undefined):  # its name is reported by the check of names
            return obj
        raise SecurityError("only facts can be looked into")


def _finalize(value: Any) -> str:
    return str(value) if isinstance(value, (Fact, str)) else ""


_environment = _Environment(
    trim_blocks=True,
    lstrip_blocks=True,
    comment_start_string="<!--",
    comment_end_string="-->",
    autoescape=False,  # values are tokens here; the writers escape
    finalize=_finalize,
    cache_size=0,
)
_environment.globals.clear()
_environment.tests = {}


@lru_cache(maxsize=8192)
def compiled(text: str) -> Compiled:
    """Parse and check a passage once, however many organisations print it."""
    faults = [
        Fault(
            text.count("\n", 0, found.start()), "A fact stands in a code span or inside < >.", "Write it as plain text."
        )
        for found in _ALIEN.finditer(text)
    ]
    try:
        tree = _environment.parse(text)
    except TemplateSyntaxError as error:
        what = f"The braces are not right here: {(error.message or 'unreadable').rstrip('.')}."
        mend = "Close what is open: {{ }}, {% if %} ... {% endif %}, {% for %} ... {% endfor %}."
        return Compiled(None, (), (*faults, Fault(error.lineno - 1, what, mend)))
    names: list[tuple[tuple[str, ...], int]] = []
    faults.extend(_check(tree, {}, names))
    if faults:
        return Compiled(None, tuple(names), tuple(faults))
    tree = _MarkLoops().visit(tree)
    tree.set_environment(_environment)
    code = _environment.compile(tree)
    return Compiled(Template.from_code(_environment, code, {}), tuple(names), ())


def condition(text: str) -> Compiled:
    """A `when:` expression, as a template that prints something exactly when it holds."""
    return compiled(f"{{% if {text} %}}yes{{% endif %}}")


def _path(node: nodes.Node, scope: dict[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    match node:
        case nodes.Name():
            return scope.get(node.name, (node.name,))
        case nodes.Getattr():
            above = _path(node.node, scope)
            return (*above, node.attr) if above else None
        case nodes.Getitem() if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, (str, int)):
            above = _path(node.node, scope)
            return (*above, "*" if isinstance(node.arg.value, int) else node.arg.value) if above else None
    return None


def _check(
    node: nodes.Node, scope: dict[str, tuple[str, ...]], names: list[tuple[tuple[str, ...], int]]
) -> Iterator[Fault]:
    """Note every fact that is named; report whatever is not allowed."""
    line = max((node.lineno or 1) - 1, 0)
    for refused, what in _REFUSED.items():
        if isinstance(node, refused):
            yield Fault(line, what, "Use facts, if, for and the filters " + ", ".join(FILTERS) + ".")
            return
    if not isinstance(node, _ALLOWED):
        yield Fault(line, f"Wording may not use this ({type(node).__name__.lower()}).", "Use {{ }}, if and for only.")
        return
    if isinstance(node, (nodes.Name, nodes.Getattr, nodes.Getitem)):
        path = _path(node, scope)
        if path is None:
            yield Fault(line, "This is not the name of a fact.", "Write it like policy.owner.role.")
        else:
            names.append((path, line))
        return
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        yield Fault(line, f'There is no filter "{node.name}".', nearest(node.name, FILTERS))
    if isinstance(node, nodes.For):
        over = _path(node.iter, scope)
        if over is None or not isinstance(node.target, nodes.Name) or node.recursive:
            yield Fault(line, "A loop goes through a list of facts.", "Write {% for channel in channels %}.")
            return
        names.append(((*over, "*"), line))
        inner = {**scope, node.target.name: (*over, "*")}
        for child in (*node.body, *([node.test] if node.test else [])):
            yield from _check(child, inner, names)
        for child in node.else_:
            yield from _check(child, scope, names)
        return
    for child in node.iter_child_nodes():
        yield from _check(child, scope, names)


class _MarkLoops(NodeTransformer):
    """Put marks around what each loop prints, so that it counts as one value of its list."""

    def visit_For(self, node: nodes.For) -> list[nodes.Node]:
        self.generic_visit(node)
        path = ".".join(_path(node.iter, {}) or ())
        return [
            nodes.Output([nodes.TemplateData(LOOP + path + LOOP_HEAD)], lineno=node.lineno),
            node,
            nodes.Output([nodes.TemplateData(LOOP_END)], lineno=node.lineno),
        ]


# --- Filters: each takes a Fact and gives a Fact, so that the value keeps its path ----------------------


def _plural(fact: Fact, one: str, many: str = "") -> Fact:
    """`5 | plural('working day')` prints "5 working days"."""
    if fact.value is None:
        return fact
    unit = one if str(fact.value) == "1" else many or f"{one}s"
    return Fact(fact.path, fact.value, fact.log, f"{fact.text or fact.value}\u00a0{unit}")


def _sentence(fact: Fact) -> Fact:
    """Begin a sentence: a capital first letter, and the rest as it is."""
    if not isinstance(fact.value, str):
        return fact
    text = fact.text or fact.value
    return Fact(fact.path, fact.value, fact.log, text[:1].upper() + text[1:])


def _the(fact: Fact) -> Fact:
    """Put the article before a role, unless it begins with one: "Press office" prints "the Press office"."""
    if not isinstance(fact.value, str):
        return fact
    text = fact.text or fact.value
    articled = text.partition(" ")[0].lower() in ("the", "a", "an", "our", "your")
    return Fact(fact.path, fact.value, fact.log, text if articled else f"the {text}")


def _listed(fact: Fact, word: str = "and") -> Fact:
    """`[a, b, c] | listed` prints "a, b and c"; an empty list is a missing fact."""
    items = [str(i) for i in fact.value] if isinstance(fact.value, (list, tuple)) else []
    if not items:
        return Fact(fact.path, None, fact.log)
    joined = fact.log.labels.get(word, word)
    text = items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {joined} {items[-1]}"
    return Fact(fact.path, fact.value, fact.log, text)


_environment.filters = {"plural": _plural, "sentence": _sentence, "listed": _listed, "the": _the}
