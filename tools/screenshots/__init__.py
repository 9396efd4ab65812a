"""``make screenshots``: the pictures of README.md, taken of the demo."""
