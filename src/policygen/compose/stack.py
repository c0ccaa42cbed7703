"""Which layers a profile selects, lowest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policygen.model.fragment import Fragment, Layer, Library, Organisation
from policygen.model.policy import Source, StackLayer


@dataclass(frozen=True, slots=True)
class Stack:
    """The layers of one profile. A section with a posture of its own has a stack of its own."""

    layers: tuple[Layer, ...]
    by_section: Mapping[str, tuple[Layer, ...]]

    def of(self, section: str) -> tuple[Layer, ...]:
        """The layers whose words and facts a section uses."""
        return self.by_section.get(section, self.layers)

    def fragments(self, section: str, language: str) -> Iterator[tuple[Layer, Fragment]]:
        """The fragments of one section in one language, lowest layer first."""
        for layer in self.of(section):
            for fragment in layer.fragments:
                if fragment.section == section and fragment.language == language:
                    yield layer, fragment

    def listed(self) -> tuple[StackLayer, ...]:
        """Every layer by its name, and last those that stand in some sections only."""
        titles: dict[str, str] = {}
        sections: dict[str, list[str]] = {}
        for section, layers in self.by_section.items():
            for layer in layers:
                if layer not in self.layers:
                    titles.setdefault(layer.name, layer.title)
                    sections.setdefault(layer.name, []).append(section)
        everywhere = (StackLayer(layer.name, layer.title) for layer in self.layers)
        in_some = (StackLayer(name, titles[name], tuple(ids)) for name, ids in sections.items())
        return (*everywhere, *in_some)

    def sources(self) -> dict[str, Source]:
        """Every source that a clause may cite; a higher layer's entry wins."""
        sources: dict[str, Source] = {}
        for layers in (self.layers, *self.by_section.values()):
            for layer in layers:
                sources.update(layer.sources)
        return sources

    def own_sections(self, language: str) -> Iterator[Fragment]:
        """Yield the organisation's fragments in one language, by file; some may start a section."""
        for layer in self.layers:
            if layer.name == "organisation":
                yield from (f for f in layer.fragments if f.language == language)


def select_stack(library: Library, organisation: Organisation) -> Stack:
    """Choose the layers for a profile, whose names `load` has checked."""
    profile = organisation.profile
    main = tuple(_layers(library, organisation, profile.posture))
    own = {
        section: tuple(_layers(library, organisation, posture))
        for section, posture in profile.postures.items()
    }
    return Stack(main, own)


def _layers(library: Library, organisation: Organisation, posture: str) -> Iterator[Layer]:
    """Yield layers by the rungs of the outline, lowest first.

    After each kind come the jurisdictions' words for it.
    """
    profile = organisation.profile
    jurisdictions = library.chain("jurisdiction", profile.jurisdiction)
    kinds: list[str] = []
    for kind in library.chain("kind", profile.kind):
        kinds.append(f"kind/{kind}")
        kinds += [f"jurisdiction/{name}/kind/{kind}" for name in jurisdictions]
    names = {
        "base": ["base"],
        "jurisdiction": [f"jurisdiction/{name}" for name in jurisdictions],
        "kind": kinds,
        "posture": [f"posture/{name}" for name in library.chain("posture", posture)],
    }
    for rung in library.outline.layers:
        for name in names.get(rung, ()):
            yield from library.layers.get(name, ())
        if rung == "organisation":
            yield organisation.layer
