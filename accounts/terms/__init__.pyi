from .forms import accept_field as accept_field
from .selectors import newest_terms as newest_terms
from .services import accept_terms as accept_terms
