from .selectors import statements_of as statements_of
from .services import record_adherence as record_adherence
