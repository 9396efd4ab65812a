from .frozen import origin_words as origin_words
from .selectors import all_offers as all_offers
from .services import ChosenAnswer as ChosenAnswer, take_earlier as take_earlier
