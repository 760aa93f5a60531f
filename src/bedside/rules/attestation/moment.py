"""A moment as letters write it: day, month and hour of the hospital, in both languages."""

from datetime import datetime, tzinfo

from bedside.rules.vocabulary.problem import Text

MONTHS_EN = "January February March April May June July August September October November December"
MONTHS_ES = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)


def say_moment(at: datetime, zone: tzinfo) -> Text:
    """Say a moment in the hospital's zone, with the hour of the day from 0 to 23."""
    local = at.astimezone(zone)
    en, es = (months.split()[local.month - 1] for months in (MONTHS_EN, MONTHS_ES))
    return Text(
        en=f"{local.day} {en} {local.year}, {local:%H:%M}",
        es=f"{local.day} de {es} de {local.year}, {local:%H:%M}",
    )
