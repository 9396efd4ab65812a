"""Private consultations of States on the guiding principles (resolution 10/1, annex I, paragraph 13)."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
