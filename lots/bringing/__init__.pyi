from .services import bring_in_draw as bring_in_draw
