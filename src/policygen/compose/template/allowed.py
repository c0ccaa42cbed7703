"""What wording may say in Jinja, as a list: all else is refused before anything runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from jinja2 import nodes

from policygen.problems import nearest

# Each filter with the least and the most words that it takes, and an example.
FILTERS = {
    "listed": (0, 1, "{{ platforms | listed('or') }}"),
    "plural": (1, 2, "{{ law.information_days | plural('working day') }}"),
    "sentence": (0, 0, "{{ policy.owner.role | sentence }}"),
}
_PATH = (nodes.Name, nodes.Getattr, nodes.Getitem)
_DEPTH = 10  # of blocks within blocks; Python itself stops at twenty
_TERMS = 40  # of one condition
_NODES = 60  # of the tree of a passage, one within another
TOO_DEEP = (
    "This is nested too deeply.",
    "Write it simply: one condition, or one choice between two facts.",
)
_REFUSED = {
    nodes.Call: "Wording calls nothing but has('section.clause') in a condition.",
    nodes.BinExpr: "Wording does not calculate.",
    nodes.Concat: "Wording does not join texts: write the facts one after another.",
    nodes.Assign: "Wording sets nothing.",
    nodes.AssignBlock: "Wording sets nothing.",
    nodes.Test: "Wording has no tests: a fact that is not set is false by itself.",
}


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """Something wrong with the wording itself, at a line of it (from 0)."""

    line: int
    what: str
    mend: str


def refusals(tree: nodes.Template, names: Names) -> Iterator[TemplateFault]:
    """What is refused in a template. One that is nested too deeply is looked at no further."""
    deep = _too_deep(tree)
    if deep is not None:
        yield TemplateFault(_line(deep), *TOO_DEEP)
    else:
        yield from _block(tree, {}, names)


def _too_deep(tree: nodes.Template) -> nodes.Node | None:
    """The first node that stands too deep for Python to compile.

    The walk itself is no recursion.
    """
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        branches = len(node.elif_) if isinstance(node, nodes.If) else 0
        if depth > _NODES or branches > _TERMS:
            return node
        waiting += [(child, depth + 1) for child in node.iter_child_nodes()]
    return None


def path_of(node: nodes.Node, scope: Scope) -> tuple[str, ...] | None:
    """Return the path of the fact that a node names, or None where it names none."""
    match node:
        case nodes.Name():
            return scope.get(node.name, (node.name,))
        case nodes.Getattr():
            above = path_of(node.node, scope)
            return (*above, node.attr) if above else None
        case nodes.Getitem() if isinstance(node.arg, nodes.Const) and isinstance(
            node.arg.value, (str, int)
        ):
            above = path_of(node.node, scope)
            return (
                (*above, "*" if isinstance(node.arg.value, int) else node.arg.value)
                if above
                else None
            )
    return None


# What is allowed, as a grammar of four rules: blocks, conditions, what a condition compares, what
# is printed.
# Each reports what is not allowed, and notes every fact that is named.

Scope: TypeAlias = dict[str, tuple[str, ...]]  # what each loop goes through, by its variable
Names: TypeAlias = list[tuple[tuple[str, ...], int]]


def _block(node: nodes.Node, scope: Scope, names: Names, depth: int = 0) -> Iterator[TemplateFault]:
    match node:
        case _ if depth > _DEPTH:
            yield TemplateFault(
                _line(node),
                "Blocks stand within blocks, deeper than wording needs.",
                "Write it simply.",
            )
        case nodes.TemplateData():
            pass
        case nodes.Template() | nodes.Output():
            for child in node.iter_child_nodes():
                yield from _block(child, scope, names, depth)
        case nodes.If():
            yield from _condition(node.test, scope, names)
            for child in (*node.body, *node.elif_, *node.else_):
                yield from _block(child, scope, names, depth + 1)
        case nodes.For():
            over = path_of(node.iter, scope)
            if over is None or not isinstance(node.target, nodes.Name) or node.recursive:
                yield TemplateFault(
                    _line(node),
                    "A loop goes through a list of facts.",
                    "Write {% for channel in channels %}.",
                )
                return
            names.append(((*over, "*"), _line(node)))
            inner = {**scope, node.target.name: (*over, "*")}
            if node.test:
                yield from _condition(node.test, inner, names)
            for child in node.body:
                yield from _block(child, inner, names, depth + 1)
            for child in node.else_:
                yield from _block(child, scope, names, depth + 1)
        case _:
            yield from _printable(node, scope, names)


def _printable(node: nodes.Node, scope: Scope, names: Names) -> Iterator[TemplateFault]:
    """A fact, by way of filters or not, or one of two facts."""
    match node:
        case nodes.Filter(name=name):
            arguments = [argument for argument in node.args if isinstance(argument, nodes.Const)]
            if name not in FILTERS:
                yield TemplateFault(
                    _line(node), f'There is no filter "{name}".', nearest(name, FILTERS)
                )
            elif (
                not FILTERS[name][0] <= len(arguments) <= FILTERS[name][1]
                or len(arguments) < len(node.args)
                or any(not isinstance(argument.value, str) for argument in arguments)
                or node.kwargs
                or node.dyn_args
                or node.dyn_kwargs
            ):
                what = f'The filter "{name}" takes other words than these.'
                yield TemplateFault(_line(node), what, f"Write it like {FILTERS[name][2]}.")
            if node.node is not None:  # only {% filter %}, which is refused, has none
                yield from _printable(node.node, scope, names)
        case nodes.CondExpr(expr1=one, expr2=nodes.Expr() as other):
            yield from _condition(node.test, scope, names)
            yield from _printable(one, scope, names)
            yield from _printable(other, scope, names)
        case _:
            yield from _fact(node, scope, names, "Only facts are printed.")


def _condition(
    node: nodes.Node, scope: Scope, names: Names, depth: int = 0
) -> Iterator[TemplateFault]:
    match node:
        case nodes.And() | nodes.Or() | nodes.Not() if depth < _TERMS:
            for child in node.iter_child_nodes():
                yield from _condition(child, scope, names, depth + 1)
        case nodes.Compare(ops=[nodes.Operand(op=op, expr=right)]):
            # A fact with a value or with another fact; after `in` a fact with a list of values, or
            # a value with a fact that is a list.
            if not (isinstance(node.expr, nodes.Const) and isinstance(right, _PATH)):
                yield from _fact(node.expr, scope, names, "A condition compares facts.")
            values = _compared_values(op, right)
            if not values or not all(isinstance(value, nodes.Const) for value in values):
                yield from _fact(right, scope, names, "A condition compares facts.")
        case nodes.Filter():
            yield from _printable(node, scope, names)
        case nodes.Call() if id := asked_clause(node):
            names.append((("has", id), _line(node)))
        case _:
            yield from _fact(node, scope, names, "A condition asks for facts.")


def _compared_values(op: str, right: nodes.Expr) -> list[nodes.Node]:
    """Return the values that a fact may be compared with: one, or after `in` those of a list."""
    if op not in ("in", "notin"):
        return [right]
    is_list = isinstance(right, (nodes.List, nodes.Tuple))
    return list(right.iter_child_nodes()) if is_list else []


def _fact(node: nodes.Node, scope: Scope, names: Names, otherwise: str) -> Iterator[TemplateFault]:
    path = path_of(node, scope)
    if path is not None:
        names.append((path, _line(node)))
        return
    reasons = (reason for kind, reason in _REFUSED.items() if isinstance(node, kind))
    what = next(reasons, otherwise)
    allowed = "facts like policy.owner.role, {% if %}, {% for %}"
    mend = f"Write {allowed} and the filters {', '.join(FILTERS)}."
    yield TemplateFault(_line(node), what, mend)


def _line(node: nodes.Node) -> int:
    return max((node.lineno or 1) - 1, 0)


def asked_clause(node: nodes.Call) -> str:
    """Return the id in `has('section.clause')`; empty for any other call."""
    called = isinstance(node.node, nodes.Name) and node.node.name == "has"
    more = node.kwargs or node.dyn_args or node.dyn_kwargs
    if not called or more or len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
        return ""
    id = node.args[0].value
    return id if isinstance(id, str) else ""
