"""Bodies by the thousand: of every kind, place, posture and extent, the same ones for the same seed.

    python bench/made.py COUNT FOLDER [SEED]

writes COUNT profiles, each into a folder of its own.
"""

from __future__ import annotations

import json
import random
import sys
from itertools import product
from pathlib import Path
from typing import Any

from policygen.load.library.library import load_library
from policygen.model.fragment import Library

SEED = 17
CONTACTS = ("press_office", "legal", "records", "data_protection", "security", "human_resources")
EXTENTS = ("core", "usual", "everything")
MAY_HAVE: dict[str, Any] = {
    "elected_members": True,
    "elections": [{"event": "the local vote", "starts": "2027-03-22", "ends": "2027-05-06"}],
    "unions": ["the Union of Public Staff"],
    "delivery_partners": ["Kestrel Leisure"],
    "banned_apps": ["Chirrup"],
    "related_policies": [{"title": "Code of conduct", "url": "https://body.example/conduct"}],
}
PLATFORMS = ("Facebook", "X", "Instagram", "LinkedIn", "YouTube", "WhatsApp")


def make_bodies(count: int, folder: Path, seed: int = SEED) -> list[Path]:
    """Write as many profiles, and return their folders, in order."""
    chance = random.Random(seed)
    stacks = _stacks(load_library())
    chance.shuffle(stacks)
    made = []
    for number in range(count):
        body = folder / f"body-{number:05}"
        body.mkdir(parents=True)
        facts = _facts(number, stacks[number % len(stacks)], chance)
        body.joinpath("profile.yaml").write_text(json.dumps(facts, indent=1), "utf-8")
        made.append(body)
    return made


def _stacks(library: Library) -> list[tuple[str, str, str, str]]:
    """Every place, kind and posture that go together, each at every extent."""
    rungs = (library.names(rung) for rung in ("jurisdiction", "kind", "posture"))
    every = product(*rungs, EXTENTS)
    return [stack for stack in every if library.exists(stack[1], stack[0])]


def _facts(number: int, stack: tuple[str, ...], chance: random.Random) -> dict[str, Any]:
    place, kind, posture, extent = stack
    address = f"body{number}.example"
    who = {"role": "the communications team", "email": f"team@{address}", "phone": "01632 960 100"}
    has = [name for name in MAY_HAVE if chance.random() < 0.5]
    return {
        "name": f"{kind.replace('-', ' ').capitalize()} of Example Place {number}",
        "short_name": "the organisation",
        "kind": kind,
        "jurisdiction": place,
        "posture": posture,
        "extent": extent,
        "languages": ["en-GB"],
        "website": f"https://www.{address}",
        "complaints": f"https://www.{address}/complaints",
        "policy": _control(number, who),
        "contacts": dict.fromkeys((*CONTACTS, "safeguarding", "out_of_hours"), who),
        "channels": [_channel(name, number) for name in PLATFORMS[: chance.randint(1, 6)]],
        "approval": [{"content": "posts", "approver": "the owner", "within": "1 day"}],
        **{name: MAY_HAVE[name] for name in has},
    }


def _control(number: int, who: dict[str, str]) -> dict[str, Any]:
    return {
        "number": f"P-{number}",
        "version": "1.0",
        "status": "draft",
        "owner": who,
        "approver": {"role": "the board"},
        "issued": "2026-12-07",
        "review_by": "2027-12-07",
    }


def _channel(platform: str, number: int) -> dict[str, Any]:
    return {
        "platform": platform,
        "handle": f"body{number}",
        "purpose": "News and answers",
        "owner": "the communications officer",
        "languages": ["en-GB"],
        "staffed_hours": "9 to 5",
        "response_time": "1 day",
        "moderation": "after",
    }


if __name__ == "__main__":
    seeds = map(int, sys.argv[3:4])
    make_bodies(int(sys.argv[1]), Path(sys.argv[2]), *seeds)
