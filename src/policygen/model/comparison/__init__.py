"""What tells policies apart: Differences, a Matrix, an Impact."""
