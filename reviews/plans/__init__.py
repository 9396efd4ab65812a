"""The step plan in versions, and the move of running reviews to another one."""
