from .history import AnswerSave as AnswerSave, reference_lines as reference_lines, steps_of as steps_of
from .items import ItemField as ItemField
from .moulds import question as question
from .services import (
    AnswerInput as AnswerInput,
    SaveStatus as SaveStatus,
    changes_what_is_asked as changes_what_is_asked,
    clean as clean,
    save_answer as save_answer,
    writing as writing,
)
