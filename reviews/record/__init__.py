"""The records of acts, to read, to take away and to verify."""
