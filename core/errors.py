from django.utils.functional import Promise


class ServiceError(Exception):
    """A service refuses for a reason that the person can mend; ``message`` is translated and shown by ``field``.

    ``code`` names a reason for which a form offers the mending itself.
    """

    def __init__(self, message: str | Promise, *, field: str | None = None, code: str = "") -> None:
        self.message = message
        self.field = field
        self.code = code
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


class ConflictError(ServiceError):
    """Somebody else has saved in the meantime; nothing was overwritten.

    ``current`` is the text as it stands now and ``revision`` its number, so that the page can show both.
    """

    def __init__(self, message: str | Promise, *, current: str, revision: int, field: str = "text") -> None:
        super().__init__(message, field=field)
        self.current = current
        self.revision = revision
