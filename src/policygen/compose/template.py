"""The small part of Jinja that wording may use, compiled once.

Wording prints facts, chooses by them and loops over them. Everything else (calls, arithmetic,
assignment, imports) is refused by a list of what is allowed, before anything runs; the sandbox
stands behind that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from jinja2 import Template, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from policygen.compose.fact import LOOP, LOOP_END, LOOP_HEAD, Fact
from policygen.facts.values import printed_value
from policygen.markdown.braces import jinja_source
from policygen.model.language import capitalise, join_names, subtag
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
_TOO_DEEP = (
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


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template ready to run, the facts that it names as (path, line).

    What is wrong with it comes too.
    """

    template: Template | None
    names: tuple[tuple[tuple[str, ...], int], ...]
    faults: tuple[TemplateFault, ...]


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
    comment_start_string="\ue006",  # comments are cut out when a fragment is read
    comment_end_string="\ue007",
    autoescape=False,  # values are tokens here; the writers escape
    finalize=_finalize,
    cache_size=0,
)
_environment.globals.clear()
_environment.tests = {}


class TemplateCache:
    """Templates by their text: a passage is compiled once, however many organisations print it."""

    def __init__(self, most: int = 8192) -> None:
        self.wording = lru_cache(maxsize=most)(compiled)
        self.condition = lru_cache(maxsize=1024)(condition)


_PLAIN = Compiled(None, (), ())


def compiled(text: str) -> Compiled:
    """Parse and check the text of a passage. Without braces there is nothing to run."""
    if "{" not in text:
        return _PLAIN
    names: _Names = []
    try:
        tree = _environment.parse(jinja_source(text))
        faults = list(_faults(tree, names))
    except TemplateSyntaxError as error:
        what = f"The braces are not right here: {(error.message or 'unreadable').rstrip('.')}."
        mend = "Close what is open: {{ }}, {% if %} ... {% endif %}, {% for %} ... {% endfor %}."
        return Compiled(None, (), (TemplateFault(error.lineno - 1, what, mend),))
    except (RecursionError, ValueError):  # brackets a thousand deep, a number of a thousand digits
        return Compiled(None, (), (TemplateFault(0, *_TOO_DEEP),))
    if faults:
        return Compiled(None, tuple(names), tuple(faults))
    tree = _MarkLoops().visit(_LookUpClauses().visit(tree))
    tree.set_environment(_environment)
    code = _environment.compile(tree)
    return Compiled(Template.from_code(_environment, code, {}), tuple(names), ())


def _faults(tree: nodes.Template, names: _Names) -> Iterator[TemplateFault]:
    """What is refused in a template. One that is nested too deeply is looked at no further."""
    deep = _too_deep(tree)
    if deep is not None:
        yield TemplateFault(_line(deep), *_TOO_DEEP)
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


def condition(text: str) -> Compiled:
    """A `when:` expression, as a template that prints something exactly when it holds."""
    if "{%" in text or "%}" in text:
        fault = TemplateFault(
            0, "A condition stands without braces.", "Write it like `organisation.unions`."
        )
        return Compiled(None, (), (fault,))
    decision = compiled(f"{{% if ({text}) %}}yes{{% endif %}}")
    if any(path[0] == "has" for path, _ in decision.names):
        what = "A `when:` cannot ask which clauses are in: it is decided before that."
        return Compiled(None, (), (TemplateFault(0, what, "Ask for the fact that decides it."),))
    return decision


def _path(node: nodes.Node, scope: _Scope) -> tuple[str, ...] | None:
    match node:
        case nodes.Name():
            return scope.get(node.name, (node.name,))
        case nodes.Getattr():
            above = _path(node.node, scope)
            return (*above, node.attr) if above else None
        case nodes.Getitem() if isinstance(node.arg, nodes.Const) and isinstance(
            node.arg.value, (str, int)
        ):
            above = _path(node.node, scope)
            return (
                (*above, "*" if isinstance(node.arg.value, int) else node.arg.value)
                if above
                else None
            )
    return None


# What is allowed, as a grammar of four rules: blocks, conditions, what a condition compares, what
# is printed.
# Each reports what is not allowed, and notes every fact that is named.

_Scope: TypeAlias = dict[str, tuple[str, ...]]  # what each loop goes through, by its variable
_Names: TypeAlias = list[tuple[tuple[str, ...], int]]


def _block(
    node: nodes.Node, scope: _Scope, names: _Names, depth: int = 0
) -> Iterator[TemplateFault]:
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
            over = _path(node.iter, scope)
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


def _printable(node: nodes.Node, scope: _Scope, names: _Names) -> Iterator[TemplateFault]:
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
    node: nodes.Node, scope: _Scope, names: _Names, depth: int = 0
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
        case nodes.Call() if id := _asked_clause(node):
            names.append((("has", id), _line(node)))
        case _:
            yield from _fact(node, scope, names, "A condition asks for facts.")


def _compared_values(op: str, right: nodes.Expr) -> list[nodes.Node]:
    """Return the values that a fact may be compared with: one, or after `in` those of a list."""
    if op not in ("in", "notin"):
        return [right]
    is_list = isinstance(right, (nodes.List, nodes.Tuple))
    return list(right.iter_child_nodes()) if is_list else []


def _fact(
    node: nodes.Node, scope: _Scope, names: _Names, otherwise: str
) -> Iterator[TemplateFault]:
    path = _path(node, scope)
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


def _asked_clause(node: nodes.Call) -> str:
    """Return the id in `has('section.clause')`; empty for any other call."""
    called = isinstance(node.node, nodes.Name) and node.node.name == "has"
    more = node.kwargs or node.dyn_args or node.dyn_kwargs
    if not called or more or len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
        return ""
    id = node.args[0].value
    return id if isinstance(id, str) else ""


class _LookUpClauses(NodeTransformer):
    """Make has('section.clause') a fact like any other: what `has` holds under the clause's id."""

    def visit_Call(self, node: nodes.Call) -> nodes.Getitem:
        key = nodes.Const(_asked_clause(node), lineno=node.lineno)
        name = nodes.Name("has", "load", lineno=node.lineno)
        return nodes.Getitem(name, key, "load", lineno=node.lineno)


class _MarkLoops(NodeTransformer):
    """Put marks around what each loop prints, so that it counts as one value of its list."""

    def __init__(self) -> None:
        self.scope: _Scope = {}

    def visit_For(self, node: nodes.For) -> list[nodes.Node]:
        path = _path(node.iter, self.scope) or ()
        assert isinstance(node.target, nodes.Name)  # no other loop passes `_block`
        outer, self.scope = self.scope, {**self.scope, node.target.name: (*path, "*")}
        self.generic_visit(node)
        self.scope = outer
        return [
            nodes.Output(
                [nodes.TemplateData(LOOP + ".".join(path) + LOOP_HEAD)], lineno=node.lineno
            ),
            node,
            nodes.Output([nodes.TemplateData(LOOP_END)], lineno=node.lineno),
        ]


# --- Filters: each takes a Fact and gives a Fact, so that the value keeps its path ----------------


def _plural(fact: Fact, one: str, many: str = "") -> Fact:
    """`5 | plural('working day')` prints "5 working days".

    Only English makes a plural with an s: in Welsh and te reo Māori a noun that is given once
    serves for all numbers.
    """
    if fact.value is None:
        return fact
    language = fact.log.language
    several = many or (f"{one}s" if subtag(language) == "en" else one)
    unit = one if str(fact.value) == "1" else several
    number = fact.text or printed_value(fact.value, language)
    return Fact(fact.path, fact.value, fact.log, f"{number}\u00a0{unit}")


def _sentence(fact: Fact) -> Fact:
    """Begin a sentence: a capital first letter, and the rest as it is."""
    text = fact.text or fact.value
    if not isinstance(text, str):
        return fact
    return Fact(fact.path, fact.value, fact.log, capitalise(text))


def _listed(fact: Fact, word: str = "and") -> Fact:
    """`[a, b, c] | listed` prints "a, b and c"; an empty list is a missing fact.

    `word` goes before the last item, in the language of the wording where its labels have it.
    """
    if not isinstance(fact.value, (list, tuple)) or not fact.value:
        return Fact(fact.path, None, fact.log)
    items = [str(item) for item in fact.value]
    translated = fact.log.labels.get(word, word)
    return Fact(fact.path, fact.value, fact.log, join_names(items, translated))


_environment.filters = {"plural": _plural, "sentence": _sentence, "listed": _listed}
