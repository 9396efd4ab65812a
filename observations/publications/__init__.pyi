from .exports import address_in as address_in
from .selectors import (
    holding_words as holding_words,
    open_to as open_to,
    public_of as public_of,
    publication_of as publication_of,
    serves as serves,
)
from .services import publish_text as publish_text
