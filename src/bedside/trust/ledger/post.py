"""Sending a request to a witness over HTTP, with the standard library."""

from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import ClassVar
from urllib.parse import urlsplit

from bedside.trust.ledger.refusal import Refusal

PATIENCE = 10  # seconds; a log does not wait longer for one witness
LARGEST_ANSWER = 64 * 1024
KINDS = {"http": HTTPConnection, "https": HTTPSConnection}


class WitnessUnreachable(Refusal):
    """A witness that did not answer."""

    code: ClassVar[str] = "ledger.witness-unreachable"
    en: ClassVar[str] = "no witness answers at `{address}` ({detail}); ask its keeper"
    es: ClassVar[str] = "ningún testigo responde en `{address}` ({detail}); avise a su responsable"


def post(address: str, request: bytes) -> tuple[int, str]:
    """Send a request and return the status and the text of the answer."""
    parts = urlsplit(address)
    try:
        connect = KINDS[parts.scheme]
        connection = connect(parts.hostname or "", parts.port, timeout=PATIENCE)
        try:
            connection.request("POST", parts.path, request, {"Content-Type": "text/plain"})
            answer = connection.getresponse()
            return answer.status, answer.read(LARGEST_ANSWER).decode("utf-8", "replace")
        finally:
            connection.close()
    except (OSError, HTTPException, KeyError, ValueError) as error:
        raise WitnessUnreachable(address=address, detail=error) from error
