"""Colleagues at the same section: who has it open, what they save meanwhile, and what has changed since."""
