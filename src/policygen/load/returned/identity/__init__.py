"""Whose each line of a returned copy is: the ladder by which parts are known again."""
