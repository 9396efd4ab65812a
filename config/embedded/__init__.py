"""What `make run` starts when no server is named: PostgreSQL, Valkey, the web server and the worker.

The servers are the real ones, in a private folder, on unix sockets; production names its own servers by
`DATABASE_URL` and `REDIS_URL` and never comes here. See docs/adr/0003-embedded-servers.md.
"""


class EmbeddedError(Exception):
    """A start is not possible. The message is for the person at the terminal and says what to do."""
