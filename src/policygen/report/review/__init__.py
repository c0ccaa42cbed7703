"""What a returned copy says, as a Document and as JSON."""
