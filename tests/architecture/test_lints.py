"""Our own lint scripts: each catches what it is for, and finds nothing in the tree."""

from pathlib import Path
from types import ModuleType

import pytest

from tools import lint_css, lint_i18n, lint_mechanism, lint_object_access

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("script", [lint_css, lint_i18n, lint_mechanism, lint_object_access])
def test_the_tree_is_clean(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.files(), "it looks at something"
    status = script.main([])
    assert (status, capsys.readouterr().out) == (0, "")


@pytest.mark.parametrize(
    ("script", "name", "source", "told"),
    [
        (lint_css, "bad.scss", ".a {\n  margin-left: 1px;\n}\n", "2: `margin-left`: write `margin-inline-start`"),
        (lint_css, "bad.scss", ".a {\n  color: #FFF;\n}\n", "2: `#FFF`: a colour has its name in _colours.scss"),
        (lint_i18n, "bad.py", 'x = _(f"{name} is here")\n', "1: _(): an f-string"),
        (lint_i18n, "bad.html", "<p>Words without a translation</p>\n", "1: not translated"),
        (
            lint_object_access,
            "bad.py",
            "def get(r):\n    return Review.objects.all()\n",
            "2: `.objects`: ask a selector",
        ),
        (lint_mechanism, "bad.py", 'x = 1\nphase = get_phase("untoc")\n', "2: `untoc`: find it by its kind"),
        (
            lint_mechanism,
            "bad.html",
            '{% if step.slug == "summary" %}\n',
            "1: `summary`: find it by its kind",
        ),
    ],
)
def test_a_bad_file_fails(
    script: ModuleType, name: str, source: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / name
    file.write_text(source, encoding="utf-8")
    assert script.main([str(file)]) == 1
    assert capsys.readouterr().out.startswith(f"{file}:{told}")


# --- Mechanisms


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('instruments = ("firearms", "tip")', ["firearms", "tip"]),
        ('reach_milestone(review, "answers_sent", day)', ["answers_sent"]),
        ('advance(actor, review, "dialogue")', ["dialogue"]),
        ('if review.step.slug == "summary": ...', ["summary"]),
        ('Step.objects.filter(step__slug="closed")', ["closed"]),
        ('Step.objects.filter(slug="country-note")', ["country-note"]),
        ("# as in I.untoc.1.a and in A.observatories.8", ["observatories", "untoc", "untoc"]),
        ('if step.slug in ("dialogue", "closed"): ...', ["closed", "dialogue"]),
        ('Step.objects.filter(slug__in=["dialogue"])', ["dialogue"]),
        ('place = {"dialogue": 1}[step.slug]', ["dialogue"]),
        ('place = {"dialogue": 1}.get(step.slug)', ["dialogue"]),
        ('match step.slug:\n    case "summary" | "closed": ...', ["closed", "summary"]),
        ('column = "firearms_date"', ["firearms"]),
        ('column = f"firearms_{name}"', ["firearms"]),
        ('only = "tip,som"', ["som", "tip"]),
        ('words = "A tip, and a summary"', []),
        ('name = "observations"', []),
        ('kind = "summary"', []),
    ],
)
def test_what_names_a_mechanism_an_instrument_or_a_step_is_found(source: str, names: list[str]) -> None:
    problems = lint_mechanism.problems_in(source, is_python=True)
    assert sorted({problem.split("`")[1] for _line, problem in problems}) == sorted(set(names))


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('{% if step.slug in "summary,closed" %}', ["closed", "summary"]),
        ('{% if "dialogue" == step.slug %}', ["dialogue"]),
        ("const only = 'tip,som'", ["som", "tip"]),
        ("Don't take 'firearms_date'", ["firearms"]),
        ("A tip, and a summary; the state's dialogue", []),
    ],
)
def test_names_in_templates_and_scripts_are_found(source: str, names: list[str]) -> None:
    problems = lint_mechanism.problems_in(source, is_python=False)
    assert sorted({problem.split("`")[1] for _line, problem in problems}) == names


def test_texts_of_mails_and_styles_are_looked_at() -> None:
    assert {path.suffix for path in lint_mechanism.files()} >= {".html", ".js", ".py", ".scss", ".txt"}


def test_every_exemption_has_a_reason_and_is_needed() -> None:
    assert all(lint_mechanism.EXEMPT.values())
    assert lint_mechanism.exemption_of("portal/demo/plan.py") == "portal/demo/plan.py"
    assert lint_mechanism.exemption_of("portal/demo/load.py") is None
    assert lint_mechanism.exemption_of("tools/bench/world.py") == "tools/bench/"
    assert lint_mechanism.exemption_of("portal/desk/views.py") is None


# --- Objects


@pytest.mark.parametrize(
    "source",
    [
        "Review.objects.get(pk=pk)",
        "Review._default_manager.all()",
        "from django.shortcuts import get_object_or_404",
        "get_object_or_404(Review, code=code)",
        "type(review).objects",
    ],
)
def test_ways_past_the_selectors_are_found(source: str) -> None:
    assert len(list(lint_object_access.problems_in(source))) == 1


@pytest.mark.parametrize(
    "source", ["get_review_for(user, code)", "ModelChoiceField(queryset=User.objects.none())", "self.page.object_list"]
)
def test_harmless_code_is_left_alone(source: str) -> None:
    assert list(lint_object_access.problems_in(source)) == []


# --- Styles


@pytest.mark.parametrize(
    "source",
    [
        ".a { margin-left: 0 }",
        ".a { padding-right: 0; }",
        ".a { border-left-color: inherit }",
        ".a { left: 0 }",
        ".a { right : 0 }",
        ".a { border-top-left-radius: 1px }",
        ".a { text-align: right }",
        ".a { float:left }",
        "@media print {\n.a { clear: right; }\n}",
    ],
)
def test_physical_sides_are_found(source: str) -> None:
    assert len(list(lint_css.problems_in(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        ".a { margin-inline-start: 0; inset-inline-end: 0; text-align: start; float: inline-end }",
        ".a-left { color: inherit } .to-right::before { content: '' }",
        "/* margin-left: 0 */ .a { margin-top: 0; background-position: left }",
        "// text-align: left\n.a { transform-origin: left }",
    ],
)
def test_logical_styles_are_left_alone(source: str) -> None:
    assert list(lint_css.problems_in(source)) == []


@pytest.mark.parametrize(
    "source",
    [
        ".a { color: #fff }",
        ".a { border: 1px solid #0B3D6B; }",
        ".a { background: rgb(0 0 0 / 12%); }",
        ".a { box-shadow: 0 0 0 3px oklch(60% 0.1 200); }",
        ".a { fill: white; }",
        ".a { --app-tone: darkgreen; }",
        ".a { color: var(--app-of-nothing); }",
    ],
)
def test_a_colour_without_a_role_is_found(source: str) -> None:
    assert len(list(lint_css.problems_in(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        ".a { color: var(--app-ink); border-color: transparent; stroke: currentcolor }",
        "@media (forced-colors: active) { .a { background: Canvas; border-color: Highlight } }",
        ".a { --app-own: 1px; padding: var(--app-own); white-space: nowrap; marker-end: url('#add') }",
        "#fade .a-red:hover { content: 'red #fff' } /* #fff */",
        ".a-#{$step} { fill: var(--app-step-#{$step}); }",
    ],
)
def test_colours_by_role_are_left_alone(source: str) -> None:
    assert list(lint_css.problems_in(source)) == []


# --- Words in Python


@pytest.mark.parametrize(
    "source",
    [
        '_(f"{count} answers")',
        '_("One " + "two")',
        '_("%(count)s answers" % {"count": count})',
        '_("{} answers".format(count))',
        "_(message)",
        '_("%s answers")',
        '_("%d of {}")',
        'ngettext("%(n)d answer", f"{n} answers", n)',
        'pgettext("context", "%s")',
        'translation.gettext("%s answers")',
    ],
)
def test_texts_that_a_translator_cannot_work_with_are_found(source: str) -> None:
    assert len(list(lint_i18n.problems_in_python(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        '_("%(count)s answers") % {"count": count}',
        'ngettext("%(n)d answer", "%(n)d answers", n)',
        '_("100 %% of the answers")',
        "f'{_(\"Answers\")}: {count}'",
    ],
)
def test_texts_with_names_are_left_alone(source: str) -> None:
    assert list(lint_i18n.problems_in_python(source)) == []


# --- Words in templates


@pytest.mark.parametrize(
    "source",
    [
        "<p>Some words</p>",
        '<a href="/" title="Some words">{{ name }}</a>',
        '<input placeholder="Words">',
        "{% blocktranslate %}Some words{% endblocktranslate %}",
        '{% trans "Some words" %}',
        "{% if a %}Some words{% endif %}",
    ],
)
def test_untranslated_words_are_found(source: str) -> None:
    assert len(list(lint_i18n.problems_in_template(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        '<p>{% translate "Some words" %}</p>',
        "{% blocktranslate trimmed with a=b %}Some words {{ a }}{% endblocktranslate %}",
        '<a title="{% translate "Some words" %}">{{ name }}</a>',
        "{# some words #}{% comment %}some words{% endcomment %}<!-- some words -->",
        "<td>{{ a }}&nbsp;–&nbsp;{{ b }} / 12 %</td>",
        "{% block width %} some-class{% endblock width %}",
        "<p>PDF, SHA-256</p>",
    ],
)
def test_translated_words_are_left_alone(source: str) -> None:
    assert list(lint_i18n.problems_in_template(source)) == []


@pytest.mark.parametrize(
    ("source", "is_python", "lines"),
    [
        ('"""Resolution 10/1, annex I."""\n# decision 10/1\nword = _("Stated in resolution 10/1.")\n', True, [3]),
        ('def rule() -> str:\n    """Annex II."""\n    return "paragraph 5 of annex II"\n', True, [3]),
        ("{# annex I #}\n{% comment %}\nresolution 10/1\n{% endcomment %}\n<p>As in decision 10/4</p>\n", False, [5]),
        ('word = _("For instance a resolution and its annexes.")\n', True, []),
    ],
)
def test_rules_of_one_mechanism_are_found_where_people_read_them(
    source: str, is_python: bool, lines: list[int]
) -> None:
    assert [line for line, _problem in lint_mechanism.problems_in(source, is_python=is_python)] == lines
