"""The editor: a draft of a questionnaire, one for each cluster, until another officer publishes it."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
