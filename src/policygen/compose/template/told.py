"""The condition of a template in words: `not elections` is "elections is not set"."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from policygen.compose.template.allowed import asked_clause, path_of
from policygen.facts.described import PRESENCE
from policygen.model.language import join_names

_EQUAL = {"eq": False, "ne": True, "in": False, "notin": True}  # whether it says "not"

# What people call a fact by its path; a clause by its id, after PRESENCE.
Called = Callable[[str], str]


def told_condition(expression: str, called: Called, *, holds: bool = True) -> str:
    """Return a condition of wording as a clause of a sentence, or that it does not hold.

    What wording may not ask is returned as it is typed.
    """
    source = "{% if " + expression + " %}{% endif %}"
    try:
        tree = ImmutableSandboxedEnvironment().parse(source)
    except TemplateSyntaxError:
        return expression
    return _told(next(tree.find_all(nodes.If)).test, called, holds) or expression


def _told(node: nodes.Node, called: Called, holds: bool) -> str:
    match node:
        case nodes.Not():
            return _told(node.node, called, not holds)
        case nodes.And() | nodes.Or():
            sides = [_told(side, called, holds) for side in (node.left, node.right)]
            word = " and " if isinstance(node, nodes.And) is holds else " or "
            return word.join(sides) if all(sides) else ""
        case nodes.Call() if id := asked_clause(node):
            return f"the policy {'has' if holds else 'does not have'} “{called(PRESENCE + id)}”"
        case nodes.Compare(ops=[nodes.Operand(op=op, expr=right)]) if op in _EQUAL:
            return _compared(node.expr, right, called, _EQUAL[op] is holds)
    fact = _fact(node, called)
    return f"{fact} is {'' if holds else 'not '}set" if fact else ""


def _compared(left: nodes.Expr, right: nodes.Expr, called: Called, is_not: bool) -> str:
    values = list(right.iter_child_nodes()) if isinstance(right, nodes.List | nodes.Tuple) else []
    said = [_value(one, called) for one in values or [right]]
    if isinstance(left, nodes.Const):
        return f"{_fact(right, called)} {'does not name' if is_not else 'names'} {left.value}"
    fact = _fact(left, called)
    return f"{fact} is {'not ' if is_not else ''}{join_names(said, 'or')}" if fact else ""


def _value(node: nodes.Node, called: Called) -> str:
    return str(node.value) if isinstance(node, nodes.Const) else _fact(node, called)


def _fact(node: nodes.Node, called: Called) -> str:
    path = path_of(node, {})
    return called(".".join(path)) if path else ""
