"""Notes of a meeting that was held: drafted, laid before the States that met, agreed by each on the same bytes."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
