"""Whatever is edited, wherever it stands: it is told under its clause, by its hand, and nothing else is."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from organisations import EVERYTHING, policies, workspace
from returned_copy import LAWYER, UNION, ReturnedWord, W

from policygen.load.returned.package.open import open_returned
from policygen.load.returned.reader import read_returned
from policygen.model.document import Document
from policygen.model.returned.copy import ReturnedCopy
from policygen.model.review.review import ReturnedEditKind, Review, Sent
from policygen.model.review.sent_file import SentFile
from policygen.present.edition import present
from policygen.review.known_sent import known_sent
from policygen.review.review import review_copy
from policygen.write.writer import writer

EDITION = "policy"


@cache
def sent(edition: str = EDITION) -> tuple[SentFile, bytes]:
    """The document of a council as it was sent, and its bytes."""
    policy = policies("fenwick")[0]
    document: Document = present(policy, edition, workspace().caches.prose)
    data = writer("docx").write(document)
    with TemporaryDirectory() as folder:
        copy: ReturnedCopy = read_returned(open_returned(written(data, folder)), document)
    return known_sent(Sent("as sent", is_exact=True), policy, document, copy), data


def written(data: bytes, folder: str) -> Path:
    path = Path(folder) / "copy.docx"
    path.write_bytes(data)
    return path


class Returned:
    """A copy that is edited, and then reviewed."""

    def __init__(self, folder: str, edition: str = EDITION) -> None:
        self.file, data = sent(edition)
        self.word = ReturnedWord(written(data, folder))

    def review(self) -> Review:
        copy = read_returned(open_returned(self.word.save()), self.file.document)
        return review_copy(copy, "copy.docx", self.file, self.file.policy)


def words(word: ReturnedWord, clause: str) -> list[str]:
    """The pieces of text of a clause that are more than a word, but those of its heading.

    A printed fact is none of its words.
    """
    _, *paragraphs = word.clause(clause)
    runs = (run for paragraph in paragraphs for run in paragraph.iter(f"{W}r"))
    own = (run for run in runs if not is_value(run))
    texts = (text.text or "" for run in own for text in run.iter(f"{W}t"))
    return [text for text in texts if text.count(" ") > 2]


def is_value(run: etree._Element) -> bool:
    """Whether a run prints a fact."""
    return run.find(f"{W}rPr/{W}rStyle[@{W}val='PrintedFact']") is not None


@cache
def clauses() -> list[str]:
    """The clauses whose words can be edited here."""
    with TemporaryDirectory() as folder:
        word = Returned(folder).word
        numbered = [one.id for one in policies("fenwick")[0].clauses() if one.number]
        return [id for id in numbered if not id.startswith("should-i") and words(word, id)]


@pytest.mark.slow
@settings(max_examples=12 if EVERYTHING else 6, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_one_edit_is_one_edit(data: st.DataObject) -> None:
    clause = data.draw(st.sampled_from(clauses()))
    author = data.draw(st.sampled_from([LAWYER, ""]))
    with TemporaryDirectory() as folder:
        returned = Returned(folder)
        text = data.draw(st.sampled_from(words(returned.word, clause)))
        old = data.draw(st.sampled_from([word for word in text.split(" ") if len(word) > 2]))
        new = data.draw(st.sampled_from(["", "zebra", f"{old} and zebras"]))
        if author:
            returned.word.track(clause, old, new, author)
        else:
            returned.word.retype(clause, old, new)
        review = returned.review()
    told = [(edit.place, edit.kind, edit.hand.author) for edit in review.edits]
    assert told == [(clause, ReturnedEditKind.REWORDED, author)]
    assert review.fact_edits == ()
    assert review.losses == ()


@pytest.mark.slow
def test_two_hands_in_two_clauses_are_two_edits_and_neither_hides_the_other() -> None:
    first, second = clauses()[3], clauses()[40]
    with TemporaryDirectory() as folder:
        returned = Returned(folder)
        for clause, author in ((first, LAWYER), (second, UNION)):
            text = words(returned.word, clause)[0]
            returned.word.track(clause, text.split(" ")[1], "zebra", author)
        review = returned.review()
    assert [(one.place, one.hand.author) for one in review.edits] == [
        (first, LAWYER),
        (second, UNION),
    ]


@pytest.mark.slow
def test_a_clause_that_is_dragged_elsewhere_is_moved_and_no_other() -> None:
    with TemporaryDirectory() as folder:
        returned = Returned(folder)
        paragraphs = list(returned.word.clause("accounts.register"))
        target = next(iter(returned.word.clause("conduct.seven-limits")))
        for paragraph in paragraphs:
            target.addprevious(paragraph)
        review = returned.review()
    moved = [edit.place for edit in review.edits if edit.kind is ReturnedEditKind.MOVED]
    assert moved == ["accounts.register"]


@pytest.mark.slow
@pytest.mark.parametrize("edition", sorted(policies("fenwick")[0].outline.editions))
def test_an_untouched_copy_of_each_edition_says_nothing(edition: str) -> None:
    with TemporaryDirectory() as folder:
        review = Returned(folder, edition).review()
    assert review.is_empty
    assert review.losses == ()


def test_an_edit_of_a_checklist_stands_under_its_name(tmp_path: Path) -> None:
    returned = Returned(str(tmp_path), "first-hour")
    [clause] = [one for one in returned.file.policy.clauses() if one.id == "document.first-hour"]
    step = next(one for one in words(returned.word, clause.id) if len(one) > 30)
    returned.word.retype(clause.id, step, f"{step} at once")
    names = {edit.name for edit in returned.review().edits}
    assert names == {clause.title.text}
