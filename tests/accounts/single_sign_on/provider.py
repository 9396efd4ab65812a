"""An OpenID provider in a thread of its own: real addresses, keys and tokens, and whatever a test has it say."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "portal", "a-secret-that-only-both-know"


class Provider:
    """``says``: claims of the next token beside, or in place of, the true ones. ``signs``: by which key."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signs = self.key
        self.says: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        self.issuer = ""

    def claims(self) -> dict[str, Any]:
        now = int(time.time())
        true = {"iss": self.issuer, "aud": CLIENT, "iat": now - 2, "exp": now + 300, "nonce": self.asked["nonce"]}
        return {**true, "sub": "7", "email_verified": True, "auth_time": now, **self.says}

    def documents(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            },
            "/keys": {"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]},
        }

    def token(self, asked: str, authorization: str) -> dict[str, Any] | None:
        """For who knows the client's secret and the code; None for anybody else."""
        given = {name: values[0] for name, values in parse_qs(asked).items()}
        known = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {known}" or given.get("code") != "good" or not given.get("code_verifier"):
            return None
        token = jwt.encode(self.claims(), self.signs, "RS256", headers={"kid": "1"})
        return {"access_token": "x", "token_type": "Bearer", "id_token": token}

    def note_question(self, address: str) -> str:
        """What the browser was sent there with; gives its ``state``."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return self.asked["state"]


@contextmanager
def running() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def answer(self, found: dict[str, Any] | None) -> None:
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(found or {}).encode())

        def do_GET(self) -> None:
            if self.path.startswith("/authorize"):
                state = provider.note_question(self.path)
                self.send_response(302)
                self.send_header("Location", f"{provider.asked['redirect_uri']}?state={state}&code=good")
                self.end_headers()
                return
            self.answer(provider.documents().get(self.path))

        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer(provider.token(asked, self.headers.get("Authorization", "")))

        def log_message(self, *args: object) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
