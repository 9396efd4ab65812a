"""What is said below a suggestion of wording: among the people of one State, or by States before all."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
