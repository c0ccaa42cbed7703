"""Whatever words are edited: accepted and printed again, they are what the copy says, and only they."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from organisations import EVERYTHING, ROOT, workspace
from returned_copy import LAWYER, ReturnedWord, W
from test_edits import is_value, words

from policygen.model.review.acceptance import Acceptance, AcceptChoice
from policygen.pipeline.compose_profile import compose_profile
from policygen.pipeline.edit import edit
from policygen.pipeline.returned.accept import accept_returned, write_acceptance
from policygen.pipeline.returned.review import read_reviews
from policygen.present.edition import present
from policygen.problems import PolicygenError
from policygen.write.writer import writer

EDITION = "full-story"
BODY = "fenwick"
SHORTER = BODY if EVERYTHING else "little-marden"  # told in a fifth of the words
TAKE_ALL = AcceptChoice(everything=True, because="Asked for", cleared_by="Legal, 3 December 2026")


@dataclass(frozen=True)
class Body:
    """A body's folder of its own, and the Word file that was printed from it."""

    profile: Path

    @property
    def copy(self) -> Path:
        return self.profile.parent.parent / "copy.docx"

    def print(self) -> ReturnedWord:
        policy = compose_profile(self.profile, workspace()).policies[0]
        document = present(policy, EDITION, workspace().caches.prose)
        self.copy.write_bytes(writer("docx").write(document))
        return ReturnedWord(self.copy)

    def told(self) -> dict[str, str]:
        """The unfilled words of every clause."""
        policy = compose_profile(self.profile, workspace()).policies[0]
        return {
            clause.id: "\n".join(telling.wording.skeleton for telling in clause.tellings)
            for clause in policy.clauses()
        }

    def accept(self) -> Acceptance:
        acceptance = accept_returned(self.profile, [self.copy], workspace(), TAKE_ALL)
        write_acceptance(self.profile, acceptance)
        return acceptance


@cache
def clauses(organisation: str) -> tuple[str, ...]:
    with TemporaryDirectory() as folder:
        body = made(Path(folder), organisation)
        word, policy = body.print(), compose_profile(body.profile, workspace()).policies[0]
        numbered = [one.id for one in policy.clauses() if one.number]
        return tuple(id for id in numbered if not id.startswith("should-i") and words(word, id))


def made(folder: Path, organisation: str = BODY) -> Body:
    shutil.copytree(ROOT / "profiles" / organisation, folder / "body")
    return Body(folder / "body/profile.yaml")


def source_without(folder: Path, organisation: str, clause: str) -> str:
    """The body's own file with the clause's present words: what differs from it was accepted."""
    body = made(folder / "unchanged", organisation)
    with suppress(PolicygenError):  # it has words of its own there already
        edit(
            body.profile,
            clause,
            workspace(),
            because=TAKE_ALL.because,
            cleared_by=TAKE_ALL.cleared_by,
        )
    return (body.profile.parent / f"{clause.partition('.')[0]}.md").read_text()


@pytest.mark.slow
@settings(
    max_examples=60 if EVERYTHING else 4,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.data())
def test_what_is_accepted_prints_as_it_came_back(data: st.DataObject) -> None:
    clause = data.draw(st.sampled_from(clauses(SHORTER)))
    with TemporaryDirectory() as folder:
        body = made(Path(folder), SHORTER)
        before, word = body.told(), body.print()
        unchanged = source_without(Path(folder), SHORTER, clause)
        text = data.draw(st.sampled_from(words(word, clause)))
        old = data.draw(st.sampled_from([one for one in text.split(" ") if len(one) > 2]))
        run = word.text(clause, old).getparent()  # the first that has it may be a fact's
        assume(run is not None and not is_value(run))
        new = data.draw(st.sampled_from(["zebra", f"{old} and {{{{ zebras }}}}", "a*b* <i>"]))
        if data.draw(st.booleans()):
            word.track(clause, old, new, LAWYER)
        else:
            word.retype(clause, old, new)
        word.save()
        (read,) = read_reviews(body.profile, [body.copy], workspace())
        asked = read.review
        acceptance = body.accept()
        after = body.told()
        others = [id for id in before if id != clause]
        assert {id: after[id] for id in others} == {id: before[id] for id in others}
        if acceptance.by_hand:
            assert acceptance.changes == ()
            assert after == before
            return
        assert asked.edits
        (read,) = read_reviews(body.profile, [body.copy], workspace())
        left = read.review
        assert left.edits == ()
        assert left.fact_edits == ()
        (change,) = acceptance.changes
        lines = SequenceMatcher(
            None, unchanged.split("\n"), change.after.split("\n"), autojunk=False
        )
        assert sum(one[0] != "equal" for one in lines.get_opcodes()) == 1  # the touched lines alone


@pytest.mark.slow
def test_most_edits_need_no_hand() -> None:
    """One edit of the last words of clauses, all at once: only templates within a line need one.

    Every second clause of the shorter body, and in `make audit` every one of the longer.
    """
    chosen = clauses(SHORTER)[:: 1 if EVERYTHING else 2]
    with TemporaryDirectory() as folder:
        body = made(Path(folder), SHORTER)
        word = body.print()
        for clause in chosen:
            text = words(word, clause)[-1]
            word.retype(clause, max(text.split(" "), key=len), "zebra")
        word.save()
        acceptance = body.accept()
        (read,) = read_reviews(body.profile, [body.copy], workspace())
        left = read.review
    places = {edit.place for edit in left.edits}
    assert len(acceptance.by_hand) == len(places)
    assert len(places) <= len(chosen) * 0.12
    assert all(one.code == "PG662" for one in acceptance.by_hand)


@pytest.mark.slow
def test_an_index_that_differs_by_an_accepted_label_alone_says_nothing(tmp_path: Path) -> None:
    """The copy's own index still has the old label: nobody edited it."""
    body = made(tmp_path)
    word = body.print()
    word.retype("content.photographs-and-video", "Photographs and video", "Pictures")
    word.save()
    assert body.accept().by_hand == ()
    (read,) = read_reviews(body.profile, [body.copy], workspace())
    assert read.review.edits == ()
    entry = next(one for one in word.root.iter(f"{W}t") if one.text == "Access at work\u00a019.1")
    entry.text = "Access at work\u00a019.9"
    word.save()
    (read,) = read_reviews(body.profile, [body.copy], workspace())
    assert [edit.place for edit in read.review.edits] == ["index"]
