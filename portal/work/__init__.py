"""My work: what is due, from whom, by when; and what a successor takes over."""
