"""A draw in words: what was done with it, by which rules, what they prove, and what is in conflict."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
