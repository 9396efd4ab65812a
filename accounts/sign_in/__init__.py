"""Signing in, second factors, and the proof of a recent sign-in."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
