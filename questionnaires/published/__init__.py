"""The official questionnaires for everybody: pages, the API, and a list for programs."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
