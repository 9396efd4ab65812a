from .acts import acts_of as acts_of
from .certificates import checks_of as checks_of, findings_of as findings_of
from .rules import rules_set as rules_set
from .sentences import first_of as first_of, impossible_words as impossible_words, rule_words as rule_words
from .switches import value_words as value_words
