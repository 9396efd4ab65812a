from .selectors import ReadingGroup as ReadingGroup, reading_for_review as reading_for_review
