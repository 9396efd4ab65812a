"""Every page has its twin in the API, or says why not (tools/api_twins.py)."""

from tools.api_twins import FILE, as_csv, pages, rows, twins


def test_every_page_has_a_twin_or_a_reason() -> None:
    table = rows()
    assert [page for page, twin, reason in table if not (twin or reason)] == []
    assert {reason.partition(":")[0] for _page, twin, reason in table if not twin} == {"never", "later"}


def test_the_table_is_what_the_code_says() -> None:
    assert FILE.read_text("utf-8") == as_csv(rows()), "run python -m tools.api_twins"


def test_a_twin_is_that_of_a_page() -> None:
    assert set(twins()) - set(pages()) == set()
