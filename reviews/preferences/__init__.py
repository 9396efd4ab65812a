"""What people say about their own reminders: later, not of this review, to a colleague, at which hour."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
