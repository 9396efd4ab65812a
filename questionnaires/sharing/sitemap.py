"""What search engines read of answers that are open to everybody."""

from typing import Any

from django.db.models import QuerySet

from core.web.sitemaps import PublicSitemap
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.selectors import public_shares


class SharedAnswersSitemap(PublicSitemap):
    url_name = "questionnaires:shared-answers"

    def items(self) -> QuerySet[AnswersShare, Any]:
        names = ("review__mechanism__slug", "review__code", "audience", "shared_at")
        return public_shares().order_by("shared_at").values_list(*names)
