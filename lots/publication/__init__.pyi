from .selectors import check_before_publication as check_before_publication
from .services.protocols import queue_public_protocols as queue_public_protocols
from .services.publication import begin_publication as begin_publication, publish_draw as publish_draw
