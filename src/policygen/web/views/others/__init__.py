"""What others bring: a policy to compare, copies from Word, answers, an old policy."""
