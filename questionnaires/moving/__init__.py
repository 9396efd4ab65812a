"""A response moves to a later version of its questionnaire, and what had no place there is kept."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
