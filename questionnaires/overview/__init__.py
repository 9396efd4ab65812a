"""The page from which a State runs its self-assessment: how each question stands, who has it, and what has changed."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
