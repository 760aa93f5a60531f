"""How a letter says who signed it, and on whose order."""

from datetime import tzinfo

from bedside.rules.attestation.events import Signed, SignerRole
from bedside.rules.attestation.moment import say_moment
from bedside.rules.vocabulary.problem import Text

ATTENDING = Text(en="{name}, attending, {at}", es="{name}, médico tratante, {at}")
RESIDENT = Text(
    en="{name}, resident, {at}, on the spoken order of {order}, read back {read_back}",
    es="{name}, residente, {at}, por orden verbal de {order}, leída de vuelta el {read_back}",
)


def say_signature(signed: Signed, *, name: str, order_name: str = "", zone: tzinfo) -> Text:
    """Say who signed; names come from outside, since events hold references only."""
    said = RESIDENT if signed.role is SignerRole.RESIDENT else ATTENDING
    at = say_moment(signed.at, zone)
    read_back = say_moment(signed.order.read_back_at if signed.order else signed.at, zone)
    return Text(
        en=said.en.format(name=name, at=at.en, order=order_name, read_back=read_back.en),
        es=said.es.format(name=name, at=at.es, order=order_name, read_back=read_back.es),
    )
