"""The library on disk: outline, layers, fragments and their slips."""
