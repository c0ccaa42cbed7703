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
    expression: str, called: Called, *, holds: bool = True, is_part: bool = False
) -> str:
    """Return a condition of wording as a clause of a sentence, or that it does not hold.

    What wording may not ask is returned as it is typed. With `is_part` it stands beside others that
    hold too, so that an `or` in it is one `either ... or`.
    """
    source = "{% if " + expression + " %}{% endif %}"
    typed = expression if holds else f"{expression} does not hold"
    try:
        tree = ImmutableSandboxedEnvironment().parse(source)
    except TemplateSyntaxError:
        return typed
    test = next(tree.find_all(nodes.If)).test
    told = _told(test, called, holds) or typed
    return f"either {told}" if is_part and _is_either(test, holds) else told


def _told(node: nodes.Node, called: Called, holds: bool) -> str:
    match node:
        case nodes.Not():
            return _told(node.node, called, not holds)
        case nodes.And() | nodes.Or():
            return _joined(node, called, holds)
        case nodes.Call() if id := asked_clause(node):
            return f"the policy {'has' if holds else 'does not have'} “{called(PRESENCE + id)}”"
        case nodes.Compare(ops=[nodes.Operand(op=op, expr=right)]) if op in _EQUAL:
            sides = node.expr, right
            if op in _SAME and isinstance(node.expr, nodes.Const):  # 'x' == kind
                sides = right, node.expr
            return _compared(*sides, called, _EQUAL[op] is holds)
    fact = _fact(node, called)
    return f"{fact} is {'' if holds else 'not '}set" if fact else ""


def _joined(node: nodes.And | nodes.Or, called: Called, holds: bool) -> str:
    """Return two conditions as one. Of `(a or b) and c`, which all hold, the choice stands last."""
    sides = node.left, node.right
    is_all = isinstance(node, nodes.And) is holds
    choices = [is_all and _is_either(side, holds) for side in sides]
    told = [_told(side, called, holds) for side in sides]
    if not all(told):
        return ""
    plain = [said for said, is_choice in zip(told, choices, strict=True) if not is_choice]
    either = [f"either {said}" for said, is_one in zip(told, choices, strict=True) if is_one]
    return (" and " if is_all else " or ").join([*plain, *either])


def _is_either(node: nodes.Node, holds: bool) -> bool:
    """Tell whether a condition, told so, is one thing or another."""
    if isinstance(node, nodes.Not):
        return _is_either(node.node, not holds)
    return isinstance(node, nodes.And | nodes.Or) and isinstance(node, nodes.Or) is holds


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
