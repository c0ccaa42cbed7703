"""A Review: what one returned copy says against what was sent."""
