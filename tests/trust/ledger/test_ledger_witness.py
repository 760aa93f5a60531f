"""The witness: what it answers, over HTTP too, and that nobody makes it cosign two histories."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import pytest
from ledger_cast import MemoryTiles, Recorder, leaves_between, log_key, tally, times, witness_key
from typing_extensions import override

from bedside.trust.ledger.append import append
from bedside.trust.ledger.checkpoint import Checkpoint, parse_checkpoint
from bedside.trust.ledger.cosigning import WitnessAt, collect_cosignatures
from bedside.trust.ledger.hashing import EMPTY_HEAD, Head, hash_leaf
from bedside.trust.ledger.heads import HeadBook, Seen, open_book
from bedside.trust.ledger.key import SigningKey
from bedside.trust.ledger.note import Note, parse_note, parse_signatures, sign, verify_note
from bedside.trust.ledger.policy import judge, read_policy
from bedside.trust.ledger.post import post
from bedside.trust.ledger.signer import HeadSigner
from bedside.trust.ledger.sqlite import connect_sqlite, open_sqlite
from bedside.trust.ledger.store import Connection
from bedside.trust.ledger.tree import find_consistency_path, grow_tiles, hash_range
from bedside.trust.ledger.witness import Answer, Witness, parse_request, write_request
from bedside.trust.ledger.witness_server import make_server

LOG, COSIGNER = log_key(), witness_key()
NOW = 1_800_000_000


class Log:
    """A log that can be forked: leaves from `fork` on are not those of its twin."""

    def __init__(self, size: int, fork: int | None = None) -> None:
        self.tiles = MemoryTiles()
        leaves = [
            hash_leaf(b"%d %d" % (number, fork is not None and number >= fork))
            for number in range(size)
        ]
        self.tiles.tiles |= {(lv, at): tile for lv, at, tile in grow_tiles(self.tiles, 0, leaves)}

    def head(self, size: int) -> Head:
        return Head(size=size, root=hash_range(self.tiles, 0, size))

    def note(self, size: int, key: SigningKey = LOG) -> str:
        body = Checkpoint(origin=LOG.name, head=self.head(size)).write()
        return Note(body=body, signatures=(sign(body, key),)).write()

    def request(self, old: int, new: int, key: SigningKey = LOG) -> bytes:
        return write_request(old, find_consistency_path(self.tiles, old, new), self.note(new, key))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[HeadBook]:
    with closing(open_book(tmp_path / "witness")) as book:
        yield book


def witness_of(book: HeadBook, now: Callable[[], int] = lambda: NOW) -> Witness:
    return Witness(key=COSIGNER, logs=[LOG.verifier], book=book, now=now)


@pytest.fixture
def witness(book: HeadBook) -> Witness:
    return witness_of(book)


def stamp_of(answer: Answer, note: str) -> int | None:
    signed = Note(body=parse_note(note.encode()).body, signatures=parse_signatures(answer.body))
    (found,) = verify_note(signed, [COSIGNER.verifier])
    return found.at


def test_a_witness_cosigns_a_log_as_it_grows(witness: Witness) -> None:
    log = Log(700)

    for old, new in ((0, 0), (0, 5), (5, 5), (5, 256), (256, 257), (257, 700)):
        answer = witness.add_checkpoint(log.request(old, new))

        assert answer.status == 200
        assert stamp_of(answer, log.note(new)) == NOW

    kept = witness.find_checkpoint(sha256(LOG.name.encode()).hexdigest())
    verify_note(parse_note(kept.body.encode()), [LOG.verifier, COSIGNER.verifier])
    assert parse_checkpoint(parse_note(kept.body.encode()).body).head == log.head(700)


def test_a_stale_request_is_told_the_size_and_nothing_else(witness: Witness) -> None:
    log = Log(20)
    witness.add_checkpoint(log.request(0, 12))

    answer = witness.add_checkpoint(log.request(10, 20))

    assert (answer.status, answer.body) == (409, "12\n")
    assert answer.content_type == "text/x.tlog.size"


def refusals() -> dict[str, tuple[int, bytes]]:
    log, other = Log(20), Log(20, fork=3)
    stranger = log_key("stranger.example")
    foreign = Checkpoint(origin="elsewhere.example", head=log.head(20)).write()
    path = find_consistency_path(log.tiles, 12, 20)
    grown_empty = Checkpoint(origin=LOG.name, head=Head(size=0, root=bytes(32))).write()
    return {
        "a second history of the same size": (422, other.request(12, 12)),
        "a second history that goes on": (422, other.request(12, 20)),
        "a proof that is cut": (422, write_request(12, path[:-1], log.note(20))),
        "a proof where none belongs": (422, write_request(12, path, log.note(12))),
        "an older checkpoint": (400, write_request(12, [], log.note(5))),
        "an unknown log": (404, write_request(12, [], sign_note(foreign, LOG))),
        "an unknown key": (403, log.request(12, 20, stranger)),
        "a false signature": (403, write_request(12, path, forge(log))),
        "an empty tree with a root": (400, write_request(12, [], sign_note(grown_empty, LOG))),
        "no request": (400, b"hello"),
        "no note": (400, b"old 12\n\n"),
        "no checkpoint": (400, b"old 12\n\n" + sign_note(b"text\n", LOG).encode()),
        "a size with zeros": (400, log.request(12, 20).replace(b"old 12", b"old 012")),
        "a hash that is none": (400, log.request(12, 20).replace(b"old 12\n", b"old 12\nAAAA\n")),
        "too many hashes": (400, write_request(12, [bytes(32)] * 64, log.note(20))),
        "too much": (400, b"old 12\n\n" + b"x" * 70_000),
    }


def sign_note(body: bytes, key: SigningKey) -> str:
    return Note(body=body, signatures=(sign(body, key),)).write()


def forge(log: Log) -> str:
    wrong = sign(b"something else\n", LOG)
    return Note(body=parse_note(log.note(20).encode()).body, signatures=(wrong,)).write()


@pytest.mark.parametrize("kind", list(refusals()))
def test_a_witness_refuses_with_the_status_that_the_protocol_gives(
    witness: Witness, book: HeadBook, kind: str
) -> None:
    witness.add_checkpoint(Log(20).request(0, 12))
    before = book.find(LOG.name)
    status, request = refusals()[kind]

    answer = witness.add_checkpoint(request)

    assert answer.status == status
    assert book.find(LOG.name) == before


def test_an_empty_log_has_one_root_only(witness: Witness) -> None:
    body = Checkpoint(origin=LOG.name, head=Head(size=0, root=bytes(32))).write()

    answer = witness.add_checkpoint(write_request(0, [], sign_note(body, LOG)))

    assert answer.status == 422


@pytest.mark.parametrize("edge", [0, 1, 255, 256, 257, 65_535, 65_536])
def test_a_fork_at_the_edge_of_a_tile_is_never_cosigned(
    witness: Witness, edge: int, record_property: Recorder
) -> None:
    size = edge + 300
    honest, fork = Log(size), Log(size, fork=edge)
    seen = edge + 1
    witness.add_checkpoint(honest.request(0, seen))

    answers = [
        witness.add_checkpoint(fork.request(seen, seen)),
        witness.add_checkpoint(fork.request(seen, size)),
        witness.add_checkpoint(fork.request(max(1, edge), size)),
        witness.add_checkpoint(fork.request(0, size)),
    ]

    cosigned = [answer for answer in answers if answer.status not in {409, 422}]
    tally(record_property, "forks at the edges of tiles", len(answers), len(cosigned))
    assert cosigned == []
    assert witness.add_checkpoint(honest.request(seen, size)).status == 200


def race(witness: Witness, rounds: int) -> int:
    """Let two histories race for each cosignature and count those that both got one."""
    size, both = 1, 0
    base = Log(rounds + 2)
    witness.add_checkpoint(base.request(0, 1))
    for number in range(rounds):
        old, size = number + 1, number + 2
        rivals = [base.request(old, size), Log(size, fork=old).request(old, size)]
        answers: list[Answer] = []
        start = threading.Barrier(2)

        def ask(request: bytes, gate: threading.Barrier, into: list[Answer]) -> None:
            gate.wait()
            into.append(witness.add_checkpoint(request))

        threads = [threading.Thread(target=ask, args=(one, start, answers)) for one in rivals]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        won = [answer for answer in answers if answer.status == 200]
        both += len(won) > 1
        if not any(verify_matches(base, size, answer) for answer in won):
            break  # the fork won this round; the honest log cannot go on, and need not
    return both


def verify_matches(log: Log, size: int, answer: Answer) -> bool:
    try:
        stamp_of(answer, log.note(size))
    except Exception:  # noqa: BLE001 - any refusal means that the other history was cosigned
        return False
    return True


def test_two_requests_at_once_never_get_two_histories_cosigned(
    tmp_path: Path, record_property: Recorder
) -> None:
    both, races = 0, times(40, soak=1000)

    for number in range(races):
        with closing(open_book(tmp_path / f"book{number}")) as book:
            both += race(witness_of(book), 2)

    tally(record_property, "two histories racing to a witness", races, both)
    assert both == 0


class CarelessBook(HeadBook):
    """A book with the fault that the protocol warns of: compare first, put in place later."""

    both_compared = threading.Barrier(2)

    @override
    def advance(self, origin: str, step: Callable[[Seen | None], Seen]) -> Seen:
        last = self.find(origin)
        if last is not None:
            self.both_compared.wait(10)
        seen = step(last)
        return super().advance(origin, lambda _: seen)


def test_a_witness_that_compares_first_and_keeps_later_would_be_caught(tmp_path: Path) -> None:
    def connect() -> Connection:
        return connect_sqlite(tmp_path / "careless")

    with closing(CarelessBook(connect)) as book:
        both = race(witness_of(book), 2)

    assert both > 0


def test_cosignature_times_never_go_back_whatever_the_clock_does(book: HeadBook) -> None:
    clock = iter([NOW, NOW - 86_400, NOW - 600, NOW + 5])
    witness, log = witness_of(book, lambda: next(clock)), Log(9)

    stamps = [
        stamp_of(witness.add_checkpoint(log.request(old, old + 1)), log.note(old + 1))
        for old in range(4)
    ]

    assert stamps == [NOW, NOW, NOW, NOW + 5]


def test_what_a_witness_cosigned_it_remembers_after_a_restart(tmp_path: Path) -> None:
    log = Log(20)
    with closing(open_book(tmp_path / "book")) as book:
        witness_of(book).add_checkpoint(log.request(0, 12))

    with closing(open_book(tmp_path / "book")) as book:
        answer = witness_of(book).add_checkpoint(Log(20, fork=11).request(12, 20))

    assert answer.status == 422


@pytest.fixture
def address(witness: Witness) -> Iterator[tuple[str, int]]:
    server = make_server(witness, "127.0.0.1", 0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    host, port = server.server_address[:2]
    yield str(host), port
    server.shutdown()
    server.server_close()
    thread.join()


def ask_over_http(
    address: tuple[str, int], path: str, body: bytes | None = None
) -> tuple[int, str, str]:
    with closing(HTTPConnection(*address, timeout=10)) as connection:
        connection.request("GET" if body is None else "POST", path, body)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers["Content-Type"]


def test_the_witness_answers_over_http(address: tuple[str, int]) -> None:
    log, origin = Log(20), sha256(LOG.name.encode()).hexdigest()

    before = ask_over_http(address, f"/{origin}/checkpoint")
    given = ask_over_http(address, "/add-checkpoint", log.request(0, 12))
    stale = ask_over_http(address, "/add-checkpoint", log.request(0, 20))
    after = ask_over_http(address, f"/{origin}/checkpoint")

    assert (before[0], given[0], stale, after[0]) == (
        404,
        200,
        (409, "12\n", "text/x.tlog.size"),
        200,
    )
    assert after[1].startswith(log.note(12))


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [("/", None, 404), ("/elsewhere", b"x", 404), ("/add-checkpoint", b"x" * 70_000, 413)],
)
def test_other_requests_over_http_are_refused(
    address: tuple[str, int], path: str, body: bytes | None, status: int
) -> None:
    assert ask_over_http(address, path, body)[0] == status


def test_a_request_that_hides_its_length_is_refused(address: tuple[str, int]) -> None:
    with closing(HTTPConnection(*address, timeout=10)) as connection:
        connection.putrequest("POST", "/add-checkpoint")
        connection.putheader("Content-Length", "-5")
        connection.endheaders()

        assert connection.getresponse().status == 400


def test_a_log_collects_cosignatures_and_a_quorum_believes_it(
    tmp_path: Path, address: tuple[str, int]
) -> None:
    def send(url: str, request: bytes) -> tuple[int, str]:
        if "nowhere" in url:
            return 503, "down for repair"
        return ask_over_http(address, "/" + url.rpartition("/")[2], request)[:2]

    absent = witness_key("absent.example")
    witnesses = [
        WitnessAt(key=COSIGNER.verifier, address="http://here/"),
        WitnessAt(key=absent.verifier, address="http://nowhere"),
    ]
    policy = read_policy(
        f"log {LOG.verifier.write()}\nwitness a {COSIGNER.verifier.write()}\n"
        f"witness b {absent.verifier.write()}\ngroup one 1 a b\nquorum one\n"
    )
    with (
        closing(open_sqlite(tmp_path / "log", LOG.name)) as store,
        closing(open_book(tmp_path / "signer")) as book,
    ):
        signer = HeadSigner(store=store, book=book, keys=(LOG,), now=lambda: NOW)
        for start, end in ((0, 5), (5, 300)):
            append(store, leaves_between(start, end))
            signer.sign()
            collected = collect_cosignatures(store, witnesses, send)
        with store.reading() as snapshot:
            kept = snapshot.find_last_checkpoint()

    judged = judge(collected.note.encode(), policy, now=NOW)

    assert kept == collected.note
    assert judged.checkpoint.head.size == 300
    assert [str(one) for one in collected.declined] == [
        "witness `absent.example` declined (503): down for repair"
    ]


def test_a_log_reaches_its_witness_over_http(address: tuple[str, int]) -> None:
    log = Log(20)

    status, body = post("http://{}:{}/add-checkpoint".format(*address), log.request(0, 12))

    assert status == 200
    assert body.startswith("\u2014 witness.example ")


def test_parsing_what_was_written_gives_the_same_request() -> None:
    log = Log(20)

    request = parse_request(log.request(12, 20))

    assert request.old_size == 12
    assert list(request.path) == find_consistency_path(log.tiles, 12, 20)
    assert request.note.write() == log.note(20)
    assert EMPTY_HEAD.size == 0
