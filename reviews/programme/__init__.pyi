from .chains import place_in_mechanism as place_in_mechanism
from .questions import question_number as question_number
from .selectors import (
    adherences_of as adherences_of,
    articles_for as articles_for,
    begin_to_bind as begin_to_bind,
    get_mechanism as get_mechanism,
    instruments as instruments,
    instruments_in_force_for as instruments_in_force_for,
    mechanisms as mechanisms,
    periods_of as periods_of,
    phases_of as phases_of,
    start_of_group as start_of_group,
    steps_of as steps_of,
    with_adherences as with_adherences,
)
from .validators import check_question_code as check_question_code
