"""Official symbols of the documents of a review: given by the secretariat, printed in the masthead."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
