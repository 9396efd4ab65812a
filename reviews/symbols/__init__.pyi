from .documents import ReviewDocument as ReviewDocument, register_documents as register_documents
from .printed import PrintedSymbol as PrintedSymbol
from .selectors import printed_symbol as printed_symbol
