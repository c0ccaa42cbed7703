"""Every page of the year, by its address, and the page that has a file."""

from __future__ import annotations

from policygen.pipeline.in_force.evidence import EvidencePart
from policygen.pipeline.in_force.facts import FactsPart
from policygen.pipeline.in_force.handbook import HandbookPart
from policygen.pipeline.in_force.part import YearPart
from policygen.pipeline.in_force.review import ReviewPart
from policygen.pipeline.in_force.sign_offs import SignOffPart
from policygen.pipeline.in_force.translation import TranslationPart

YEAR_PARTS: dict[str, type[YearPart]] = {
    "handbook": HandbookPart,
    "signed": SignOffPart,
    "evidence": EvidencePart,
    "facts": FactsPart,
    "review": ReviewPart,
    "translation": TranslationPart,
}
