"""Errors say the same as every page of the walk (tests/walk); and that the check sees what it looks for."""

import pytest
from django.conf import settings
from django.test import Client
from lxml.html import document_fromstring

from tests.security.headers import active_content_in, foreign_in, problems_of


@pytest.mark.django_db
def test_errors_say_the_same() -> None:
    for address in ("/no-such-page/", "/en/no-such-page/", "/static/no-such-file.js", "/robots.txt", "/healthz/"):
        answer = Client().get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        is_page = answer["Content-Type"].startswith("text/html")
        assert problems_of(answer.headers, document_fromstring(content) if is_page else None) == []


@pytest.mark.unit
def test_nothing_of_a_page_runs_that_stands_in_the_page() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    words = {word for values in directives.values() if isinstance(values, list) for word in values}
    assert not words & {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "https:", "http:", "blob:"}
    assert directives["default-src"] == ["'none'"]


@pytest.mark.unit
def test_the_check_sees_what_is_foreign_and_what_acts() -> None:
    page = document_fromstring(
        '<script src="https://cdn.example/a.js"></script><img src=//x.example/p.png><link href="http://a.example/b.css">'
        '<form action="https://evil.example"></form><p style="color:red" onclick="a()">x</p><script>a()</script>'
        '<a href="javascript:a()">x</a><style>p{}</style><img src="data:image/png;base64,x">'
        '<iframe src="data:x"></iframe>'
    )
    assert len(list(foreign_in(page))) == 5
    assert len(list(active_content_in(page))) == 5
