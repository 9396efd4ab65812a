"""Files of steps and dates, as officers would make them."""

from django.test import Client

from reviews.bringing.courses import known_programme
from reviews.bringing.models import BroughtFile
from reviews.bringing.sheet import read_courses
from reviews.programme.models import Mechanism
from tests.reviews.bringing.files import as_csv, upload, words

ADDRESS = "/en/untoc/bringing-in/steps/"
HERE = {
    "review": "1-XHV",
    "opened_on": "2021-11-01",
    "step": "Constructive dialogue",
    "languages": "French, English",
    "step:self_assessment": "2022-01-10",
    "step:written_feedback": "2022-09-15",
    "step:dialogue": "2023-05-02",
    "milestone:focal_points_appointed": "2021-11-20",
}
FIRST = "milestone:focal_points_appointed"


def step_name(slug: str) -> str:
    return str(Mechanism.objects.get(slug="untoc").steps.get(slug=slug).name)


def row(**changes: str) -> dict[str, str]:
    return {**HERE, "step": "dialogue", **changes}


def file_of(client: Client, *rows: dict[str, str]) -> BroughtFile:
    page = upload(client, ADDRESS, as_csv(rows or [row()]))
    assert page.status_code == 200, words(page)
    return BroughtFile.objects.latest("created_at")


def problems(*rows: dict[str, str]) -> list[dict[str, str]]:
    known = known_programme(Mechanism.objects.get(slug="untoc"))
    return [dict(each.problems) for each in read_courses("f.csv", as_csv(rows).read(), known)]
