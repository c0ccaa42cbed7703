"""Which layers a profile selects, lowest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from policygen.model.fragment import Fragment, Layer, Library, Organisation
from policygen.model.policy import Source, StackLayer


@dataclass(frozen=True, slots=True)
class Stack:
    """The layers of one profile. A section with a posture of its own has a stack of its own.

    `translations` are the body's own of what the library brings, by the layer that tells it.
    """

    layers: tuple[Layer, ...]
    by_section: Mapping[str, tuple[Layer, ...]]
    translations: Mapping[str, tuple[Fragment, ...]] = field(default_factory=dict)

    def of(self, section: str) -> tuple[Layer, ...]:
        """The layers whose words and facts a section uses."""
        return self.by_section.get(section, self.layers)

    def every_layer(self) -> Iterator[Layer]:
        """Yield the layers of all sections; one of several sections comes as often."""
        yield from self.layers
        for layers in self.by_section.values():
            yield from layers

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
        for layer in self.every_layer():
            sources.update(layer.sources)
        return sources

    def own_sections(self, language: str) -> Iterator[Fragment]:
        """Yield the organisation's fragments in one language, by file; some may start a section."""
        for layer in self.layers:
            if layer.name == "organisation":
                yield from (f for f in layer.fragments if f.language == language)


def select_stack(library: Library, organisation: Organisation) -> Stack:
    """Choose the layers for a profile, whose names `load` has checked."""
    organisation = with_usual_facts(library, organisation)
    profile = organisation.profile
    main = _needed_layers(library, organisation, profile.posture)
    own = {
        section: _needed_layers(library, organisation, posture)
        for section, posture in profile.postures.items()
    }
    return Stack(main, own, organisation.translations)


def with_usual_facts(library: Library, organisation: Organisation) -> Organisation:
    """Return the organisation with its layers' answers to what its profile does not say.

    Such as that the staff of a department are civil servants. A higher layer's answer wins.
    """
    profile = organisation.profile
    usual: dict[str, bool] = {}
    for layer in _layers(library, organisation, profile.posture):
        usual.update(layer.usual)
    unsaid = {fact: usual[fact] for fact in usual if fact not in profile.model_fields_set}
    if not unsaid:
        return organisation
    return replace(organisation, profile=profile.model_copy(update=unsaid))


def _needed_layers(library: Library, organisation: Organisation, posture: str) -> tuple[Layer, ...]:
    """Return the layers for which the body has every fact that they need."""
    return tuple(
        layer
        for layer in _layers(library, organisation, posture)
        if all(getattr(organisation.profile, fact) for fact in layer.needs)
    )


def _layers(library: Library, organisation: Organisation, posture: str) -> Iterator[Layer]:
    """Yield layers by the rungs of the outline, lowest first, whatever they need."""
    profile = organisation.profile
    [place] = profile.places  # a body of several has a stack in each
    jurisdictions = library.chain("jurisdiction", place)
    names = {
        "base": ["base"],
        "jurisdiction": [f"jurisdiction/{name}" for name in jurisdictions],
        "kind": [*library.kind_layers(profile.kind, place)],
        "posture": [f"posture/{name}" for name in library.chain("posture", posture)],
    }
    for rung in library.outline.layers:
        for name in names.get(rung, ()):
            yield from library.layers.get(name, ())
        if rung == "organisation":
            yield organisation.layer
