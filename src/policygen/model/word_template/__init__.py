"""A body's own Word template: what one may hold, and what it asks to be filled in."""

from policygen.model.word_template.archive import TEMPLATE_LIMIT, WordTemplateFault
from policygen.model.word_template.read import (
    BODY_BOOKMARK,
    WordTemplate,
    read_template,
    relations_path,
    template_faults,
)
from policygen.model.word_template.relations import CARRIED, relation_kind, target_path
from policygen.model.word_template.scan import control_name, field_command, property_name

__all__ = [
    "BODY_BOOKMARK",
    "CARRIED",
    "TEMPLATE_LIMIT",
    "WordTemplate",
    "WordTemplateFault",
    "control_name",
    "field_command",
    "property_name",
    "read_template",
    "relation_kind",
    "relations_path",
    "target_path",
    "template_faults",
]
