"""The small part of Jinja that wording may use, compiled.

Wording prints facts, chooses by them and loops over them. Everything else (calls, arithmetic,
assignment, imports) is refused by a list of what is allowed, before anything runs; the sandbox
stands behind that.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinja2 import Template, TemplateSyntaxError, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from policygen.compose.fact import LOOP, LOOP_END, LOOP_HEAD, Fact
from policygen.compose.template.allowed import (
    TOO_DEEP,
    Names,
    Scope,
    TemplateFault,
    asked_clause,
    path_of,
    refusals,
)
from policygen.facts.values import printed_value
from policygen.markdown.braces import jinja_source
from policygen.model.language import capitalise, join_names, subtag


@dataclass(frozen=True, slots=True)
class TemplateCode:
    """A passage as Jinja compiled it: plain data, which may outlive the run.

    `code` is Python's bytecode, marshalled, or empty where there is nothing to run. `names` are the
    facts that it names as (path, line).
    """

    code: bytes = b""
    names: tuple[tuple[tuple[str, ...], int], ...] = ()
    faults: tuple[TemplateFault, ...] = ()


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


def template_code(text: str) -> TemplateCode:
    """Parse, check and compile the text of a passage. Without braces there is nothing to run."""
    if "{" not in text:
        return TemplateCode()
    names: Names = []
    try:
        tree = _environment.parse(jinja_source(text))
        faults = list(refusals(tree, names))
    except TemplateSyntaxError as error:
        what = f"The braces are not right here: {(error.message or 'unreadable').rstrip('.')}."
        mend = "Close what is open: {{ }}, {% if %} ... {% endif %}, {% for %} ... {% endfor %}."
        return TemplateCode(faults=(TemplateFault(error.lineno - 1, what, mend),))
    except (RecursionError, ValueError):  # brackets a thousand deep, a number of a thousand digits
        return TemplateCode(faults=(TemplateFault(0, *TOO_DEEP),))
    if faults:
        return TemplateCode(names=tuple(names), faults=tuple(faults))
    tree = _MarkLoops().visit(_LookUpClauses().visit(tree))
    tree.set_environment(_environment)
    return TemplateCode(marshal.dumps(_environment.compile(tree)), tuple(names))


def compiled(text: str) -> Compiled:
    """Return the text of a passage as a template that is ready to run."""
    return make_ready(template_code(text))


def make_ready(template: TemplateCode) -> Compiled:
    """Return a template that is ready to run."""
    if not template.code:
        return Compiled(None, template.names, template.faults)
    ready = Template.from_code(_environment, marshal.loads(template.code), {})
    return Compiled(ready, template.names, ())


def condition_text(when: str) -> str:
    """Return a `when:` expression as a text that prints something exactly when it holds."""
    return f"{{% if ({when}) %}}yes{{% endif %}}"


def condition(when: str, compile_text: Callable[[str], Compiled] = compiled) -> Compiled:
    """Return a `when:` expression as a template that prints something exactly when it holds."""
    if "{%" in when or "%}" in when:
        fault = TemplateFault(
            0, "A condition stands without braces.", "Write it like `organisation.unions`."
        )
        return Compiled(None, (), (fault,))
    decision = compile_text(condition_text(when))
    if any(path[0] == "has" for path, _ in decision.names):
        what = "A `when:` cannot ask which clauses are in: it is decided before that."
        return Compiled(None, (), (TemplateFault(0, what, "Ask for the fact that decides it."),))
    return decision


class _LookUpClauses(NodeTransformer):
    """Make has('section.clause') a fact like any other: what `has` holds under the clause's id."""

    def visit_Call(self, node: nodes.Call) -> nodes.Getitem:
        key = nodes.Const(asked_clause(node), lineno=node.lineno)
        name = nodes.Name("has", "load", lineno=node.lineno)
        return nodes.Getitem(name, key, "load", lineno=node.lineno)


class _MarkLoops(NodeTransformer):
    """Put marks around what each loop prints, so that it counts as one value of its list."""

    def __init__(self) -> None:
        self.scope: Scope = {}

    def visit_For(self, node: nodes.For) -> list[nodes.Node]:
        path = path_of(node.iter, self.scope) or ()
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
