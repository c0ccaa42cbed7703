"""What the library says beside its wording: the outline, the labels, the house style."""
