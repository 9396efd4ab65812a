from lots.forms.acts import AnnounceForm, CommitForm, RevealForm, RunForm, VoidForm
from lots.forms.preparation import PrepareForm
from lots.forms.result import ResultFilterForm

__all__ = [
    "AnnounceForm",
    "CommitForm",
    "PrepareForm",
    "ResultFilterForm",
    "RevealForm",
    "RunForm",
    "VoidForm",
]
