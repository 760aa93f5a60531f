"""The atlas's matrix: a row for each dimension, a column for each party, for gaps, for gifts."""

from bedside.doors.cli.atlas_findings import CLASS_OF, ICON_OF, Parts, both_of_text, spell
from bedside.rules.prove.finding import Question

OTHER = ("concessions", "gaps")


def draw_legend(parts: Parts) -> str:
    """Draw what the marks mean."""
    return "".join(
        f'<li class="mark {CLASS_OF[kind]}">{parts.icon(ICON_OF[kind])}{parts.both_of(kind)}</li>'
        for kind in ICON_OF
    )


def find_columns(parts: Parts) -> list[str]:
    """Find the parties that some conflict binds, then what concerns no pair of parties."""
    caught = {
        party
        for one in parts.survey.sightings
        if one.finding.question is Question.CONFLICTS
        for party in one.finding.parties
    }
    known = list(parts.world.vocabulary.labels["parties"])
    kinds = {one.finding.question.value for one in parts.survey.sightings}
    return [p for p in known if p in caught] + [kind for kind in OTHER if kind in kinds]


def draw_columns(parts: Parts) -> str:
    """Draw the heads of the columns."""
    label = parts.world.vocabulary.label
    heads = [
        parts.both_of(column) if column in OTHER else spell(both_of_text(label("parties", column)))
        for column in find_columns(parts)
    ]
    return "".join(f'<th scope="col">{head}</th>' for head in heads)


def draw_rows(parts: Parts) -> str:
    """Draw the rows as they stand on the last day in all places."""
    last = len(parts.survey.days) - 1
    counts: dict[tuple[str, str], int] = {}
    dimensions = dict.fromkeys(parts.world.vocabulary.dimensions, 0)
    for one in parts.survey.sightings:
        finding = one.finding
        kind = finding.question.value
        columns = finding.parties if finding.question is Question.CONFLICTS else (kind,)
        dimensions[finding.dimension or ""] = 1
        for column in columns if parts.stands(one, last) else ():
            key = finding.dimension or "", column
            counts[key] = counts.get(key, 0) + 1
    columns = tuple(find_columns(parts))
    return "\n".join(
        f'<tr><th scope="row">{spell(parts.name_dimension(dimension))}</th>'
        + "".join(_draw_cell(parts, dimension, c, counts.get((dimension, c), 0)) for c in columns)
        + "</tr>"
        for dimension, is_found in dimensions.items()
        if is_found
    )


def _draw_cell(parts: Parts, dimension: str, column: str, count: int) -> str:
    kind = column if column in OTHER else "conflicts"
    empty = "" if count else " none"
    return (
        f'<td class="cell {CLASS_OF[kind]}{empty}" data-key="{dimension} {column}">'
        f'<a href="#d-{dimension}">{parts.icon(ICON_OF[kind])}'
        f'<span class="n">{count or ""}</span>'
        f'<span class="hidden"> {parts.both_of(kind)}</span></a></td>'
    )
