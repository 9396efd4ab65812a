from .services import publish_text as publish_text
