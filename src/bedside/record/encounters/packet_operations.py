"""Paper packets for the hours in which nothing works: printed with codes, entered later."""

from collections.abc import Mapping
from typing import ClassVar

from bedside.record.encounters.models import Encounter, Packet
from bedside.record.encounters.operations import Opening, add_encounter, draw_code
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.catalogue import Value

MOST_AT_ONCE = 50


class NoSuchPacket(Refused):
    """A code that was never printed here."""

    code: ClassVar[str] = "encounters.no-such-packet"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "No packet `{code}` was printed at this hospital; read its code once more."
    es: ClassVar[str] = (
        "En este hospital no se imprimió ningún paquete `{code}`; lea el código otra vez."
    )


class PacketUsed(Refused):
    """A packet that was entered before."""

    code: ClassVar[str] = "encounters.packet-used"
    en: ClassVar[str] = (
        "Packet `{code}` was entered already; nothing was done twice. Find the stay by this code."
    )
    es: ClassVar[str] = (
        "El paquete `{code}` ya se ingresó; no se hizo dos veces. Busque la estancia por este"
        " código."
    )


@operation
def record_packets_printed(act: Act, *, number: int) -> tuple[Packet, ...]:
    """Give numbers to some packets, to be printed."""
    packets = tuple(
        Packet.objects.create(
            id=act.draw_id(), site_id=act.site, code=draw_code(act), printed_at=act.at
        )
        for _ in range(min(number, MOST_AT_ONCE))
    )
    content = {"codes": [packet.code for packet in packets]}
    append(act, Happening(kind="packet.printed", about=f"site/{act.site}", content=content))
    return packets


@operation
def record_packet_entered(
    act: Act, *, code: str, opening: Opening, facts: Mapping[str, Value]
) -> Encounter:
    """Open the stay that a packet tells of, under its code and with its own times."""
    packet = Packet.objects.select_for_update().filter(site_id=act.site, code=code).first()
    if packet is None:
        raise NoSuchPacket(code=code)
    if packet.entered_at is not None:
        raise PacketUsed(code=code)
    stay = add_encounter(act, opening, facts, code=code)
    packet.entered_at, packet.encounter = act.at, stay
    packet.save(update_fields=["entered_at", "encounter"])
    content = {
        "code": code,
        "facts": dict(facts),
        "happened_at": stay.opened_at.isoformat(),
        "noted_at": act.at.isoformat(),
        "patient": opening.patient,
        "room": opening.room,
        "unit": opening.unit,
    }
    append(
        act,
        Happening(kind="packet.entered", about=stay.about, record=stay.about, content=content),
    )
    return stay
