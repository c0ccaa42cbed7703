"""The year after a policy is signed: what is due, who was told, what was kept. Immutable."""
