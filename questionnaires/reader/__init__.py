"""The whole of a self-assessment on one page, to be read and printed: a draft by its State, what was sent by others."""
