"""Files written for others to read."""
