"""Private consultations of States on the guiding principles (resolution 10/1, annex I, paragraph 13)."""
