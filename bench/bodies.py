"""Who is measured: the example bodies, bodies made after their likeness, and what is composed of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from policygen.compose.composer import compose
from policygen.compose.composition import ComposeCache
from policygen.load.library.library import load_library, shipped
from policygen.load.profile.profile import load_organisation
from policygen.model.document import Document
from policygen.model.fragment import Library, Organisation
from policygen.model.policy import Policy
from policygen.present.edition import present

TWO = ("fenwick", "rauporoa")  # whose policies differ in most


@cache
def library() -> Library:
    return load_library()


@cache
def compose_cache() -> ComposeCache:
    """What all compositions of this run share, as in one run of the program."""
    return ComposeCache()


def tiers() -> tuple[str, ...]:
    """The editions that are built by default: the whole policy, one at each depth."""
    return library().outline.default_editions


def examples() -> list[Organisation]:
    profiles = sorted(shipped("profiles").glob("*/profile.yaml"))
    return [load_organisation(profile, library()) for profile in profiles]


def alike(count: int) -> list[Organisation]:
    """Bodies like the examples, each with a name of its own."""
    models = examples()
    return [_renamed(models[number % len(models)], number) for number in range(count)]


def _renamed(like: Organisation, number: int) -> Organisation:
    names = {"name": f"Organisation number {number}", "short_name": f"body {number}"}
    return replace(like, name=f"org-{number}", profile=like.profile.model_copy(update=names))


def policy_of(body: Organisation) -> Policy:
    """A body's policy, in its first language."""
    policy = compose(library(), body, body.profile.languages[0], compose_cache()).policy
    assert policy
    return policy


def named_policies(bodies: list[Organisation]) -> Iterator[tuple[str, str, Policy]]:
    """One after the other, so that none is kept; each with its name and its label."""
    for body in bodies:
        yield body.name, body.name, policy_of(body)


def policy(name: str) -> Policy:
    (body,) = (body for body in examples() if body.name == name)
    return policy_of(body)


def document(edition: str) -> Document:
    return present(policy("fenwick"), edition)
