"""The dialogue is concluded by all States of a review: the word of each, and what follows from the last."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
