"""A provider that lies: it stands in front of the real one and changes what that one says.

It signs with a key of its own that it publishes, so that only the lie itself can be noticed.
"""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from typing_extensions import override

Claims = dict[str, Any]
Lie = Callable[["Liar", Claims], str | None]  # makes the token; nothing leaves it out
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {
    "kid": "liar",
    "alg": "RS256",
    "use": "sig",
}
LONG_AGO = 3600
PASSED_ON: tuple[str, ...] = ("Authorization", "Content-Type")


class Liar:
    """What the liar says, and about which lie."""

    def __init__(self, real: str, address: str) -> None:
        self.real, self.address = real, address
        self.lie: Lie = tell_truth
        self.issuer = address
        self.garbage: dict[str, bytes] = {}  # what some of its pages answer instead
        self.told: list[Claims] = []

    def sign(self, claims: Claims, key: rsa.RSAPrivateKey = KEY, kid: str = "liar") -> str:
        """Sign claims so that they hold."""
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})

    def answer(self, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        """Answer as the real one does, with the lie in it."""
        if path in self.garbage:
            return self.garbage[path]
        if path.endswith("openid-configuration"):
            text = requests.get(f"{self.real}{path}", timeout=9).text
            found = json.loads(text.replace(self.real, self.address)) | {"issuer": self.issuer}
            found["authorization_endpoint"] = f"{self.real}/authorize/"
            return json.dumps(found).encode()
        if path.endswith("jwks.json"):
            return json.dumps({"keys": [PUBLIC]}).encode()
        sent = {name: headers[name] for name in PASSED_ON if name in headers}
        answer = requests.request(
            "POST" if body else "GET", f"{self.real}{path}", data=body, headers=sent, timeout=9
        )
        said = answer.json()
        if "id_token" in said:
            claims = jwt.decode(said["id_token"], options={"verify_signature": False})
            self.told.append(claims)
            token = self.lie(self, claims | {"iss": self.address})
            said = {**said, "id_token": token} if token else {"access_token": said["access_token"]}
        return json.dumps(said).encode()


def tell_truth(liar: Liar, claims: Claims) -> str:
    """Tell the truth, under the liar's own name."""
    return liar.sign(claims)


def _changed(**changes: object) -> Lie:
    return lambda liar, claims: liar.sign(claims | changes)


def _without(name: str) -> Lie:
    return lambda liar, claims: liar.sign({k: v for k, v in claims.items() if k != name})


def _tamper(liar: Liar, claims: Claims) -> str:
    """Change who it is and keep the signature of somebody else's token."""
    head, _, signature = liar.sign(claims).split(".")
    body = json.dumps(claims | {"sub": "somebody else"}).encode()
    return f"{head}.{base64.urlsafe_b64encode(body).decode().rstrip('=')}.{signature}"


def _sign_with_public_key(_: Liar, claims: Claims) -> str:
    """Sign with the public key as if it were a shared secret."""
    return jwt.encode(claims, PUBLIC["n"], algorithm="HS256", headers={"kid": "liar"})


LIES: dict[str, Lie] = {
    "another issuer": _changed(iss="https://elsewhere.example"),
    "another audience": _changed(aud="another program"),
    "for another program": _changed(azp="another program"),
    "expired": _changed(exp=int(time.time()) - LONG_AGO),
    "issued in the future": _changed(iat=int(time.time()) + LONG_AGO),
    "no time": _without("exp"),
    "another question": _changed(nonce="somebody else's"),
    "no question": _without("nonce"),
    "unverified address": _changed(email_verified=False),
    "verified as a word": _changed(email_verified="true"),
    "an address of nobody": _changed(email=""),
    "tampered": _tamper,
    "another key": lambda liar, claims: liar.sign(claims, OTHER_KEY),
    "an unknown key": lambda liar, claims: liar.sign(claims, kid="unknown"),
    "unsigned": lambda _, claims: jwt.encode(claims, None, algorithm="none"),  # type: ignore[arg-type]  # a lie
    "signed with what is public": _sign_with_public_key,
    "no token": lambda _liar, _claims: None,
    "no token of this kind": lambda _liar, _claims: "a.b.c",
}


@contextmanager
def lying(real: str) -> Iterator[Liar]:
    """Serve the liar in front of the real provider."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    liar = Liar(real, f"http://127.0.0.1:{server.server_port}/o")

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            said = liar.answer(self.path.removeprefix("/o"), body, dict(self.headers.items()))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = _answer  # noqa: N815 - the names that the library looks for

        @override
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server.RequestHandlerClass = Handler
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
