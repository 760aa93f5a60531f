"""The atlas's time: which departments' rules came and went, and what each day changed."""

from datetime import date
from html import escape

from bedside.doors.cli.atlas_findings import LANGUAGES, Parts, spell
from bedside.doors.cli.findings import tell_answers
from bedside.rules.prove.finding import Finding
from bedside.rules.prove.survey import Turn
from bedside.rules.rulebook.norm import Norm, Reading

DEPARTMENTS = ("us/federal/dhs/", "us/federal/hhs/", "us/federal/doj/")
WIDTH = 1000


def draw_bars(parts: Parts) -> str:
    """Draw a bar for each source of a federal department that began or ended since the first day.

    A source whose norms all still stand is left out if nothing of its kind ever ended.
    """
    first, last = parts.survey.days[0], parts.survey.days[-1]
    sources: dict[str, list[Norm]] = {}
    for norm in parts.norms.values():
        is_read = norm.reading is not Reading.REMEMBERED
        if is_read and norm.id.startswith(DEPARTMENTS) and norm.in_force_from <= last:
            sources.setdefault(norm.source.cite, []).append(norm)
    rows = []
    for cite, norms in sources.items():
        spans = sorted({(n.in_force_from, n.in_force_to) for n in norms})
        has_ended = any(end is not None and first < end <= last for _, end in spans)
        if has_ended or any("rescission" in n.id or "rescinded" in n.id for n in norms):
            rows.append((spans, cite, norms[0]))
    rows.sort(key=lambda row: (row[0][0][0], row[1]))
    return "".join(_draw_bar(parts, spans, norm) for spans, _, norm in rows)


def _draw_bar(parts: Parts, spans: list[tuple[date, date | None]], norm: Norm) -> str:
    first, last = parts.survey.days[0], parts.survey.days[-1]
    total = (last - first).days or 1
    bars, said = [], []
    for start, end in spans:
        left = max(0, (start - first).days) * WIDTH / total
        right = (min(end or last, last) - first).days * WIDTH / total
        width = max(6, right - left)
        bars.append(f'<rect class="span" x="{left:.0f}" y="3" width="{width:.0f}" height="10"/>')
        said.append(_link_days(parts, start, end))
    data = ";".join(f"{start}:{end or ''}" for start, end in spans)
    stands = any(start <= last and (end is None or last < end) for start, end in spans)
    asks = {one: norm.asks.say(one) for one in LANGUAGES}
    return (
        f'<li class="{"stands" if stands else "gone"}" data-spans="{data}">'
        f'<span><span class="what">{escape(norm.source.cite)}</span><br>'
        f'<span class="small">{spell(asks)}</span></span>'
        f'<svg viewBox="0 0 {WIDTH} 16" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="track" d="M0 8h{WIDTH}"/>{"".join(bars)}'
        f'<line class="now" x1="{WIDTH}" x2="{WIDTH}" y1="-3" y2="19"/></svg>'
        f'<span class="days num">{"; ".join(said)}</span></li>'
    )


def _link_days(parts: Parts, start: date, end: date | None) -> str:
    """Say from when to when, each day linked to what it changed."""
    key = "until" if end else "since"
    marked = parts.both_of(key, start="{start}", end="{end}")
    for name, day in (("start", start), ("end", end)):
        is_shown = day is not None and day in parts.survey.days
        link = f'<a href="#t-{day}" data-go="{day}">{day}</a>' if is_shown else str(day)
        marked = marked.replace(f"{{{name}}}", link)
    return marked


def draw_turns(parts: Parts) -> str:
    """Draw the days on which something changed, the latest first."""
    numbers = {day: number for number, day in enumerate(parts.survey.days)}
    turns = [turn for turn in parts.survey.turns if turn.begins or turn.ends or turn.changes]
    return "\n".join(_draw_turn(parts, turn, numbers[turn.day]) for turn in reversed(turns))


def _draw_turn(parts: Parts, turn: Turn, number: int) -> str:
    changed = [one for one in turn.changes if one.before != one.after]
    stayed = [one for one in turn.changes if one.before == one.after]
    lists = [("begins", turn.begins), ("ends", turn.ends)]
    body = "".join(
        f'<h4>{parts.both_of(key)}</h4><ul class="plain">{_draw_short(parts, ids)}</ul>'
        for key, ids in lists
        if ids
    )
    for key, findings in (("answers", changed), ("reasons", stayed)):
        if findings:
            drawn = "".join(_draw_change(parts, one) for one in findings)
            body += f"<h4>{parts.both_of(key)}</h4>{drawn}"
    return (
        f'<details class="turn" id="t-{turn.day}" data-day="{number}">'
        f'<summary><span class="num">{turn.day}</span>'
        f' <span class="small">{_count(parts, turn, len(changed))}</span></summary>'
        f'<div class="body">{body}</div></details>'
    )


def _count(parts: Parts, turn: Turn, answers: int) -> str:
    """Say in one line how much begins, ends and changes; what is not is left out."""
    counts = {"begins": len(turn.begins), "ends": len(turn.ends), "answers": answers}
    said = [
        parts.both(f"{key}_{'one' if count == 1 else 'many'}", count=count)
        for key, count in counts.items()
        if count
    ]
    if not answers:
        said.append(parts.both("answers_none"))
    return spell({one: ", ".join(part[one] for part in said) for one in LANGUAGES})


def _draw_short(parts: Parts, ids: tuple[str, ...]) -> str:
    norms = [parts.norms[id_] for id_ in ids if id_ in parts.norms]
    return "".join(
        f"<li><b>{escape(norm.source.cite)}</b>:"
        f" {spell({one: norm.asks.say(one) for one in LANGUAGES})}</li>"
        for norm in norms
    )


def _draw_change(parts: Parts, finding: Finding) -> str:
    vocabulary = parts.world.vocabulary
    answers = {one: tell_answers(finding, vocabulary, one) for one in LANGUAGES}
    if finding.before == finding.after:
        stays = parts.both("stays")
        answers = {one: f"{answers[one]} ({stays[one]})" for one in LANGUAGES}
    title = spell(parts.name_dimension(finding.dimension))
    shown = ""
    if finding.witness is not None:
        said = parts.say_witness(finding.witness, "")
        place = spell(parts.name_place(finding.witness.jurisdiction))
        shown = f'<p class="small">{parts.both_of("shows_when")}: {said}. ({place})</p>'
    return f'<div class="change"><p><b>{title}</b>: {spell(answers)}</p>{shown}</div>'
