from .discretion import LEAST_GROUP as LEAST_GROUP, LEAST_TOLD as LEAST_TOLD, told_line as told_line
from .docx import written as written
from .exports import add_sheet as add_sheet
from .report import NOT_TOLD as NOT_TOLD, Report as Report, ReportTable as ReportTable, number_told as number_told
from .rows import timeline_rows as timeline_rows
from .selectors.cockpit import views_for as views_for
from .selectors.forecasts import forecast_of as forecast_of
from .services import save_view as save_view
