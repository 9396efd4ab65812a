"""The day of a text that is replaced goes with it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.people.models import User
from observations.texts.models import AgreedText
from reviews.bringing.enums import StateWord
from reviews.cases.models import Review
from tests.observations.bringing.conftest import AT_THE_LIST
from tests.observations.bringing.texts import LIST, SHORT, SUMMARY, TEXT, all_lists, file_of, first_article, say
from tests.reviews.bringing.files import brought_in
from tests.utils import Cast

pytestmark = [pytest.mark.django_db, AT_THE_LIST]


def test_a_replaced_text_takes_its_day_with_it(brought_cast: Cast, review: Review, officer: User) -> None:
    all_lists(review, officer)
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.OBJECTED)
    brought_in(file_of(review, officer, TEXT, sent_on="2023-06-03"))
    assert review.milestones.get(plan__kind="list").reached_on == dt.date(2023, 6, 3)
    for text in AgreedText.objects.filter(review=review, kind=LIST).order_by("instrument__order"):
        content = f"## Article {first_article(text)}\n\n### Suggestions\n\nMore on {text.instrument.slug}.\n"
        brought_in(file_of(review, officer, content, SUMMARY, text.instrument.slug, sent_on="2023-06-20"))
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.OBJECTED, SUMMARY)
    brought_in(file_of(review, officer, SHORT, SUMMARY, sent_on="2023-07-01"))
    for kind in ("summary", "closing"):
        days = set(review.milestones.filter(plan__kind=kind).values_list("reached_on", flat=True))
        assert days <= {dt.date(2023, 7, 1)}, kind


def test_a_kind_is_reached_on_the_last_day_of_its_texts_also_where_an_earlier_one_is_replaced(
    brought_cast: Cast, review: Review, officer: User
) -> None:
    days = {"untoc": "2023-05-20"}
    for text in AgreedText.objects.filter(review=review, kind=LIST).order_by("instrument__order"):
        slug, content = text.instrument.slug, f"# Suggestions\n\n## Article {first_article(text)}\n\nDo more.\n"
        brought_in(file_of(review, officer, content, instrument=slug, sent_on=days.get(slug, "2023-06-01")))
    reached = review.milestones.get(plan__kind="list")
    assert reached.reached_on == dt.date(2023, 6, 1)
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.OBJECTED)
    brought_in(file_of(review, officer, TEXT, sent_on="2023-06-20"))
    reached.refresh_from_db()
    assert reached.reached_on == dt.date(2023, 6, 20)


def test_a_replaced_version_says_on_which_day_it_was_said_to_be_agreed(
    brought_cast: Cast, review: Review, officer: User, login_as: Callable[[User], Client]
) -> None:
    brought_in(file_of(review, officer, TEXT, sent_on="2023-05-20"))
    say(brought_cast, brought_cast.same_group_focal_point, StateWord.OBJECTED)
    brought_in(file_of(review, officer, TEXT, sent_on="2023-06-03"))
    address = reverse("observations:text-detail", args=["untoc", review.code, "untoc", LIST])
    page = login_as(brought_cast.same_group_focal_point).get(address)
    earlier = " ".join(strip_tags(page.content.decode().partition("Earlier versions")[2]).split())
    assert "Version 1, brought in" in earlier
    assert "agreed on 20 May 2023" in earlier
    assert "3 June 2023" not in earlier
