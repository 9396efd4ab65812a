from .forms import ScanField as ScanField
from .services import (
    check_scan as check_scan,
    receive_scan as receive_scan,
    require_number as require_number,
)
