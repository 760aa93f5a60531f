"""What officers and managers claim, held against what is on file."""

import re
from collections.abc import Mapping

from bedside.rules.decide.advice import ClaimAnswer, ClaimAnswered
from bedside.rules.decide.play import GUIDANCE, Charge, Play, find_entries, weigh_rank
from bedside.rules.decide.situation import Claim
from bedside.rules.rulebook.book import Rulebook
from bedside.rules.rulebook.norm import Kind, Norm, Rank
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.catalogue import Vocabulary

CLAIMANTS = {"officer": frozenset({"officer", "agency"}), "manager": frozenset({"hospital"})}
INITIALS = re.compile(r"(?<=\b[a-z])\.(?=[a-z]\b)")  # the points within C.F.R.
DOCUMENTED = frozenset({"seen", "copied"})


def charge_claim(claim: Claim, vocabulary: Vocabulary) -> dict[str, Charge]:
    """Charge what a claim asks: with a document as its party's own rule, without as guidance."""
    binds = CLAIMANTS[claim.by]
    is_documented = claim.document in DOCUMENTED
    weight = weigh_rank(Rank.OWN_RULES, binds, Kind.PRACTICE) if is_documented else GUIDANCE
    return {
        dimension: Charge(
            keeps=keeps,
            broken=tuple(find_bits(vocabulary.dimensions[dimension].every & ~keeps)),
            every=vocabulary.dimensions[dimension].every,
            weight=weight,
            source=f"claim: {claim.words}",
            is_care=claim.by == "manager" and is_documented,
        )
        for dimension, keeps in claim.arrangement.items()
    }


def answer_claim(claim: Claim, play: Play, rulebook: Rulebook, possible: int) -> ClaimAnswered:
    """Tell what is on file about a claim; `possible` are the norms that speak or may speak."""
    norms, vocabulary = rulebook.norms, rulebook.vocabulary
    cited = _find_cited(claim, norms)
    asking = [
        entry.norm
        for entry in find_entries(play, possible)
        if entry.binds & CLAIMANTS[claim.by]
        and entry.rank is not Rank.GUIDANCE
        and not entry.is_may
    ]
    so = [norm for norm in asking if _says_so(norm, claim)]
    less = [norm for norm in asking if norm not in so and _says_less(norm, claim, vocabulary)]
    if so:
        answer, on_file = ClaimAnswer.SAYS_SO, so
    elif cited:
        answer, on_file = ClaimAnswer.SAYS_LESS, cited
    elif claim.document in DOCUMENTED:
        answer, on_file = ClaimAnswer.TO_BE_READ, less
    elif less:
        answer, on_file = ClaimAnswer.SAYS_LESS, less
    else:
        answer, on_file = ClaimAnswer.NO_SOURCE, []
    ids = tuple(dict.fromkeys(norm.id for norm in on_file))
    return ClaimAnswered(by=claim.by, words=claim.words, on_file=ids, answer=answer)


def _find_cited(claim: Claim, norms: Mapping[str, Norm]) -> list[Norm]:
    """Find the norms whose citation is the claim's or goes on from it, as § 482.13(d) does."""
    wanted = _split(claim.cite or "")
    if not wanted:
        return []
    return [norm for norm in norms.values() if _split(norm.source.cite)[: len(wanted)] == wanted]


def _split(cite: str) -> list[str]:
    """Split a citation into its words and its numbers, so that § 236.1 does not begin § 236.12."""
    return re.findall(r"[^\W\d_]+|\d+", INITIALS.sub("", cite.lower()))


def _says_so(norm: Norm, claim: Claim) -> bool:
    """Tell whether a norm asks at least what the claim asks, in every dimension of the claim."""
    return bool(claim.arrangement) and all(
        any(ask.dimension == dimension and not ask.keeps & ~keeps for ask in norm.arrangement)
        for dimension, keeps in claim.arrangement.items()
    )


def _says_less(norm: Norm, claim: Claim, vocabulary: Vocabulary) -> bool:
    """Tell whether a norm points the same way as the claim, but asks for less.

    Both shut out the same end of the dimension, and some word keeps both. Where several words may
    stand together, what a norm does not forbid it does not ask for.
    """
    for ask in norm.arrangement:
        claimed = claim.arrangement.get(ask.dimension)
        dimension = vocabulary.dimensions[ask.dimension]
        if claimed is None or dimension.many or not claimed & ask.keeps:
            continue
        ends = (1, 1 << len(dimension.words) - 1)
        if any(not claimed & end and not ask.keeps & end for end in ends):
            return True
    return False
