"""Limits of what is said about an assignment."""

MAXIMUM_REMARK = 2000  # characters
FARTHEST_DUE = 3 * 366  # days from today
