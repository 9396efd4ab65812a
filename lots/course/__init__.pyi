from .services import confirm_void as confirm_void, request_void as request_void
