"""The examples of docs/api/README.md, word for word: a program with a token, over the wire."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from observations.naming.models import NamingAnswer
from questionnaires.definitions.enums import QuestionKind
from questionnaires.progress import official_overview
from questionnaires.responses.enums import AnswerState
from questionnaires.responses.models import Answer
from tests.accounts.tokens.making import token_for
from tests.utils import Cast, make_cast

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = Path(__file__).parents[2] / "docs" / "api" / "README.md"
EXAMPLES = re.findall(r"```(sh|python)\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)


@pytest.fixture
def committed_cast(transactional_db: None) -> Cast:
    return make_cast()


def free_texts(cast: Cast) -> list[str]:
    """Ten questions that are asked, and answered in words."""
    assert cast.response is not None
    overview = official_overview(cast.response)
    asked = [code for code, state in overview.states.items() if state != AnswerState.NOT_ASKED]
    return [code for code in asked if overview.index.items[code].kind == QuestionKind.TEXT and code != "I.untoc.1.a"][
        :10
    ]


def test_the_examples_do_what_they_say(committed_cast: Cast, live_server: LiveServer, tmp_path: Path) -> None:
    given = {
        "PORTAL": live_server.url,
        "TOKEN": token_for(committed_cast.expert).secret,
        "REVIEW": committed_cast.review.code,
    }
    codes = free_texts(committed_cast)
    lines = "".join(f'{code},"In the law, number {place}."\n' for place, code in enumerate(codes))
    (tmp_path / "answers.csv").write_text(lines, "utf-8")
    assert len(EXAMPLES) == 10
    for kind, example in EXAMPLES:
        command = ["sh", "-c", example] if kind == "sh" else [sys.executable, "-c", example]
        ran = subprocess.run(
            command, cwd=tmp_path, env={**os.environ, **given}, capture_output=True, text=True, check=False
        )
        assert (ran.returncode, ran.stderr) == (0, ""), f"{example}\n{ran.stdout}"
    assert not NamingAnswer.objects.get(user=committed_cast.expert).agrees
    assert Answer.objects.filter(text__startswith="In the law, number").count() == len(codes) == 10
