"""How what is cached is written: as JSON, which is data, where Django's own way is pickle, which is a program.

Whoever can write to Valkey can so change what the cache says, but run nothing in our processes.
"""

import json
from typing import Any


class JSONSerializer:
    """For ``CACHES``. Numbers stay numbers, so that Valkey can count; what JSON does not know is refused (TypeError).

    Lists come back for tuples, and only text is a key; who caches says what else is meant (a day, a State's key).
    """

    def dumps(self, value: Any) -> bytes | int:
        if type(value) is int:
            return value
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data)
