"""Each reviewing State opens its own room to the others, or shuts it again."""
