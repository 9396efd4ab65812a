"""Answers of a self-assessment that were sent elsewhere, brought in by code from a workbook."""
