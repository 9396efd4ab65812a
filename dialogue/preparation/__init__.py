"""What helps the experts of one review to prepare themselves, on one page."""
