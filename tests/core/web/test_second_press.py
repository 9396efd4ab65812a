"""A second press on an act that is done leads on like the first, for whoever has done it, and is refused to others."""

from typing import Any

import pytest
from django.test import RequestFactory

from core.policy import PolicyRefusedError, refused
from core.web.views import PolicyView, ServiceFormView

pytestmark = pytest.mark.unit


class Act(ServiceFormView):
    success_url = "/what-came-of-it/"
    is_theirs = False

    def perform(self, form: Any) -> None:
        raise AssertionError("What the policy refuses is not done.")

    def was_done_by_reader(self) -> bool:
        return self.is_theirs


@pytest.fixture(autouse=True)
def policy_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The policy refuses what is done."""

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise PolicyRefusedError(refused("This has been done."))

    monkeypatch.setattr(PolicyView, "dispatch", refuse)


def test_whoever_has_done_it_is_led_on(rf: RequestFactory) -> None:
    answer = Act.as_view(is_theirs=True)(rf.post("/act/"))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/what-came-of-it/")


@pytest.mark.parametrize(("method", "is_theirs"), [("post", False), ("get", True), ("get", False)])
def test_others_and_pages_are_refused(rf: RequestFactory, method: str, is_theirs: bool) -> None:
    with pytest.raises(PolicyRefusedError, match="This has been done"):
        Act.as_view(is_theirs=is_theirs)(getattr(rf, method)("/act/"))
