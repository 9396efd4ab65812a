from .akn import render_text_akn as render_text_akn
from .docx import render_text_docx as render_text_docx
from .formats import FORMATS as FORMATS, file_name_of as file_name_of
from .layout import paragraph_marker as paragraph_marker
from .pdf import render_text_pdf as render_text_pdf
from .services import Renderer as Renderer
