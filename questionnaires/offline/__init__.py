"""Answers worked on away from the portal: out as Excel or Word, and back, looked at answer by answer."""
