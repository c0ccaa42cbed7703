"""`policygen schema`: JSON Schemas, for editors and for other programs."""

from __future__ import annotations

import json
from typing import Any

import click


@click.command("schema")
@click.option("--policy", is_flag=True, help="The schema of policy.json instead of the profile's.")
@click.option(
    "--provenance", is_flag=True, help="The schema of what `explain --format json` prints."
)
@click.option("--differences", is_flag=True, help="The schema of what `diff --format json` prints.")
@click.option("--problems", is_flag=True, help="The schema of what `check --format json` prints.")
def schema_command(policy: bool, provenance: bool, differences: bool, problems: bool) -> None:
    """Print the JSON Schema of a profile; many editors then complete and check it as you type."""
    if policy:
        schema = _policy_schema()
    elif provenance:
        schema = _provenance_schema()
    elif differences:
        schema = _differences_schema()
    elif problems:
        schema = _problems_schema()
    else:
        schema = _profile_schema()
    click.echo(json.dumps(schema, indent=2, ensure_ascii=False))


def _profile_schema() -> dict[str, Any]:
    from policygen.load.profile.profile import profile_schema

    return profile_schema()


def _policy_schema() -> dict[str, Any]:
    from policygen.model.policy import policy_schema

    return policy_schema()


def _provenance_schema() -> dict[str, Any]:
    from policygen.model.provenance import provenance_schema

    return provenance_schema()


def _differences_schema() -> dict[str, Any]:
    from policygen.report.changes.serialise import differences_schema

    return differences_schema()


def _problems_schema() -> dict[str, Any]:
    from policygen.cli.problem_formats import problems_schema

    return problems_schema()
