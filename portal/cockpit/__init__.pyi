from .selectors.cockpit import views_for as views_for
from .services import save_view as save_view
