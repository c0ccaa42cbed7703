"""The values of a profile as nodes, each with where it begins and ends in the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from policygen.load.yaml.reader import yaml_events

YamlNode: TypeAlias = Any  # of ruamel, whose nodes say little of their types


def yaml_nodes(text: str, *, pure: bool = False) -> YamlNode:
    """Return the root of a text's one document, by libyaml's parser, or the one in Python.

    libyaml's is ten times as fast; where nothing stands behind a key, it says otherwise where that
    is. Raises YAMLError, and LookupError for a text without a value or with an alias.
    """
    events = yaml_events(text, pure=pure)
    for event in events:
        if isinstance(event, NodeEvent):
            return _node(event, events)
    raise LookupError


def _node(event: Any, events: Iterator[Any]) -> YamlNode:
    node: YamlNode
    match event:
        case ScalarEvent():
            return ScalarNode(None, event.value, event.start_mark, event.end_mark)
        case SequenceStartEvent():
            items = []
            while not isinstance(inner := next(events), SequenceEndEvent):
                items.append(_node(inner, events))
            node = SequenceNode(None, items, event.start_mark, inner.end_mark)
        case MappingStartEvent():
            pairs = []
            while not isinstance(inner := next(events), MappingEndEvent):
                pairs.append((_node(inner, events), _node(next(events), events)))
            node = MappingNode(None, pairs, event.start_mark, inner.end_mark)
        case AliasEvent():
            raise LookupError
    node.flow_style = event.flow_style
    return node
