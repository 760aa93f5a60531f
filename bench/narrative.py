"""Accounts and files: how long a proposal takes, and how long a file that was handed in."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from bedside.record.attachments.copying import open_handed_in
from bedside.rules.narrative.propose import propose
from bedside.rules.screening.find import find_worries
from bench.clock import Laps, cpu_of_each, time_each

ROUNDS, LETTERS = 200, 2000
ACCOUNTS = {
    "English": (
        "The officers text during briefings. They stay in the room while a teenage mother nurses "
        "her baby, and nobody asked her. The nurse did not tell the officer the diagnosis. "
    ),
    "Spanish": (
        "Los agentes envían mensajes durante el pase de visita. Se quedan en el cuarto mientras "
        "una madre adolescente amamanta a su bebé. La enfermera no le dijo al agente el resultado. "
    ),
}
PHOTOGRAPH = (4000, 3000)  # points of an ordinary telephone


def main() -> None:
    """Print one line for each thing that is measured."""
    print(f"{'':<46}{'p50 ms':>9}{'p95 ms':>9}")
    for name, laps in measure():
        print(f"{name:<46}{laps.median / 1e3:>9.2f}{laps.at(0.95) / 1e3:>9.2f}")


def measure() -> Iterator[tuple[str, Laps]]:
    """Name what is timed, and time it."""
    for language, account in ACCOUNTS.items():
        texts = [f"{number} {account * 20}"[:LETTERS] for number in range(ROUNDS)]
        propose(account)
        yield f"propose from {LETTERS} letters in {language}", time_each(propose, texts, seconds=20)
        spent = cpu_of_each(propose, texts, seconds=1)
        yield "  of the processor's time", Laps(each=[spent])
        screened = cpu_of_each(find_worries, texts, seconds=1)
        yield "  of which for the screening", Laps(each=[screened])
    yield "open and copy a photograph of 12 million points", _time_opening(_draw())
    yield "open and copy a text", _time_opening(ACCOUNTS["English"].encode())


def _draw() -> bytes:
    written = BytesIO()
    small = Image.effect_noise((400, 300), 60).convert("RGB")
    small.resize(PHOTOGRAPH).save(written, "JPEG", quality=80)
    return written.getvalue()


def _time_opening(data: bytes) -> Laps:
    return time_each(lambda one: open_handed_in("x", one), [data] * 20, seconds=20)


if __name__ == "__main__":
    main()
