"""The completed questionnaire as PDF and Word, in a process of its own as a worker would make it."""

import io
import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from uuid import UUID

from tools.bench.memory import peak_megabytes

if TYPE_CHECKING:
    from tools.bench.world import World


LONGER = 4  # times each answer, for a document of a hundred pages


def measure(world: "World") -> list[tuple[str, str]]:
    """Answer the whole of cluster I and print it, twice; give pages, seconds, memory and size in words.

    The second time with answers ``LONGER`` times as long, and as Word too.
    """
    from tools.bench.world import answer_everything

    answers = answer_everything(world)
    found = [_figures(world, "pdf", f"completed questionnaire, cluster I, {answers} answers")]
    _lengthen(world)
    of = "the same with long answers"
    return [*found, _figures(world, "pdf", of), _figures(world, "docx", f"{of}, Word")]


def _figures(world: "World", ending: str, what: str) -> tuple[str, str]:
    keys = [str(world.response.pk), str(world.expert.pk), ending]
    command = [sys.executable, "-W", "ignore", "-m", "tools.bench.document", *keys]
    figures = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    pages = "{pages} pages, ".format(**figures) if ending == "pdf" else ""
    spent = "{seconds:.1f} s of the processor, {megabytes:.0f} MB of memory, {kilobytes:.0f} kB".format(**figures)
    return what, pages + spent


def _lengthen(world: "World") -> None:
    from questionnaires.responses.models import Answer

    for answer in Answer.objects.filter(response=world.response).exclude(text=""):
        answer.text = "\n\n".join([answer.text] * LONGER)
        answer.save()


def _print(response_id: UUID, user_id: UUID, ending: str) -> dict[str, float]:
    from pypdf import PdfReader

    from accounts.people.models import User
    from core.models import Job
    from core.models.names import audit_name_of
    from questionnaires.documents.exports import render_job
    from questionnaires.responses.jobs import DRAFT_FORMATS
    from questionnaires.responses.models import Response

    job = Job(
        kind=DRAFT_FORMATS[ending],
        target_type=audit_name_of(Response),
        target_id=response_id,
        requested_by=User.objects.get(pk=user_id),
        language="en",
    )
    begun = time.process_time()
    content = render_job(job, lambda per_cent: None)
    seconds = time.process_time() - begun
    return {
        "pages": len(PdfReader(io.BytesIO(content)).pages) if ending == "pdf" else 0,
        "seconds": seconds,
        "megabytes": peak_megabytes(),
        "kilobytes": len(content) / 1000,
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(_print(UUID(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3])))
