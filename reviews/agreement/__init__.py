"""All States of a review say yes or no to one revision of something: who is asked, what was said, what it comes to."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
