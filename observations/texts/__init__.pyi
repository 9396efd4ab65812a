from .forms import LayForm as LayForm
from .pages import BelowText as BelowText, TextPage as TextPage
from .parties import (
    SPEAKS_FOR_A_PARTY as SPEAKS_FOR_A_PARTY,
    PartyFacts as PartyFacts,
    in_a_room as in_a_room,
    in_own_room as in_own_room,
    own as own,
    party as party,
)
from .policy import PERMISSIONS as PERMISSIONS, TextFacts as TextFacts, states_agreeing as states_agreeing
from .selectors import (
    OF_REVIEW as OF_REVIEW,
    ON_AGREED_LIST as ON_AGREED_LIST,
    get_text_for as get_text_for,
    headings_of as headings_of,
    in_order_of_headings as in_order_of_headings,
    observations_left_out as observations_left_out,
    observations_on_table as observations_on_table,
    parties_to as parties_to,
    passages_of as passages_of,
    placed_by_hand as placed_by_hand,
    steps_of_texts as steps_of_texts,
    text_of as text_of,
    texts_visible_to as texts_visible_to,
    with_publicity as with_publicity,
)
from .services import lock_text as lock_text
