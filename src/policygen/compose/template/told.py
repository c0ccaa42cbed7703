"""The condition of a template in words: `not elections` is "elections is not set"."""

from __future__ import annotations

from collections.abc import Callable

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from policygen.compose.template.allowed import asked_clause, path_of
from policygen.facts.described import PRESENCE
from policygen.model.language import join_names

_EQUAL = {"eq": False, "ne": True, "in": False, "notin": True}  # whether it says "not"
_SAME = ("eq", "ne")

# What people call a fact by its path; a clause by its id, after PRESENCE.
Called = Callable[[str], str]


def told_condition(
    expression: str, called: Called, *, holds: bool = True, is_one_of_several: bool = False
) -> str:
    """Return a condition of wording as a clause of a sentence, or that it does not hold.

    What wording may not ask is returned as it is typed. One of several that hold at once has
    brackets where it says "or".
    """
    source = "{% if " + expression + " %}{% endif %}"
    typed = expression if holds else f"{expression} does not hold"
    try:
        tree = ImmutableSandboxedEnvironment().parse(source)
    except TemplateSyntaxError:
        return typed
    node = next(tree.find_all(nodes.If)).test
    told = _side(node, called, holds, " and ") if is_one_of_several else _told(node, called, holds)
    return told or typed


def _told(node: nodes.Node, called: Called, holds: bool) -> str:
    match node:
        case nodes.Not():
            return _told(node.node, called, not holds)
        case nodes.And() | nodes.Or():
            word = _word(node, holds)
            told = [_side(side, called, holds, word) for side in (node.left, node.right)]
            return word.join(told) if all(told) else ""
        case nodes.Call() if id := asked_clause(node):
            return f"the policy {'has' if holds else 'does not have'} “{called(PRESENCE + id)}”"
        case nodes.Compare(ops=[nodes.Operand(op=op, expr=right)]) if op in _EQUAL:
            sides = node.expr, right
            if op in _SAME and isinstance(node.expr, nodes.Const):  # 'x' == kind
                sides = right, node.expr
            return _compared(*sides, called, _EQUAL[op] is holds)
    fact = _fact(node, called)
    return f"{fact} is {'' if holds else 'not '}set" if fact else ""


def _side(node: nodes.Node, called: Called, holds: bool, beside: str) -> str:
    """Return what stands on one side of an "and" or an "or"; in brackets where it has the other."""
    told = _told(node, called, holds)
    while isinstance(node, nodes.Not):
        node, holds = node.node, not holds
    has_other = isinstance(node, nodes.And | nodes.Or) and _word(node, holds) != beside
    return f"({told})" if told and has_other else told


def _word(node: nodes.And | nodes.Or, holds: bool) -> str:
    return " and " if isinstance(node, nodes.And) is holds else " or "


def _compared(left: nodes.Expr, right: nodes.Expr, called: Called, is_not: bool) -> str:
    values = list(right.iter_child_nodes()) if isinstance(right, nodes.List | nodes.Tuple) else []
    said = [_value(one, called) for one in values or [right]]
    if isinstance(left, nodes.Const):
        names = _fact(right, called)
        return f"{names} {'does not name' if is_not else 'names'} {left.value}" if names else ""
    fact = _fact(left, called)
    return f"{fact} is {'not ' if is_not else ''}{join_names(said, 'or')}" if fact else ""


def _value(node: nodes.Node, called: Called) -> str:
    return str(node.value) if isinstance(node, nodes.Const) else _fact(node, called)


def _fact(node: nodes.Node, called: Called) -> str:
    path = path_of(node, {})
    return called(".".join(path)) if path else ""
