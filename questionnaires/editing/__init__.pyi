from .changes.sections import HeadInput as HeadInput
from .selectors import definition_of as definition_of, drafts as drafts, seen_of_head as seen_of_head
from .services.drafts import start_draft as start_draft
from .services.edits import change_head as change_head
