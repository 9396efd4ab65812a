"""Reminders: which falls on which day, what a digest says, and the planner that owes the mails."""
