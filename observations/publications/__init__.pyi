from .selectors import public_of as public_of, publication_of as publication_of, serves as serves
from .services import publish_text as publish_text
