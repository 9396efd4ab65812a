"""The page from which a State runs its self-assessment: how each question stands, who has it, and what has changed."""
