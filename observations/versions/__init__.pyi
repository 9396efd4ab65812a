from .agreements import (
    TextAgreement as TextAgreement,
    agreement_on_text as agreement_on_text,
    agreements_on_texts as agreements_on_texts,
)
from .pages import StandingVersionPage as StandingVersionPage
from .selectors import (
    clearances_of as clearances_of,
    clearances_taken_back as clearances_taken_back,
    clearances_to as clearances_to,
    pieces_of_version as pieces_of_version,
    standing_version as standing_version,
    versions_visible_to as versions_visible_to,
)
from .services import (
    cancel as cancel,
    follows_cancelling as follows_cancelling,
    note_edit as note_edit,
    tell_parties as tell_parties,
    version_facts as version_facts,
)
from .shown import shown_of_text as shown_of_text
