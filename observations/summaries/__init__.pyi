from .arranging import merge_passages as merge_passages
from .selectors import (
    own_draft_of as own_draft_of,
    passage_drafts_visible_to as passage_drafts_visible_to,
    passages_with_sources as passages_with_sources,
    token_of as token_of,
    word_budget_of as word_budget_of,
)
from .services import (
    PassageInput as PassageInput,
    draft_passage as draft_passage,
    draw_passages as draw_passages,
    edit_passage as edit_passage,
    lay_passage as lay_passage,
    open_summary as open_summary,
    put_passages as put_passages,
)
