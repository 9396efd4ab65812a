"""Draws that build on each other: which has a place in the programme, and what they leave standing."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
