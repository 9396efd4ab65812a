"""Tests that share what is costly to make run in one process."""

import os

import pytest


@pytest.mark.xdist_group("together")
def test_the_tests_of_a_group_go_to_one_process(request: pytest.FixtureRequest) -> None:
    """pytest-xdist puts the group behind the name of a test; under a pytest that it does not fit it does nothing and
    says nothing, and the walk is made in each process.
    """
    assert "PYTEST_XDIST_WORKER" not in os.environ or request.node.nodeid.endswith("@together")
