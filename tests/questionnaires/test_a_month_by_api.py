"""A focal point's month by the API alone: programs with tokens open, write, hand out, look through, clear and read."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from questionnaires.responses.models import ResponseSubmission
from tests.accounts.tokens.making import program_of
from tests.utils import Cast

pytestmark = pytest.mark.django_db


class Program:
    """What an institution writes once: addresses below a review's, JSON, and the ETag of what was read."""

    def __init__(self, client: Client, code: str) -> None:
        self.client, self.root = client, f"/api/v1/untoc/reviews/{code}/"

    def read(self, place: str) -> Any:
        answer = self.client.get(self.root + place)
        assert answer.status_code == 200, (place, answer.content)
        return answer.json()

    def send(self, method: str, place: str, body: Any, **headers: str) -> Any:
        ask = getattr(self.client, method)
        answer = ask(self.root + place, json.dumps(body), content_type="application/json", headers=headers)
        assert answer.status_code in {200, 201}, (place, answer.content)
        return answer.json()

    def save(self, code: str, **answer: Any) -> Any:
        place = f"self-assessment/answers/{code}/"
        return self.send("put", place, answer, **{"If-Match": self.client.get(self.root + place)["ETag"]})

    def act(self, place: str, **given: Any) -> Any:
        """Read the form, and fill it in on what was read."""
        etag = self.client.get(self.root + place)["ETag"]
        return self.send("post", place, given, **{"If-Match": etag, "Idempotency-Key": place})

    def answer_section(self, place: str, text: str) -> int:
        """Each question that is asked, and those that follow from what was answered, until none is open."""
        number = 0
        while True:
            rows = self.read(f"self-assessment/{place}/")["answers"]
            empty = [row for row in rows if row["is_asked"] and row["kind"] != "group" and row["revision"][-2:] == ".0"]
            if not empty:
                return number
            for row in empty:
                self.save(row["code"], **({"choices": row["options"][:1]} if row["options"] else {"text": text}))
                number += 1


def test_a_program_does_a_focal_points_month(make_cast: Callable[..., Cast]) -> None:
    cast = make_cast("consultations")
    code, contributor = cast.review.code, cast.participations["contributor"]
    office, own, ministry = (
        Program(program_of(person), code) for person in (cast.officer, cast.focal_point, cast.contributor)
    )
    # The secretariat opens the self-assessment; the focal point's program finds it among what there is to do.
    office.act("response/open/")
    work = own.client.get("/api/v1/work/").json()["results"]
    assert code in {row["code"] for row in work if row["part"] == "mine"}

    # Whole sections are answered, each answer on what was read; a law is entered once, and cited.
    assert own.answer_section("untoc/article-5", "In the Criminal Code.") > 3
    own.send("post", "laws/", {"title": "Criminal Code", "number": "12/1999"}, **{"Idempotency-Key": "criminal-code"})
    row = own.read("self-assessment/answers/I.untoc.1.a/")["answer"]
    own.save("I.untoc.1.a", **{**row, "text": "Article 5.", "citations": [{"law": "Criminal Code", "provision": "5"}]})

    # A section goes to a ministry, which proposes and says that it is done; its words become the State's.
    sent = own.read("self-assessment/")["sections"][-1]
    place = f"{sent['instrument']}/{sent['section']}"
    field = {sent["instrument"]: [sent["section"]], "remark": "By Friday, please."}
    own.act(f"response/assignments/{contributor.pk}/", **field)
    assert ministry.answer_section(place, "Proposed by the ministry.") > 0
    part = own.read("self-assessment/ministries/")["parts"][0]
    ministry.act(f"response/ministries/parts/{part['id']}/answer/", said="done")
    adopted = _adopt_all(own, place)
    assert adopted > 0
    part = own.read("self-assessment/ministries/")["parts"][0]
    assert (part["said"], part["proposals"]) == ("done", adopted)
    own.act(f"response/ministries/parts/{part['id']}/check/", shown=part["shown"])
    assert own.read("self-assessment/ministries/")["parts"][0]["state"] == "checked"

    # What may be worth a look is looked at, and exactly what was read is cleared and sent, with the scope ``bind``.
    assert {"warnings", "notes", "findings"} == set(own.read("self-assessment/checks/"))
    read = own.read("self-assessment/clearance/")
    assert read["sha256"] == own.read("self-assessment/preview/")["sha256"]
    own.send("post", "self-assessment/clearance/", {"number": read["number"], "sha256": read["sha256"]})

    # It stands, as it was read.
    stands = own.read("submission/")
    assert (stands["sha256"], stands["cleared_by"]) == (read["sha256"], cast.focal_point.full_name)
    assert own.read("submission/versions/1/")["document"] == ResponseSubmission.objects.get().document
    answers = {
        row["code"]: row["answer"] for each in own.read("submission/whole/")["sections"] for row in each["answers"]
    }
    assert answers["I.untoc.1.a"]["text"] == "Article 5."
    assert "Proposed by the ministry." in {answer["text"] for answer in answers.values()}
    assert [law["law"] for law in own.read("submission/laws/")["results"]] == ["Criminal Code"]


def _adopt_all(own: Program, place: str) -> int:
    """Questions that others follow from come before these, as in the questionnaire."""
    number = 0
    for row in own.read(f"self-assessment/{place}/")["answers"]:
        found = own.read(f"self-assessment/proposals/{row['code']}/")
        for proposal in found["proposals"]:
            base = found["revision"].partition(".")[2]
            own.act(
                f"response/proposals/{row['code']}/{proposal['id']}/adopt-whole/", number=proposal["number"], base=base
            )
            number += 1
    return number
