"""The digest by which a printed policy is found again is the same wherever policygen is installed."""

from __future__ import annotations

from organisations import policies

from policygen.model.policy import policy_digest, policy_to_json


def test_where_the_files_lie_does_not_count_and_every_word_does() -> None:
    here = policy_to_json(policies("fenwick")[0])
    elsewhere = here.replace(b'"path": "', b'"path": "/opt/lib/')
    assert elsewhere != here
    assert policy_digest(elsewhere) == policy_digest(here)
    reworded = here.replace(b"You must check what you post", b"You may check what you post", 1)
    assert reworded != here
    assert policy_digest(reworded) != policy_digest(here)
