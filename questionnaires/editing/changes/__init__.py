"""What an editor does to a questionnaire: each a function from one definition to the next, without a database."""
