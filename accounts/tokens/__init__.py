"""Access tokens: by which a person's own programs use the API (docs/adr/0100)."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
