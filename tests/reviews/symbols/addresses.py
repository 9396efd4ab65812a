"""Who gets what at the pages on which the documents of a review get their symbols: officers, at every step."""

from tests.permissions.urls_base import CLOSED, DRAFT, OFFICERS, Page, at, only, review

_OFFICERS = dict.fromkeys((DRAFT, CLOSED), only(OFFICERS))
_OF_REVIEW, _OF_INSTRUMENT = at("questionnaire"), at("list_of_observations", "untoc")

TABLE = {
    "symbols of documents": [
        Page("reviews:symbol-list", _OFFICERS, review),
        Page("reviews:symbol-give", _OFFICERS, _OF_REVIEW),
        Page("reviews:symbol-give", _OFFICERS, _OF_INSTRUMENT),
        Page("reviews:symbol-give", _OFFICERS, _OF_REVIEW, "post", success=422),
        Page("reviews:symbol-take-off", _OFFICERS, _OF_REVIEW),
        Page("reviews:symbol-take-off", _OFFICERS, _OF_REVIEW, "post", success=422),
    ]
}
