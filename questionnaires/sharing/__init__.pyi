from .selectors import holding_words as holding_words, open_to as open_to
from .services import share_answers as share_answers
from .sieve import AnswersChoice as AnswersChoice, every_section as every_section, hash_of_choice as hash_of_choice
from .sitemap import SharedAnswersSitemap as SharedAnswersSitemap
