"""YAML with line and column: its reader, its faults, its values checked."""
