"""One walk over the portal: every page is made once for each person, step and language, and shown to all checks."""
