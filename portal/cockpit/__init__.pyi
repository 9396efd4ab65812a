from .selectors.cockpit import views_for as views_for
from .selectors.forecasts import forecast_of as forecast_of
from .services import save_view as save_view
