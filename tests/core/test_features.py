"""An app finds what its features declare, whatever they are called."""

from pathlib import Path

import pytest

from core.features import addresses_of, declare, modules_of

DECLARES = "DECLARED = []\n\n\ndef declare():\n    DECLARED.append(__name__)\n"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An app of two features, of which one has addresses alone; and a module beside them that is no feature."""
    name = "trial_of_features"
    for feature in ("apples", "pears"):
        (tmp_path / name / feature).mkdir(parents=True)
        (tmp_path / name / feature / "__init__.py").touch()
    (tmp_path / name / "__init__.py").touch()
    (tmp_path / name / "declarations.py").write_text("raise AssertionError('this is no feature')")
    (tmp_path / name / "pears" / "declarations.py").write_text(DECLARES)
    addresses = {"apples": 'path("<slug:of>/", View.as_view(), name="one")', "pears": 'path("new/", View.as_view())'}
    for feature, address in addresses.items():
        words = f"from django.urls import path\nfrom django.views.generic import View\n\nurlpatterns = [{address}]\n"
        (tmp_path / name / feature / "urls.py").write_text(words)
    monkeypatch.syspath_prepend(tmp_path)
    return name


def test_modules_of_a_layer_come_by_name_of_the_feature_and_who_has_none_is_passed_over(app: str) -> None:
    assert [module.__name__ for module in modules_of(app, "urls")] == [f"{app}.apples.urls", f"{app}.pears.urls"]
    assert [module.__name__ for module in modules_of(app, "declarations")] == [f"{app}.pears.declarations"]
    assert list(modules_of(app, "models")) == []


def test_each_feature_declares_once(app: str) -> None:
    declare(app)
    (module,) = modules_of(app, "declarations")
    assert [f"{app}.pears.declarations"] == module.DECLARED


def test_a_word_goes_before_a_value_that_could_be_that_word(app: str) -> None:
    assert [str(address.pattern) for address in addresses_of(app)] == ["new/", "<slug:of>/"]
