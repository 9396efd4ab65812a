from .absences import Absences as Absences, absences_by as absences_by, absences_in as absences_in
from .api import WordSerializer as WordSerializer
from .revisions import (
    StaleRevisionError as StaleRevisionError,
    with_answers as with_answers,
    worded_in as worded_in,
    worded_in_each as worded_in_each,
    worded_now as worded_now,
    words_on as words_on,
)
from .rules import Agreement as Agreement, Word as Word, require_current as require_current, words_of as words_of
from .silence import SilenceRule as SilenceRule
