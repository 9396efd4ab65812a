"""A questionnaire as a Word document that is read, commented and edited, and read back."""
