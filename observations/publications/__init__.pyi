from .selectors import publication_of as publication_of
from .services import publish_text as publish_text
