from .above import AboveSection as AboveSection, register_above as register_above
from .api.serializers import SaveOfAnswerSerializer as SaveOfAnswerSerializer
from .beside import ProposedLine as ProposedLine, proposed_line as proposed_line
from .contents import contents_in_mould as contents_in_mould
from .forms import read_version as read_version
from .heads import read_head as read_head
from .history import (
    AnswerSave as AnswerSave,
    compared as compared,
    reference_lines as reference_lines,
    steps_of as steps_of,
)
from .items import ItemField as ItemField
from .moulds import question as question
from .reused import register_reuse as register_reuse
from .selectors import Beside as Beside, get_response_to_write as get_response_to_write
from .services import (
    AnswerInput as AnswerInput,
    SaveStatus as SaveStatus,
    changes_what_is_asked as changes_what_is_asked,
    clean as clean,
    save_answer as save_answer,
    writing as writing,
)
from .views.answers import AnswerHistoryView as AnswerHistoryView, AnswerPage as AnswerPage
