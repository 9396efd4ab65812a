"""Lists of observations and summaries that were agreed elsewhere, brought in from Word or Markdown files."""
