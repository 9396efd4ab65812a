"""Looking for words in questions, in answers and in laws, as far as their pages are open to who looks."""
