"""A whole account is read scene by scene; each proposal shows the words that led to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.rules.narrative.propose import MOST, Proposal, Subject, propose
from bedside.rules.vocabulary.catalogue import Value

FOUNDING = {
    "en": (
        "The officers text during our briefings. They stay in the room while a teenage mother "
        "nurses her baby, until someone senior talks them out. Agents have arrested people in our "
        "wards. They demanded a letter that says the patient is “fit for detention”. When the "
        "doctor wrote that leaving the hospital is not fitness for detention, she was pressed to "
        "resubmit it."
    ),
    "es": (
        "Los agentes envían mensajes durante el pase de visita. Se quedan en el cuarto mientras "
        "una madre adolescente amamanta a su bebé, hasta que alguien con más rango los convence de "
        "salir. Han arrestado a personas en las salas. Exigieron una carta que diga que la "
        "paciente es «apta para la detención». Cuando la doctora escribió que el alta no es "
        "aptitud para la detención, la presionaron para que la presentara de nuevo."
    ),
}
SCENES: dict[str, dict[tuple[Subject, str, Value | None], list[str]]] = {
    "en": {
        (Subject.TYPE, "P3", None): ["officers", "text", "briefings"],
        (Subject.TYPE, "P2", None): ["They", "stay", "in the room", "nurses her baby"],
        (Subject.TYPE, "E2", None): ["arrested"],
        (Subject.TYPE, "D2", None): [
            "They",
            "demanded",
            "letter",
            "fit for detention",
            "pressed",
            "resubmit",
        ],
        (Subject.FACT, "officer_asks", "letter_reword"): ["pressed", "resubmit"],
    },
    "es": {
        (Subject.TYPE, "P3", None): ["agentes", "envían mensajes", "pase de visita"],
        (Subject.TYPE, "P2", None): ["Se quedan", "en el cuarto", "amamanta"],
        (Subject.TYPE, "E2", None): ["arrestado"],
        (Subject.TYPE, "D2", None): [
            "Exigieron",
            "carta",
            "apta para la detención",
            "presionaron",
            "presentara de nuevo",
        ],
        (Subject.FACT, "officer_asks", "letter_reword"): ["presionaron", "presentara de nuevo"],
    },
}
ASIDE = {
    (Subject.FACT, "activity", "briefing"),
    (Subject.FACT, "activity", "feeding"),
    (Subject.FACT, "nursing", True),
    (Subject.FACT, "newborn_present", True),
    (Subject.FACT, "patient_age_band", "minor"),
    (Subject.FACT, "officer_asks", "stay_in_room"),
    (Subject.FACT, "officer_asks", "arrest"),
    (Subject.FACT, "officer_asks", "letter"),
    (Subject.DIMENSION, "device", "in_use"),
    (Subject.DIMENSION, "position", "in_room"),
    (Subject.DIMENSION, "letter_claim", "fit_for_detention"),
}
PIECES = [
    "The officer ",
    "did not ",
    "texted ",
    "during rounds",
    ". ",
    "el agente ",
    "no ",
    "envió mensajes ",
    "durante la ronda",
    "They ",
    "stayed in the room ",
    "in time",
    "\u2019",
    "\ufb01",
    "\u0301",
    "\u200b",
    "\n",
]


def show(text: str, proposal: Proposal) -> list[str]:
    """Show the words that led to a proposal."""
    return [text[words.start : words.end] for words in proposal.words]


@pytest.mark.parametrize("language", FOUNDING)
def test_the_founding_story_proposes_its_five_scenes_and_nothing_else(language: str) -> None:
    text = FOUNDING[language]

    found = {(p.subject, p.id, p.value): show(text, p) for p in propose(text).proposals}

    assert {key: words for key, words in found.items() if key not in ASIDE} == SCENES[language]
    assert found.keys() - SCENES[language].keys() == ASIDE
    assert not any(p.is_stopped for p in propose(text).proposals)


@pytest.mark.parametrize(
    "text",
    [
        "The deputy was about to text during rounds.",
        "The deputy started to text during rounds. We noticed it in time.",
        "El guardia casi envió mensajes durante la ronda.",
        "El guardia se puso a enviar mensajes en la ronda. Nos dimos cuenta a tiempo.",
    ],
)
def test_what_was_stopped_in_time_is_proposed_as_a_near_miss(text: str) -> None:
    (proposal,) = propose(text).about(Subject.TYPE)

    assert (proposal.id, proposal.is_stopped) == ("P7", True)


def test_what_was_stopped_in_another_family_keeps_its_type() -> None:
    (proposal,) = propose("The patient nearly escaped.").about(Subject.TYPE)

    assert (proposal.id, proposal.is_stopped) == ("S2", True)


def test_what_happened_once_and_was_stopped_once_did_happen() -> None:
    text = "The patient escaped on Monday. On Tuesday the patient almost escaped."

    (proposal,) = propose(text).about(Subject.TYPE)

    assert not proposal.is_stopped
    assert show(text, proposal) == ["escaped", "almost", "escaped"]


@pytest.mark.parametrize(
    "text",
    [
        "An officer came in. He texted during rounds.",
        "Entró un agente. Enviaba mensajes durante la ronda.",
    ],
)
def test_an_officer_is_still_meant_in_the_next_sentence(text: str) -> None:
    assert "P3" in {one.id for one in propose(text).about(Subject.TYPE)}


@pytest.mark.parametrize(
    "text",
    [
        "An officer waits outside. The nurse texted during rounds.",
        "Un agente espera afuera. La enfermera enviaba mensajes durante la ronda.",
        "He texted during rounds.",
    ],
)
def test_nobody_else_is_taken_for_the_officer(text: str) -> None:
    assert propose(text).about(Subject.TYPE) == ()


def test_an_account_may_mix_its_languages() -> None:
    text = "The guard stayed during the pelvic exam. «El agente tomó una foto de la paciente»."

    assert {one.id for one in propose(text).about(Subject.TYPE)} >= {"P2", "P4"}


@pytest.mark.parametrize(
    ("text", "harm"),
    [
        ("She was afraid and could not stop crying.", "psychological"),
        ("Her wrist was bruised and swollen.", "physical"),
        ("He was humiliated, naked in front of them.", "dignity"),
        ("No dejaba de llorar, tenía miedo.", "psychological"),
        ("Le quedó un moretón y le duele.", "physical"),
        ("Se sintió humillada.", "dignity"),
    ],
)
def test_harm_is_hinted_at_in_three_ways(text: str, harm: str) -> None:
    assert harm in {one.id for one in propose(text).about(Subject.HARM)}


def test_what_tells_of_a_person_or_of_a_status_is_pointed_out_and_proposes_nothing() -> None:
    text = "The patient is undocumented, A 123 456 789, and the officer texted during rounds."

    proposed = propose(text)

    assert {worry.kind for worry in proposed.worries} == {"a_number", "immigration_status"}
    assert {p.id for p in proposed.proposals} == {"P3", "activity", "device"}


def test_a_very_long_account_is_read_as_far_as_it_is_screened() -> None:
    text = "x " * (MOST // 2) + "The officer texted during rounds."

    assert propose(text).proposals == ()
    assert [worry.kind for worry in propose(text).worries] == ["too_long"]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=24).map("".join))
@settings(max_examples=300, deadline=None)
def test_every_proposal_shows_words_of_the_text_in_their_order(text: str) -> None:
    first, again = propose(text), propose(text)

    assert first == again
    for proposal in first.proposals:
        assert proposal.words
        places = [at for words in proposal.words for at in (words.start, words.end)]
        assert places == sorted(places)
        assert 0 <= places[0] < places[-1] <= len(text)
        assert all(words.start < words.end for words in proposal.words)
    keys = [(p.subject, p.id, p.value) for p in first.proposals]
    assert len(set(keys)) == len(keys)
    order = [list(Subject).index(p.subject) for p in first.proposals]
    assert order == sorted(order)


@given(st.sampled_from(sorted(FOUNDING)), st.text(alphabet="\u200b\u0301\u00ad", max_size=3))
@settings(deadline=None)
def test_hidden_signs_before_an_account_only_move_its_words(language: str, hidden: str) -> None:
    text = FOUNDING[language]
    plain, moved = propose(text).proposals, propose(hidden + text).proposals

    assert [show(text, p) for p in plain] == [show(hidden + text, p) for p in moved]
