"""How an app finds what its features declare: a feature is a package of the app, a layer a module of the feature."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.urls import URLPattern


def modules_of(app: str, layer: str) -> Iterator[ModuleType]:
    """The modules called ``layer`` (``models``, ``urls``, …) of an app's features, imported, by name of the feature."""
    for found in pkgutil.iter_modules(import_module(app).__path__):
        name = f"{app}.{found.name}.{layer}"
        if found.ispkg and find_spec(name):
            yield import_module(name)


def declare(app: str) -> None:
    """Register with the kernel what each feature of an app declares; called from ``AppConfig.ready``."""
    for module in modules_of(app, "declarations"):
        module.declare()


def addresses_of(app: str, layer: str = "urls") -> list[URLPattern]:
    """The page addresses of an app's features: a word goes before a value that could be that word.

    ``layer``: ``api_urls`` for those that programs use.
    """
    addresses = [address for module in modules_of(app, layer) for address in module.urlpatterns]
    return sorted(addresses, key=lambda address: [part.startswith("<") for part in str(address.pattern).split("/")])
