"""The search over what its reader may find: reviews, States, people, questions and pages."""
