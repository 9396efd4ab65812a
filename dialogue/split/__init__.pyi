from .selectors import (
    SplitAt as SplitAt,
    address_of as address_of,
    sections_kept_by as sections_kept_by,
    split_on_desk as split_on_desk,
    splits_work as splits_work,
)
from .services import SplitChange as SplitChange, split_work as split_work
