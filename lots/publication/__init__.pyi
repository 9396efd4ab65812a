from .api import DrawSerializer as DrawSerializer, WholeDrawSerializer as WholeDrawSerializer
from .selectors import (
    IN_CHARGE as IN_CHARGE,
    check_before_publication as check_before_publication,
    sorted_out as sorted_out,
)
from .services.protocols import queue_public_protocols as queue_public_protocols
from .services.publication import begin_publication as begin_publication, publish_draw as publish_draw
