"""Releases: freeze a version of a policy with the files published, and read it back unchanged.

    profiles/<organisation>/releases/<version>/
        release.json        the record: what, who, where, when, and a checksum of every file
        policy.json         the canonical policy; policy.<language>.json for further languages
        overview.pdf ...    the files as published
        profile/            the profile, the organisation's own words and its logo, as they stood

The guard is the checksums: whoever reads a release compares every file with the record first.
"""

from policygen.release.freeze import freeze, sources
from policygen.release.moved import moved_on
from policygen.release.read import Release, read_release, releases, split, verify
from policygen.release.ready import entry, next_version, own, unmoved

__all__ = [
    "Release",
    "entry",
    "freeze",
    "moved_on",
    "next_version",
    "own",
    "read_release",
    "releases",
    "sources",
    "split",
    "unmoved",
    "verify",
]  # fmt: skip
