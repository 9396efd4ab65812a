"""What the data of a questionnaire says in words: numbers, conditions, official texts."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
