"""Write sbom.cdx.json, the CycloneDX list of what policygen is made of, or with --check say whether it is stale.

The parts are those that `pip install policygen[fleet,web]` brings, at the versions of constraints.txt, and what
policygen itself ships beside its program: the words and the font. Licences are as each part states them.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from email.message import Message

ROOT = Path(__file__).parents[1]
FILE = ROOT / "sbom.cdx.json"
NEWEST = {"python_version": "3.13", "python_full_version": "3.13.0"}
HTMX = "2.0.8"  # of src/policygen/web/static/htmx.min.js, as npm has it: a test knows its checksum
# How a licence is called in classifiers, where a part states it in no better way.
BY_CLASSIFIER = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
}
# Some parts' metadata states none, or half of one; these are what the licence files in them say.
BY_FILE = {
    "partd": "BSD-3-Clause",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "resvg-py": "MIT",
}


def main(arguments: list[str]) -> int:
    """Write the list, or compare it; returns the exit status."""
    made = sbom()
    if "--check" not in arguments:
        FILE.write_text(made, "utf-8")
        return 0
    if FILE.is_file() and FILE.read_text("utf-8") == made:
        return 0
    print("sbom.cdx.json is stale: run `make sbom`.", file=sys.stderr)
    return 1


def sbom() -> str:
    """The list as JSON, the same for the same versions."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    program = Component(
        name=project["name"],
        version=project["version"],
        type=ComponentType.APPLICATION,
        bom_ref=project["name"],
        description=project["description"],
        licenses=[LicenseFactory().make_from_string("MIT")],
    )
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["web"], *extras["fleet"]]
    bom = Bom(components=[*shipped(), *(component(part) for part in parts(wanted))])
    bom.metadata.component = program
    # Neither a time nor a random number: the same parts give the same list. Its type allows no
    # None, and what is written then leaves the time out.
    bom.metadata.timestamp = None  # type: ignore[assignment]
    versions = " ".join(sorted(f"{part.name}=={part.version}" for part in bom.components))
    bom.serial_number = uuid5(NAMESPACE_URL, versions)
    bom.register_dependency(program, bom.components)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def shipped() -> Iterator[Component]:
    """What stands in the wheel beside the program."""
    make = LicenseFactory().make_from_string
    yield Component(
        name="policygen-templates",
        type=ComponentType.DATA,
        bom_ref="templates",
        description="The wording that policies are made of",
        licenses=[make("MIT-0")],
    )
    yield Component(
        name="Public Sans",
        type=ComponentType.FILE,
        bom_ref="public-sans",
        description="The font of the documents",
        licenses=[make("OFL-1.1")],
    )
    yield Component(
        name="htmx.org",
        version=HTMX,
        type=ComponentType.LIBRARY,
        bom_ref="htmx.org",
        purl=PackageURL("npm", None, "htmx.org", HTMX),
        description="The script of the page that `policygen serve` shows",
        licenses=[make("0BSD")],
    )


def parts(requirements: list[str]) -> list[Distribution]:
    """Every distribution that these requirements bring, and those that it brings in turn."""
    found: dict[str, Distribution] = {}
    seen: set[str] = set()
    wanted = [Requirement(text) for text in requirements]
    while wanted:
        requirement = wanted.pop()
        if str(requirement) not in seen:
            seen.add(str(requirement))
            part = distribution(requirement.name)
            found[canonicalize_name(part.name)] = part
            wanted += brought(part, requirement.extras)
    return [found[name] for name in sorted(found)]


def brought(part: Distribution, extras: set[str]) -> Iterator[Requirement]:
    """What a part needs on this machine, with these of its extras.

    Under an older Python it may bring what the newest has in its own library, such as importlib-metadata.
    """
    for text in part.requires or []:
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(
            marker.evaluate({**NEWEST, "extra": extra}) for extra in ("", *extras)
        ):
            yield requirement


def component(part: Distribution) -> Component:
    """Describe one part as CycloneDX has it."""
    name = canonicalize_name(part.name)
    return Component(
        name=name,
        version=part.version,
        bom_ref=name,
        purl=PackageURL("pypi", None, name, part.version),
        licenses=[LicenseFactory().make_from_string(licence(part))],
    )


def licence(part: Distribution) -> str:
    """As the part states it: an SPDX expression, a classifier, a short text, or a file."""
    metadata = cast("Message", part.metadata)
    if stated := metadata.get("License-Expression"):
        return str(stated)
    classifiers = metadata.get_all("Classifier") or []
    names = [re.sub(".*:: ", "", line) for line in classifiers if line.startswith("License ::")]
    known = [BY_CLASSIFIER[name] for name in names if name in BY_CLASSIFIER]
    if known:
        return " OR ".join(known)
    return str(BY_FILE.get(canonicalize_name(part.name)) or metadata["License"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
