"""Queries that are made once: what hot pages ask each time, without putting the statement together each time.

Django takes longer to make a statement out of a query with several joins than PostgreSQL takes to answer it. A query
that differs from time to time in nothing but keys is made with marks in their places, and keeps its statement.
"""

import datetime as dt
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID, uuid4

from django.db import connections
from django.db.models import Field, Lookup, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

Row = TypeVar("Row")
Value = UUID | str | Sequence[UUID] | Sequence[str]


@Field.register_lookup
class AnyOf(Lookup):
    """``any_of``: among as many values as are given, in one parameter, where Django's ``in`` has one for each."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*left_params, *right_params]


class _Made(NamedTuple):
    """``asked``: by place among the parameters, the name of the value that comes there."""

    queryset: QuerySet[Any]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    asked: dict[int, str]


class MadeOnce(Generic[Row]):
    """``make`` gives the query for its arguments: keys (UUID), words where it says ``str``, or a list for ``any_of``.

    It is called once in each language, with marks, and must neither look at them nor at anything that changes.
    Its rows are read all at once; they are new ones each time, as from any other query.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]]) -> None:
        self._make = make
        self._marks: dict[str, UUID | str] = {
            name: f"mark:{uuid4()}" if parameter.annotation is str else uuid4()
            for name, parameter in inspect.signature(make).parameters.items()
        }
        self._made: dict[str | None, _Made] = {}

    def rows(self, **values: Value | None) -> list[Row]:
        """The rows for these values; nothing is equal to None. Raises KeyError where one is missing."""
        language = get_language()
        made = self._made.get(language)
        if made is None:
            made = self._made[language] = self._make_one()
        params = list(made.params)
        for place, name in made.asked.items():
            params[place] = values[name]
        queryset: QuerySet[Any, Row] = object.__new__(type(made.queryset))
        queryset.__dict__ = {**made.queryset.__dict__, "_query": _Asked(made, tuple(params))}
        return list(queryset)

    def first(self, **values: Value | None) -> Row | None:
        """The first row, for a query that gives one at most."""
        return next(iter(self.rows(**values)), None)

    def _make_one(self) -> _Made:
        queryset = self._make(**self._marks)
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        names = {mark: name for name, mark in self._marks.items()}
        asked = {place: names[value] for place, value in enumerate(params) if _is_key(value) and value in names}
        zone = timezone.get_current_timezone_name()  # of whoever asks first: the same statement serves all others
        if {*asked.values()} != {*self._marks} or any(isinstance(each, dt.date) or each == zone for each in params):
            raise TypeError(f"{self._make} asks for something else than the keys that it is given")
        return _Made(queryset, compiler, sql, tuple(params), asked)


def _is_key(value: object) -> bool:
    return isinstance(value, UUID | str)


class _Asked:
    """Stands for the query of a set: its statement is there, with the values of this time."""

    def __init__(self, made: _Made, params: tuple[Any, ...]) -> None:
        self._made, self._params = made, params

    def __getattr__(self, name: str) -> Any:
        return getattr(self._made.queryset.query, name)

    def get_compiler(self, using: str, **options: Any) -> Any:
        made, params = self._made, self._params
        compiler = object.__new__(type(made.compiler))
        own: Mapping[str, Any] = {"connection": connections[using], "as_sql": lambda: (made.sql, params)}
        compiler.__dict__ = {**made.compiler.__dict__, **own}
        return compiler
