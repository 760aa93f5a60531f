"""Where pages may go: the hospital's own list, read from its data; what it leaves out is closed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """The addresses outside this house to which a page without content may go."""

    address: str = ""  # under which people open Bedside, for the link
    mail_from: str = ""
    mail_domains: tuple[str, ...] = ()
    sms_gateway: str = ""
    push_hosts: tuple[str, ...] = ()
    private_network: bool = False  # the gateway may stand inside the house, over plain http too


def read_outbound(plain: Mapping[str, object]) -> Outbound:
    """Read where pages may go from a checked site file."""
    said = plain.get("paging")
    if not isinstance(said, Mapping):
        return Outbound()
    return Outbound(
        address=str(said.get("address", "")).rstrip("/"),
        mail_from=str(said.get("mail_from", "")),
        mail_domains=_read_names(said.get("mail_domains")),
        sms_gateway=str(said.get("sms_gateway", "")),
        push_hosts=_read_names(said.get("push_hosts")),
        private_network=said.get("private_network") is True,
    )


def _read_names(said: object) -> tuple[str, ...]:
    if not isinstance(said, Sequence) or isinstance(said, str):
        return ()
    return tuple(str(name).lower() for name in said)
