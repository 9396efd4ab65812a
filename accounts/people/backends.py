"""Who signs in, as allauth has it; and who is signed in, which every request asks."""

from functools import cache
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connections, router

from accounts.people.models import User

PATH = f"{__name__}.AccountBackend"


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id: UUID) -> User | None:
        """The person of a session, None where there is nobody or nobody who may sign in.

        By a statement that is made once: Django makes its own anew each time, which takes longer than the answer.
        """
        statement, names = _person()
        way = router.db_for_read(User)
        with connections[way].cursor() as cursor:
            cursor.execute(statement, {"person": user_id})
            row = cursor.fetchone()
        user = None if row is None else User.from_db(way, names, row)
        return user if user is not None and self.user_can_authenticate(user) else None


@cache
def _person() -> tuple[str, list[str]]:
    fields = User._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    return (
        f"SELECT {columns} FROM {User._meta.db_table} WHERE id = %(person)s",  # noqa: S608 - our own names
        [field.attname for field in fields],
    )
