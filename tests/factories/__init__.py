"""Rows for tests. What services alone may write (reviews, participations, answers) is built in ``tests.utils``."""
