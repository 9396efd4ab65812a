"""Messages of the dialogue: threads on what the States exchange, released by each State (docs/adr/0095)."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
