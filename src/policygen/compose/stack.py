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
        apart: dict[str, tuple[str, list[str]]] = {}
        for section, layers in self.by_section.items():
            for layer in layers:
                if layer not in self.layers:
                    apart.setdefault(layer.name, (layer.title, []))[1].append(section)
        main = (StackLayer(layer.name, layer.title) for layer in self.layers)
        return (*main, *(StackLayer(name, title, tuple(s)) for name, (title, s) in apart.items()))

    def sources(self) -> dict[str, Source]:
        """Every source that a clause may cite; a higher layer's entry wins."""
        every = (*self.layers, *(layer for layers in self.by_section.values() for layer in layers))
        return {id: source for layer in every for id, source in layer.sources.items()}

    def own_sections(self, language: str) -> Iterator[Fragment]:
        """The organisation's fragments in one language, in the order of their files: some may start a section."""
        own = (f for layer in self.layers if layer.name == "organisation" for f in layer.fragments)
        yield from (f for f in own if f.language == language)


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
    """Base; the jurisdiction, lowest first; each kind, then each jurisdiction's words for it; posture; own."""
    profile = organisation.profile
    jurisdictions = library.chain("jurisdiction", profile.jurisdiction)
    kinds = library.chain("kind", profile.kind)
    for rung in library.outline.layers:
        names: list[str] = {
            "base": ["base"],
            "jurisdiction": [f"jurisdiction/{j}" for j in jurisdictions],
            "kind": [
                name
                for kind in kinds
                for name in (
                    f"kind/{kind}",
                    *(f"jurisdiction/{j}/kind/{kind}" for j in jurisdictions),
                )
            ],
            "posture": [f"posture/{p}" for p in library.chain("posture", posture)],
        }.get(rung, [])
        for name in names:
            yield from library.layers.get(name, ())
        if rung == "organisation":
            yield organisation.layer
