"""What is pasted into the editor says what it said where it was copied."""
