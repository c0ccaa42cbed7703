"""Templates that are compiled once, for all the organisations of a run and for runs to come."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from policygen.cache import BoundedCache, IdentityKey, LastingCache
from policygen.compose.fold import extension_fault, extension_parts
from policygen.compose.template.compiled import (
    Compiled,
    TemplateCode,
    condition,
    condition_text,
    make_ready,
    template_code,
)
from policygen.model.fragment import Fragment, Layer, Passage

_LAYERS = 512  # each in each language; the library has some seventy


class TemplateCache:
    """Templates by their text: a passage is compiled once, however many organisations print it.

    With a lasting cache, the texts of a layer are compiled together, and kept for the next run.
    """

    def __init__(self, most: int = 8192, lasting: LastingCache | None = None) -> None:
        self.wording = lru_cache(maxsize=most)(self._wording)
        self.condition = lru_cache(maxsize=1024)(self._condition)
        self._lasting = lasting
        self._code: dict[str, TemplateCode] = {}  # of layers, each until it is first wanted
        self._layers: BoundedCache[tuple[IdentityKey, str], None] = BoundedCache(_LAYERS)

    def add_layer(self, layer: Layer, language: str) -> None:
        """Take the templates of a layer's words in one language from the lasting cache.

        An organisation's own words are few and change daily: they are compiled when wanted.
        """
        if self._lasting and layer.rung != "organisation":
            key = IdentityKey(layer), language
            self._layers.get(key, lambda: self._add(_texts(layer, language), self._lasting))

    def _add(self, texts: Iterator[str], lasting: LastingCache | None) -> None:
        found = tuple(dict.fromkeys(text for text in texts if "{" in text))
        if lasting and found:
            key = f"templates {sha256(repr(found).encode()).hexdigest()}"
            self._code |= lasting.get(key, lambda: {text: template_code(text) for text in found})

    def _wording(self, text: str) -> Compiled:
        code = self._code.pop(text) if text in self._code else template_code(text)
        return make_ready(code)

    def _condition(self, when: str) -> Compiled:
        return condition(when, self.wording)


def _texts(layer: Layer, language: str) -> Iterator[str]:
    """Yield every text of a layer that may be a template, in one language."""
    for fragment in layer.fragments:
        if fragment.language == language:
            yield from (passage.text for passage in _passages(fragment))
            yield from (condition_text(edit.when.text) for edit in fragment.edits if edit.when)


def _passages(fragment: Fragment) -> Iterator[Passage]:
    """Yield the passages of a fragment as they are filled: extensions in their two parts."""
    yield from filter(None, (fragment.title, *fragment.slip.values()))
    for edit in fragment.edits:
        for passage in filter(None, (edit.title, edit.label, *edit.tellings.values())):
            if passage.inherited and not extension_fault(passage):
                yield from extension_parts(passage)
            else:
                yield passage
