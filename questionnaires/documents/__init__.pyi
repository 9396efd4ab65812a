from .akn import answers_as_akn as answers_as_akn
from .layout import PrintedAnswers as PrintedAnswers, PrintedFact as PrintedFact, printed_answers as printed_answers
from .pages import answers_as_pdf as answers_as_pdf
from .word import answers_as_word as answers_as_word
