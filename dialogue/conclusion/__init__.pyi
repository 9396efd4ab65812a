from .selectors import Conclusion as Conclusion, conclusion_for as conclusion_for, conclusions_of as conclusions_of
from .services import answer_conclusion as answer_conclusion, conclude_for_all as conclude_for_all
