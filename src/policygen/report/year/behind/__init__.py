"""Who is behind the model -> a table, and a letter to each."""
