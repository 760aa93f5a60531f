"""Notes, checkpoints, policies and proof files: ours, and other people's."""

import base64
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_cast import MemoryTiles, make_leaf, read_json_sample, read_sample, times

from bedside.trust.ledger.checkpoint import Checkpoint, CheckpointUnreadable, parse_checkpoint
from bedside.trust.ledger.hashing import EMPTY_HEAD, Head, cut_hashes, hash_hashes, hash_leaf
from bedside.trust.ledger.key import (
    Algorithm,
    BadKeyName,
    KeyUnreadable,
    SigningKey,
    UnknownAlgorithm,
    VerifierKey,
    make_key,
    read_signing_key,
    read_verifier_key,
)
from bedside.trust.ledger.note import (
    NobodyKnownSigned,
    Note,
    NoteUnreadable,
    SignatureWrong,
    cosign,
    parse_note,
    sign,
    verify_note,
)
from bedside.trust.ledger.policy import (
    FromTheFuture,
    PolicyUnreadable,
    QuorumMissing,
    judge,
    read_policy,
    write_policy,
)
from bedside.trust.ledger.proof import ProofRefused, verify_inclusion
from bedside.trust.ledger.proof_file import (
    ProofFile,
    ProofUnreadable,
    parse_proof_file,
    verify_proof_file,
)
from bedside.trust.ledger.refusal import Refusal
from bedside.trust.ledger.tree import find_inclusion_path, grow_tiles, hash_range

TESSERA = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
SUNLIGHT = "witness.example.org+b8a2cf20+BFLN3yikSfFkVAJtrnh/CiY3Zozkoy7clp+P7XB28qUN"
EXAMPLE = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOW = 1_800_000_000


def key_of(name: str, algorithm: Algorithm = Algorithm.ED25519) -> SigningKey:
    return make_key(name, algorithm, lambda count: name.encode().ljust(count, b".")[:count])


LOG = key_of("hospital.example/operational/1")
WITNESSES = tuple(key_of(f"witness{at}.example", Algorithm.COSIGNATURE) for at in range(3))
POLICY = "\n".join(
    (
        "# one of two witnesses is enough",
        f"log {LOG.verifier.write()}",
        *(f"witness w{at}\t{key.verifier.write()}" for at, key in enumerate(WITNESSES[:2])),
        "group both any w0 w1",
        "quorum both",
        "",
    )
)


def signed(head: Head, *witnesses: SigningKey, at: int = NOW, log: SigningKey = LOG) -> str:
    body = Checkpoint(origin=LOG.name, head=head).write()
    lines = [sign(body, log), *(cosign(body, key, at) for key in witnesses)]
    return Note(body=body, signatures=tuple(lines)).write()


def test_the_example_of_the_standard_is_verified() -> None:
    note = parse_note(read_sample("signed-note-example.txt"))

    found = verify_note(note, [read_verifier_key(EXAMPLE)])

    assert note.body == b"This is an example message.\n"
    assert [one.key.write() for one in found] == [EXAMPLE]


@pytest.mark.parametrize("size", range(16))
def test_a_checkpoint_of_tessera_is_verified_and_its_root_recomputed(size: int) -> None:
    note = parse_note(read_sample(f"tessera/checkpoint.{size}"))
    leaves = cut_hashes(read_sample("tessera/tile-0-000.p/15"))
    tiles = MemoryTiles()
    tiles.tiles |= {(level, at): tile for level, at, tile in grow_tiles(tiles, 0, leaves)}

    verify_note(note, [read_verifier_key(TESSERA)])
    checkpoint = parse_checkpoint(note.body)

    assert checkpoint.head == Head(size=size, root=hash_hashes(leaves[:size]))
    assert checkpoint.head.root == hash_range(tiles, 0, size)


def test_the_cosignature_of_a_sunlight_witness_is_verified() -> None:
    note = parse_note(read_sample("sunlight/witness-checkpoint"))

    (found,) = verify_note(note, [read_verifier_key(SUNLIGHT)])

    assert found.at == 1_767_139_200
    assert parse_checkpoint(note.body).head.size == 300


def test_an_entry_of_rekor_is_proven_against_its_signed_checkpoint() -> None:
    bundle = read_json_sample("rekor/staging-rekor-v2.sigstore.json")
    entry = bundle["verificationMaterial"]["tlogEntries"][0]
    root = read_json_sample("rekor/trusted_root.json")
    (published,) = (log for log in root["tlogs"] if log["logId"] == entry["logId"])
    public = base64.b64decode(published["publicKey"]["rawBytes"])[-32:]
    name = published["baseUrl"].removeprefix("https://")
    key = VerifierKey(name=name, algorithm=Algorithm.ED25519, public=public)
    proof = entry["inclusionProof"]

    note = parse_note(proof["checkpoint"]["envelope"].encode())
    verify_note(note, [key])
    head = parse_checkpoint(note.body).head
    leaf = hash_leaf(base64.b64decode(entry["canonicalizedBody"]))
    path = [base64.b64decode(one) for one in proof["hashes"]]
    verify_inclusion(leaf, int(proof["logIndex"]), head, path)

    assert head.size == 646


def test_keys_are_written_and_read_back_and_their_secret_stays_out_of_sight() -> None:
    assert read_verifier_key(LOG.verifier.write()) == LOG.verifier
    assert read_signing_key(LOG.write()) == LOG
    assert LOG.seed.hex() not in repr(LOG)
    assert repr(LOG.seed) not in repr(LOG)


@pytest.mark.parametrize(
    "text", ["", "a", "a+b+c", EXAMPLE[:-4], EXAMPLE.replace("530d", "530e"), "foo" + EXAMPLE]
)
def test_a_key_that_is_not_whole_is_refused(text: str) -> None:
    with pytest.raises(KeyUnreadable, match="not a whole key"):
        read_verifier_key(text)


def test_an_algorithm_that_we_cannot_check_is_named() -> None:
    later = base64.b64encode(b"\x06" + bytes(1312)).decode()

    with pytest.raises(UnknownAlgorithm, match="algorithm 0x06"):
        read_verifier_key(f"witness.example+00000000+{later}")


def test_a_refused_private_key_is_not_repeated() -> None:
    secret = LOG.write()

    with pytest.raises(KeyUnreadable) as refused:
        read_signing_key(secret[:-5])

    assert secret[20:40] not in str(refused.value)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "tab\there", "non\u00a0breaking"])
def test_a_name_that_no_note_can_carry_is_refused(name: str) -> None:
    with pytest.raises(BadKeyName, match="without spaces"):
        make_key(name, Algorithm.ED25519, bytes)


def test_one_wrong_signature_of_a_known_key_condemns_the_note() -> None:
    note = parse_note(signed(EMPTY_HEAD, WITNESSES[0]).encode())
    wrong = replace(note.signatures[1], signature=note.signatures[1].signature[:-1] + b"\0")
    forged = replace(note, signatures=(note.signatures[0], wrong))

    with pytest.raises(SignatureWrong, match="witness0"):
        verify_note(forged, [LOG.verifier, WITNESSES[0].verifier])


def test_signatures_of_strangers_are_ignored_and_alone_are_not_enough() -> None:
    note = parse_note(signed(EMPTY_HEAD, WITNESSES[2]).encode())

    found = verify_note(note, [LOG.verifier])

    assert [one.key for one in found] == [LOG.verifier]
    with pytest.raises(NobodyKnownSigned):
        verify_note(note, [WITNESSES[0].verifier])


@pytest.mark.parametrize("count", [1, 16, 64])
def test_a_note_may_carry_many_signatures(count: int) -> None:
    body = b"text\n"
    keys = [key_of(f"key{number}") for number in range(count)]
    text = Note(body=body, signatures=tuple(sign(body, key) for key in keys)).write()

    assert len(parse_note(text.encode()).signatures) == count


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"no signature\n",
        b"text\n\n",
        b"text\n\n\xe2\x80\x94 name\n",
        b"text\n\n\xe2\x80\x94 name AAAA\n",
        b"text\n\n\xe2\x80\x94 na+me AAAAAAAA\n",
        b"text\n\n- name AAAAAAAA\n",
        b"text\n\n\xe2\x80\x94 name AAAAAAAA",
        b"te\txt\n\n\xe2\x80\x94 name AAAAAAAA\n",
        b"te\xffxt\n\n\xe2\x80\x94 name AAAAAAAA\n",
        b"text\n\n" + b"\xe2\x80\x94 name AAAAAAAA\n" * 65,
        b"x" * (256 * 1024 + 1),
    ],
)
def test_a_note_that_breaks_the_format_is_refused(text: bytes) -> None:
    with pytest.raises(NoteUnreadable, match="cannot be read"):
        parse_note(text)


@pytest.mark.parametrize(
    "body",
    [
        b"\n",
        b"origin\n",
        b"origin\n1\n",
        b"origin\n01\n" + base64.b64encode(bytes(32)) + b"\n",
        b"origin\n-1\n" + base64.b64encode(bytes(32)) + b"\n",
        b"origin\n1\n" + base64.b64encode(bytes(31)) + b"\n",
        b"origin\n1\n" + base64.b64encode(bytes(32))[:-1] + b"\n",
        b"\n1\n" + base64.b64encode(bytes(32)) + b"\n",
        b"origin\n1\n" + base64.b64encode(bytes(32)) + b"\n\nmore\n",
    ],
)
def test_a_text_that_is_no_checkpoint_is_refused(body: bytes) -> None:
    with pytest.raises(CheckpointUnreadable):
        parse_checkpoint(body)


def test_a_policy_believes_the_log_with_enough_witnesses_only() -> None:
    policy = read_policy(POLICY)

    judged = judge(signed(EMPTY_HEAD, WITNESSES[1]).encode(), policy, now=NOW)

    assert judged.checkpoint.head == EMPTY_HEAD
    with pytest.raises(QuorumMissing, match="`both` is not met"):
        judge(signed(EMPTY_HEAD).encode(), policy, now=NOW)
    with pytest.raises(QuorumMissing):
        judge(signed(EMPTY_HEAD, WITNESSES[2]).encode(), policy, now=NOW)


def test_a_cosignature_from_the_future_is_refused() -> None:
    policy = read_policy(POLICY)
    text = signed(EMPTY_HEAD, WITNESSES[0], at=NOW + 3600).encode()

    with pytest.raises(FromTheFuture, match="witness0"):
        judge(text, policy, now=NOW)


def test_a_checkpoint_signed_by_witnesses_but_not_by_its_log_is_refused() -> None:
    body = Checkpoint(origin=LOG.name, head=EMPTY_HEAD).write()
    text = Note(body=body, signatures=(cosign(body, WITNESSES[0], NOW),)).write()

    with pytest.raises(NobodyKnownSigned):
        judge(text.encode(), read_policy(POLICY), now=NOW)


def test_a_trusted_log_may_not_speak_for_another_one() -> None:
    body = Checkpoint(origin="elsewhere.example", head=EMPTY_HEAD).write()
    lines = (sign(body, LOG), cosign(body, WITNESSES[0], NOW))

    with pytest.raises(NobodyKnownSigned):
        judge(Note(body=body, signatures=lines).write().encode(), read_policy(POLICY), now=NOW)


def test_after_a_key_was_rotated_old_and_new_notes_are_both_believed_until_the_old_key_goes() -> (
    None
):
    fresh = make_key(LOG.name, Algorithm.ED25519, lambda count: b"r" * count)
    both = read_policy(POLICY + f"log {fresh.verifier.write()}\n")
    new_only = read_policy(POLICY.replace(LOG.verifier.write(), fresh.verifier.write()))
    old, new = (signed(EMPTY_HEAD, WITNESSES[0], log=key).encode() for key in (LOG, fresh))

    for text in (old, new):
        assert judge(text, both, now=NOW).checkpoint.head == EMPTY_HEAD
    assert judge(new, new_only, now=NOW).checkpoint.head == EMPTY_HEAD
    with pytest.raises(NobodyKnownSigned):
        judge(old, new_only, now=NOW)


def test_a_policy_is_written_as_it_is_read() -> None:
    policy = read_policy(POLICY)

    assert read_policy(write_policy(policy)) == policy


W = WITNESSES[0].verifier.write()


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (0, ""),
        (0, f"log {LOG.verifier.write()}\n"),
        (1, "quorum nobody\n"),
        (1, "friend a\n"),
        (1, "log\n"),
        (1, f"log {W}\nquorum none\n"),
        (1, f"witness w {LOG.verifier.write()}\nquorum none\n"),
        (1, f"witness none {W}\nquorum none\n"),
        (2, f"witness w {W}\nwitness v {W}\nquorum w\n"),
        (2, f"witness w {W}\ngroup g 2 w\nquorum g\n"),
        (2, f"witness w {W}\ngroup g 0 w\nquorum g\n"),
        (2, f"witness w {W}\ngroup g all w w\nquorum g\n"),
        (2, f"witness w {W}\ngroup g any none\nquorum g\n"),
        (1, f"group g any w\nwitness w {W}\nquorum g\n"),
        (2, "quorum none\nquorum none\n"),
    ],
)
def test_a_policy_that_breaks_the_format_is_refused_with_its_line(line: int, text: str) -> None:
    with pytest.raises(PolicyUnreadable, match=f"line {line}:"):
        read_policy(text)


def proof_of(index: int, count: int) -> tuple[bytes, ProofFile]:
    leaves = [make_leaf(number).write() for number in range(count)]
    tiles = MemoryTiles()
    grown = grow_tiles(tiles, 0, [hash_leaf(leaf) for leaf in leaves])
    tiles.tiles |= {(level, at): tile for level, at, tile in grown}
    head = Head(size=count, root=hash_range(tiles, 0, count))
    path = tuple(find_inclusion_path(tiles, index, count))
    checkpoint = signed(head, WITNESSES[0])
    return leaves[index], ProofFile(index=index, path=path, checkpoint=checkpoint)


@pytest.mark.parametrize(("index", "count"), [(0, 1), (0, 300), (299, 300), (255, 257)])
def test_a_proof_file_proves_its_leaf_and_no_other(index: int, count: int) -> None:
    leaf, proof = proof_of(index, count)
    text = replace(proof, extra=b"anything").write().encode()

    judged = verify_proof_file(leaf, text, read_policy(POLICY), now=NOW)

    assert judged.checkpoint.head.size == count
    assert parse_proof_file(proof.write().encode()) == proof
    with pytest.raises(ProofRefused):
        verify_proof_file(leaf + b" ", text, read_policy(POLICY), now=NOW)


@settings(max_examples=times(400, soak=50_000), deadline=None)
@given(st.data())
def test_a_proof_file_with_one_changed_byte_is_refused_or_changes_nothing(
    data: st.DataObject,
) -> None:
    leaf, proof = proof_of(3, 9)
    text = proof.write().encode()
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + bytes([text[at] ^ (1 << data.draw(st.integers(0, 7)))]) + text[at + 1 :]

    with pytest.raises(Refusal):
        verify_proof_file(leaf, changed, read_policy(POLICY), now=NOW)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"c2sp.org/tlog-proof@v2\nindex 0\n\nx",
        b"c2sp.org/tlog-proof@v1\n\nx",
        b"c2sp.org/tlog-proof@v1\nindex 00\n\nx",
        b"c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\nx",
        b"c2sp.org/tlog-proof@v1\nextra ???\nindex 0\n\nx",
        b"\xff",
        b"x" * (512 * 1024 + 1),
    ],
)
def test_a_proof_file_that_breaks_the_format_is_refused(text: bytes) -> None:
    with pytest.raises(ProofUnreadable, match="fresh one"):
        parse_proof_file(text)


@settings(max_examples=times(300, soak=20_000), deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_the_parsers_are_given_they_answer_with_a_refusal_or_a_value(text: bytes) -> None:
    for parse in (parse_note, parse_checkpoint, parse_proof_file):
        with suppress(Refusal):
            parse(text)
    for read in (read_policy, read_verifier_key, read_signing_key):
        with pytest.raises(Refusal):
            read(text.decode("latin-1"))
