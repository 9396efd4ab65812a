"""Written feedback that was sent elsewhere, brought in from a Word or Markdown file."""
