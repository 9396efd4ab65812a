"""The cockpit as a document, made in this process alone: python -m tools.bench.cockpit_print USER REVIEWS."""

import io
import json
import sys
import time

from tools.bench.memory import peak_megabytes

ALL = 760  # reviews; fewer are those of a phase


def figures(user_id: str, size: int) -> dict[str, float]:
    """Pages, seconds, memory and bytes. Raises RuntimeError where another number of reviews was printed."""
    from django.utils import translation
    from pypdf import PdfReader

    from accounts.people.models import User
    from core.documents.pdf import render_pdf
    from portal.cockpit.pdf import TEMPLATE, context_of
    from reviews.programme.selectors import get_mechanism

    mechanism, user = get_mechanism("untoc"), User.objects.get(pk=user_id)
    few = context_of(mechanism, user, {"query": "q=XOK"})
    render_pdf(TEMPLATE, few, "en")  # a worker has imported its libraries and read its fonts
    begun = time.perf_counter()
    with translation.override("en"):
        context = context_of(mechanism, user, {"query": "" if size == ALL else "phase=2"})
    content = render_pdf(TEMPLATE, context, "en")
    seconds = time.perf_counter() - begun
    if context["number"] != size:
        raise RuntimeError(f"{context['number']} reviews were printed and not {size}")
    return {
        "pages": len(PdfReader(io.BytesIO(content)).pages),
        "seconds": seconds,
        "megabytes": peak_megabytes(),
        "kilobytes": len(content) / 1000,
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(figures(sys.argv[1], int(sys.argv[2]))))
