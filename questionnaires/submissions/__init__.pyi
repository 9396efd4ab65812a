from .api import SubmissionForPrograms as SubmissionForPrograms
from .comparing import supplements_of as supplements_of
from .selectors.reading import (
    CitedLaw as CitedLaw,
    get_submission as get_submission,
    laws_in as laws_in,
    laws_sent as laws_sent,
    sent_parts as sent_parts,
    snapshots_in as snapshots_in,
)
from .selectors.submissions import (
    STANDS as STANDS,
    brought_in_and_waiting as brought_in_and_waiting,
    brought_in_without_answers as brought_in_without_answers,
    last_before as last_before,
    last_submission as last_submission,
    latest_submission as latest_submission,
    recalled_submissions as recalled_submissions,
)
from .selectors.versions import SentBeside as SentBeside, VersionHistory as VersionHistory
from .services import open_submission as open_submission
from .views import BelowSubmission as BelowSubmission, SubmissionPage as SubmissionPage
