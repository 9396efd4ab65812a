from .going_ahead import go_ahead_without as go_ahead_without
from .selectors import StandingWords as StandingWords, standing_words_in as standing_words_in
from .services import confirm_consultation as confirm_consultation, propose_consultation as propose_consultation
