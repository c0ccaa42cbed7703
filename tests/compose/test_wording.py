"""Wording reads facts and does nothing else: escapes from the sandbox, explosions, and what they cost."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from small import LAW, ROOT, Small

ESCAPES = """\
{{ ''.__class__ }}
{{ ''.__class__.__mro__[1].__subclasses__() }}
{{ [].__class__.__mro__ }}
{{ {}.__class__.__bases__[0] }}
{{ ().__class__ }}
{{ organisation.__class__ }}
{{ organisation['__class__'] }}
{{ organisation["__init__"]["__globals__"] }}
{{ organisation.name.__class__.__mro__ }}
{{ organisation.name.__len__() }}
{{ organisation | attr('__class__') }}
{{ organisation | attr('log') }}
{{ organisation.log }}
{{ organisation.value }}
{{ organisation._decides() }}
{{ cycler.__init__.__globals__.os.popen('id').read() }}
{{ joiner.__init__ }}
{{ namespace.__init__ }}
{{ lipsum.__globals__['os'] }}
{{ self.__init__ }}
{{ self._TemplateReference__context }}
{{ loop }}
{{ caller() }}
{{ range(3) }}
{{ dict(a=1) }}
{{ config }}
{{ request.application }}
{{ get_flashed_messages }}
{{ '{0.__class__}'.format(organisation) }}
{{ '%s' % organisation }}
{{ organisation.name ~ organisation.name }}
{{ organisation.name | format }}
{{ organisation.name | safe }}
{{ organisation.name | map('upper') }}
{{ organisation.name is mapping }}
{{ organisation.name[0:3] }}
{{ -commitments.capture }}
{{ commitments.capture + 1 }}
{{ organisation.name.upper() }}
{{ policy.copy }}
{{ organisation.items }}
{% set x = organisation %}{{ x }}
{% include 'profile.yaml' %}
{% import 'x' as y %}
{% from 'x' import y %}
{% extends 'x' %}
{% macro m() %}{% endmacro %}
{% call m() %}{% endcall %}
{% filter upper %}x{% endfilter %}
{% block x %}{% endblock %}
{% with a = 1 %}{% endwith %}
{% do organisation.clear() %}
{% autoescape true %}{% endautoescape %}
{% for x in organisation.__dict__ %}{% endfor %}
{% for x in [1, 2, 3] %}{% endfor %}
{% for x in range(9) %}{% endfor %}
{% for x in channels recursive %}{{ loop(x) }}{% endfor %}
{% for x, y in organisation.items() %}{% endfor %}
{% if organisation.__class__ %}{% endif %}
{% if ''.__class__ %}{% endif %}
{% if lipsum %}{% endif %}
{{ 'text' }}
{{ 5 }}
{{ none }}
{{ true }}
{{ [organisation.name] }}
{{ not organisation.name }}
{{ organisation.name == 'x' }}
{{ organisation.name if elections }}
{{ organisation.name | plural }}
{{ organisation.name | plural(organisation.name) }}
{{ organisation.name | plural('a', 'b', 'c') }}
{{ organisation.name | listed(*channels) }}
{{ 'x' | sentence }}
{% if 1 in 2 %}{% endif %}
{% if 1 < 'a' %}{% endif %}
{% if organisation.name in 'abc' %}{% endif %}
{% if 1 < commitments.capture < 3 %}{% endif %}
{% if [1] < commitments.capture %}{% endif %}
{% if organisation.name, elections %}{% endif %}
"""
EXPLOSIONS = {
    "a long text": "{{ 'a' * 10 ** 9 }}",
    "a long list": "{{ [0] * 10 ** 8 }}",
    "a power": "{{ 9 ** 9 ** 9 ** 9 }}",
    "a condition of powers": "{% if 9 ** 9 ** 9 %}x{% endif %}",
    "a wide number": "{{ '%0999999999d' % 1 }}",
    "a wide format": "{{ '{:>999999999}'.format(1) }}",
    "a long number": "{% if commitments.capture > " + "9" * 50_000 + " %}x{% endif %}",
    "a range": "{% for x in range(10 ** 9) %}x{% endfor %}",
    "loops within loops": "".join(f"{{% for {c} in channels %}}" for c in "abcdefgh")
    + "x"
    + "{% endfor %}" * 8,
    "loops that print nothing": "".join(f"{{% for {c} in channels %}}" for c in "abcdefgh")
    + "{% endfor %}" * 8,
    "many loops": "{% for a in channels %}" * 60 + "x" + "{% endfor %}" * 60,
    "many conditions": "{% if elections %}" * 300 + "x" + "{% endif %}" * 300,
    "many brackets": "{{ " + "(" * 3_900 + "elections" + ")" * 3_900 + " }}",
    "many dots": "{{ organisation" + ".name" * 1_500 + " }}",
    "many nots": "{% if " + "not " * 1_900 + "elections %}x{% endif %}",
    "many ors": "{% if " + "elections or " * 600 + "elections %}x{% endif %}",
    "many filters": "{{ organisation.name" + " | the" * 1_200 + " }}",
    "many choices": "{{ " + "organisation.name if elections else " * 200 + "organisation.name }}",
}


@pytest.mark.parametrize("text", ESCAPES.splitlines())
def test_wording_reads_facts_and_does_nothing_else(text: str, small: Small) -> None:
    small.write({"base/law.md": LAW.replace("Keep it.", f"{text}\n\nOne.")})
    (problem, *_) = found = small.found()
    assert {str(p.location) for p in found} == {"templates/base/law.md:7:1"}
    assert problem.what.startswith("law.records: ")
    assert "policygen" not in problem.what + problem.mend
    assert " object at " not in problem.what + problem.mend


@pytest.mark.parametrize("name", EXPLOSIONS)
def test_explosions_are_refused_within_a_second(name: str, small: Small) -> None:
    small.write({"base/law.md": LAW.replace("Keep it.", EXPLOSIONS[name])})
    small.set(f"channels: [{', '.join(['{platform: X}'] * 30)}]\n")
    started = time.process_time()  # of this process: a busy machine is no explosion
    (problem, *_) = small.found()
    assert time.process_time() - started < 2
    assert problem.location.path == "templates/base/law.md"
    assert problem.what.startswith("law.records: ")


@pytest.mark.slow
def test_explosions_take_little_memory(tmp_path: Path) -> None:
    """All of them in one process that may not have 300 MB of its own."""
    script = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from policygen.compose.template.compiled import compiled, condition
resource.setrlimit(resource.RLIMIT_AS, (400_000_000, 400_000_000))
from test_wording import EXPLOSIONS
for text in EXPLOSIONS.values():
    compiled(text)
    condition(text)
print("done")
"""
    command = [sys.executable, "-c", script, str(Path(__file__).parent)]
    environment = {"PYTHONPATH": str(ROOT / "tests"), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=60
    )
    assert done.stdout == "done\n", done.stderr[-2000:]


def test_every_fault_of_a_passage_comes_at_once(small: Small) -> None:
    small.write({"base/law.md": LAW.replace("Keep it.", "{{ polcy }}\n{{ 5 }}\nx\n{{ x() }}")})
    assert sorted(p.location.line for p in small.found()) == [7, 8, 10]


def test_a_fact_in_code_is_found_as_the_fragment_is_read(small: Small) -> None:
    """What is no Markdown for a document comes before what is no fact."""
    small.write({"base/law.md": LAW.replace("Keep it.", "{{ polcy }}\n`{{ policy.number }}`")})
    assert [(p.location.line, p.code[:3]) for p in small.found()] == [(8, "PG2")]
