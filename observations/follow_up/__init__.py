"""What a State does about what was agreed: one item for each agreed observation, in its own room until it shares it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
