"""The board paper: what a board hears before it approves a policy."""
