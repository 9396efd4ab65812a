"""The completed questionnaire as a document."""
