from .absences import Absences as Absences, absences_by as absences_by, absences_in as absences_in
from .rules import Agreement as Agreement, Word as Word, require_current as require_current, words_of as words_of
from .silence import SilenceRule as SilenceRule
