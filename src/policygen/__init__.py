"""policygen: social media policies for public bodies, one profile told at three depths.

The names below are the public ones; they are imported when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policygen.model.policy import Policy as Policy
    from policygen.model.profile import Profile as Profile
    from policygen.pipeline.build import build as build
    from policygen.pipeline.check import check as check
    from policygen.pipeline.diff import compare as compare
    from policygen.pipeline.workspace import Workspace as Workspace
    from policygen.problems import PolicygenError as PolicygenError
    from policygen.problems import Problem as Problem

_HOMES = {
    "Policy": "policygen.model.policy",
    "PolicygenError": "policygen.problems",
    "Problem": "policygen.problems",
    "Profile": "policygen.model.profile",
    "Workspace": "policygen.pipeline.workspace",
    "build": "policygen.pipeline.build",
    "check": "policygen.pipeline.check",
    "compare": "policygen.pipeline.diff",
}
__all__ = [
    "Policy",
    "PolicygenError",
    "Problem",
    "Profile",
    "Workspace",
    "build",
    "check",
    "compare",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
