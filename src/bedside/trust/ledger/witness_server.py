"""The witness over HTTP, with the standard library's server: small requests, short patience."""

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

from bedside.trust.ledger.witness import LARGEST_REQUEST, Answer, Witness

PATIENCE = 10  # seconds that a client may take to send what it announced
UNREADABLE = Answer(status=HTTPStatus.BAD_REQUEST, body="say how long the request is\n")
TOO_LARGE = Answer(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, body="the request is too large\n")
NOWHERE = Answer(status=HTTPStatus.NOT_FOUND, body="a witness answers to /add-checkpoint\n")


class _Handler(BaseHTTPRequestHandler):
    witness: ClassVar[Witness]
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "bedside-witness", ""
    timeout = PATIENCE

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()):
            self._close_with(UNREADABLE)
        elif int(length[:9]) > LARGEST_REQUEST:
            self._close_with(TOO_LARGE)
        else:
            body = self.rfile.read(int(length))
            known = self.path == "/add-checkpoint"
            self._answer(self.witness.add_checkpoint(body) if known else NOWHERE)

    def do_GET(self) -> None:
        _, origin_hash, *rest = [*self.path.split("/"), "", ""][:4]
        known = rest[0] == "checkpoint"
        self._answer(self.witness.find_checkpoint(origin_hash) if known else NOWHERE)

    def log_message(self, *_: object) -> None:  # type: ignore[explicit-override] # not in 3.11
        """Keep no record of who asked: addresses are nobody's business here."""

    def _close_with(self, answer: Answer) -> None:
        self.close_connection = True
        self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def make_server(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
    """Make a server for the witness; `serve_forever` starts it."""
    handler = type("WitnessHandler", (_Handler,), {"witness": witness})
    return ThreadingHTTPServer((host, port), handler)
