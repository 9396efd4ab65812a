from .services.protocols import queue_public_protocols as queue_public_protocols
from .services.publication import publish_draw as publish_draw
