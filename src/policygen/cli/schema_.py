"""`policygen schema`: JSON Schemas, for editors and for programs that read policy.json."""

from __future__ import annotations

import json

import click


@click.command("schema")
@click.option("--policy", is_flag=True, help="The schema of policy.json instead of the profile's.")
@click.option(
    "--provenance", is_flag=True, help="The schema of what `explain --format json` prints."
)
@click.option("--differences", is_flag=True, help="The schema of what `diff --format json` prints.")
def command(policy: bool, provenance: bool, differences: bool) -> None:
    """Print the JSON Schema of a profile; many editors then complete and check it as you type."""
    from policygen.load.profile import profile_schema
    from policygen.model.policy import policy_schema
    from policygen.model.provenance import provenance_schema
    from policygen.report.changes.serialise import differences_schema

    asked = (
        (policy, policy_schema),
        (provenance, provenance_schema),
        (differences, differences_schema),
    )
    schema = next((made for wanted, made in asked if wanted), profile_schema)()
    click.echo(json.dumps(schema, indent=2, ensure_ascii=False))
