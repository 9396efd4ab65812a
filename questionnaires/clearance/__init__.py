"""What is looked at before answers are cleared and sent, and the act itself."""
