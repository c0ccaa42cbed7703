"""What a policy takes of its stack, and what stands for what it leaves out."""
