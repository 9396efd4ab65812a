"""The programme of a mechanism: when each phase runs for each review group, and the change of these dates."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
