from .forms import SentForm as SentForm
from .kinds import BringingWay as BringingWay, register_way as register_way, way_of as way_of
from .selectors import (
    course_of as course_of,
    day_of_opening as day_of_opening,
    files_concerning as files_concerning,
    get_file_of_any_kind as get_file_of_any_kind,
    pieces_without_word as pieces_without_word,
)
from .services import (
    bring_in as bring_in,
    lay_before as lay_before,
    mark_brought_in as mark_brought_in,
    mark_for_states as mark_for_states,
    prepare_file as prepare_file,
)
from .views.files import BringingPage as BringingPage, FilePage as FilePage
from .views.upload import FileUploadView as FileUploadView
