"""The pages of a State, the directory, and the public status of its reviews."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
