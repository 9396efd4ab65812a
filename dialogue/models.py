"""The models of this app's features, for Django to find."""

from core.features import modules_of

MODULES = list(modules_of("dialogue", "models"))
