"""Who gets what at the addresses of what is published."""

from tests.permissions.exchange import FOCAL_POINT, OWN_READERS, SHOWN, TIP, UNTOC, during
from tests.permissions.urls_base import (
    ANYBODY,
    CLOSED,
    EVERYBODY,
    NOBODY,
    OBSERVATIONS,
    OWN,
    REVIEWERS,
    SUMMARY,
    Access,
    Page,
    only,
)

_PUBLISHED = lambda *more: lambda scene: [*scene.review, "tip", "list_of_observations", *more]  # noqa: E731
_NOT_PUBLISHED = lambda scene: [*scene.review, "untoc", "list_of_observations"]  # noqa: E731
_FOR_STATES = lambda *more: lambda scene: [*scene.review, "tip", "summary", *more]  # noqa: E731
# Whoever acts for a State: also for one that has no part in the review.
_STATES = {CLOSED: Access((OWN - {"contributor"}) | REVIEWERS | {"bystander"})}
_EVERYBODY = {CLOSED: Access(EVERYBODY)}
PUBLICATIONS = [
    Page("observations:publication-preview", during(only(OWN_READERS), SUMMARY, CLOSED), UNTOC),
    Page("observations:publication-preview", during(only(NOBODY), OBSERVATIONS), UNTOC, note="not agreed"),
    Page("observations:publish", during(only(FOCAL_POINT), SUMMARY, CLOSED), UNTOC, "post", SHOWN, success=302),
    Page("observations:publish", during(only(NOBODY), CLOSED), TIP, "post", SHOWN, note="published"),
    Page("observations:publication-end", during(only(FOCAL_POINT), CLOSED), TIP, "post", success=302),
    Page("observations:publication-end", during(only(NOBODY), CLOSED), UNTOC, "post", note="not published"),
    Page("observations:publication-list", ANYBODY, anonymous=200),
    Page("observations:publication-detail", {CLOSED: Access(EVERYBODY)}, _PUBLISHED(), anonymous=200),
    Page("observations:publication-detail", {CLOSED: Access()}, _NOT_PUBLISHED, note="not published", anonymous=404),
    Page(
        "observations:publication-detail", during(Access(), SUMMARY), _PUBLISHED(), note="not published", anonymous=404
    ),
    Page("observations:publication-version", {CLOSED: Access(EVERYBODY)}, _PUBLISHED("1"), anonymous=200),
    Page("observations:publication-version", {CLOSED: Access()}, _PUBLISHED("2"), note="another one", anonymous=404),
    Page("observations:publication-translation", _EVERYBODY, _PUBLISHED("fr"), anonymous=200),
    Page("observations:publication-translation", {CLOSED: Access()}, _PUBLISHED("es"), note="none", anonymous=404),
    Page(
        "observations:publication-translation-version",
        {CLOSED: Access(EVERYBODY)},
        _PUBLISHED("1", "fr"),
        anonymous=200,
    ),
    Page(
        "observations:publication-translation-file",
        {CLOSED: Access(EVERYBODY)},
        _PUBLISHED("fr", "json"),
        anonymous=200,
    ),
    Page("observations:publication-translations", during(only(FOCAL_POINT), CLOSED), TIP, "post", success=302),
    Page("observations:publication-translations", during(only(NOBODY), CLOSED), UNTOC, "post", note="not published"),
    Page("sitemap", ANYBODY, lambda scene: ["translations"], note="translations", anonymous=200),
    Page("observations:publication-detail", _STATES, _FOR_STATES(), note="for States parties", anonymous=404),
    Page("observations:publication-file", _STATES, _FOR_STATES("json"), note="for States parties", anonymous=404),
    Page("observations:publish", during(only(FOCAL_POINT), CLOSED), _FOR_STATES(), "post", SHOWN, 302, note="wider"),
    Page("observations:publication-feed", ANYBODY, anonymous=200),
    Page("sitemaps", ANYBODY, anonymous=200),
    Page("sitemap", ANYBODY, lambda scene: ["published"], anonymous=200),
    Page("observations:publication-file", {CLOSED: Access(EVERYBODY)}, _PUBLISHED("pdf"), anonymous=200),
    Page("observations:publication-file", {CLOSED: Access(EVERYBODY)}, _PUBLISHED("json"), anonymous=200),
    Page(
        "observations:publication-file",
        during(Access(), SUMMARY),
        _PUBLISHED("pdf"),
        note="not published",
        anonymous=404,
    ),
]
TABLE = {"publications": PUBLICATIONS}
