"""The note of an acceptance test: one page, and the sentences that can be read out over the phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from heller.dossier.blocks import Block, Cell, Definitions, Dossier, Para, Part, Table, TableColumn, TableRow
from heller.dossier.wording import Words
from heller.model.kinds.acceptance import VERDICTS, Acceptance, Announcement, Check, Point, Verdict
from heller.model.text import Text, text

CHECKS: dict[Check, Text] = {
    Check.CARRIER: text("The line itself worked"),
    Check.WHO: text("Answers of who was asked"),
    Check.OWN_SIDE: text("Own router answers"),
    Check.UNDISTURBED: text("Disturbance of the test itself"),
    Check.LONG_ENOUGH: text("Length of the test"),
    Check.LOSS: text("Answers of {subject}"),
    Check.SILENCE: text("A moment without any answer"),
    Check.PROMPT: text("Answers in time"),
    Check.SURE_ENOUGH: text("Enough probes"),
    Check.IPV6: text("Targets over IPv6"),
    Check.DNS: text("Name resolution"),
    Check.HTTPS: text("Pages over HTTPS"),
    Check.ADDRESS: text("Public address as agreed"),
    Check.DOWN: text("Download speed"),
    Check.UP: text("Upload speed"),
}
COUNTED = (Check.WHO, Check.OWN_SIDE, Check.LOSS, Check.IPV6, Check.DNS, Check.HTTPS)
SPEEDS = (Check.DOWN, Check.UP)
SAID_OF_A_DEAD_LINE = (Check.OWN_SIDE, Check.UNDISTURBED, Check.LOSS)
MARKS: dict[bool | None, Text] = {
    True: text("fulfilled"),
    False: text("open"),
    None: text("not tested"),
}
FACTS = (
    ("firm.name", text("Firm")),
    ("provider.name", text("Provider")),
    ("line.product", text("Product")),
    ("line.number", text("Contract number")),
)


def sentences(made: Acceptance, words: Words) -> tuple[str, ...]:
    """What can be read out over the phone, sentence by sentence."""
    return tuple(words(sentence) for sentence in _spoken(made, words))


def _spoken(made: Acceptance, words: Words) -> Iterator[Text]:
    if made.said is not None:
        yield _announcement(made.said)
    yield text(
        "We tested the line from {start} to {end}: {probes} probes to {n} addresses on the internet.",
        start=_moment(made.started, words),
        end=words.time(made.ended, seconds=True),
        probes=made.probes,
        n=len(made.targets),
    )
    if made.verdict is Verdict.REJECTED:
        yield from _rejected(made, words)
    elif made.verdict is Verdict.ACCEPTED:
        yield text(
            "Everything that was to be tested holds. The line has been working since {start}.",
            start=made.started,
        )
        yield text("All claims for the time of the outage stay reserved.")
    else:
        named = "; ".join(dict.fromkeys(words(_short(point)) for point in made.open))
        yield text(
            "We cannot accept the line yet, because {n} points are open: {points}.",
            "We cannot accept the line yet, because one point is open: {points}.",
            n=len(made.open),
            points=named,
        )
        yield text("Please clear these points and tell us when we can test again.")


def _announcement(said: Announcement) -> Text:
    if said.who:
        return text("On {at} {who} said: “{what}”", at=said.at, who=said.who, what=said.what)
    return text("On {at} we were told: “{what}”", at=said.at, what=said.what)


def _rejected(made: Acceptance, words: Words) -> Iterator[Text]:
    assert made.silence is not None
    router = next((p for p in made.points if p.check is Check.OWN_SIDE and p.of), None)
    if router is None:
        yield text("{lost} probes in a row stayed without an answer.", lost=made.lost)
    else:
        yield text(
            "{lost} probes in a row stayed without an answer, while our own router answered {good} of {of}.",
            lost=made.lost,
            good=router.good,
            of=router.of,
        )
    least = timedelta(seconds=int((made.ended - made.silence.latest).total_seconds()))
    if made.silence.earliest <= made.started:
        yield text("Not one probe was answered, for at least {least}.", least=least)
    else:
        yield text(
            "The silence began between {first} and {last} and lasted at least {least}.",
            first=_clock(made.silence.earliest, words),
            last=_clock(made.silence.latest, words),
            least=least,
        )
    yield text("The line does not work. We do not accept it; the fault is not cleared.")


def _short(point: Point) -> Text:
    """A point as it is named in a sentence."""
    name = CHECKS[point.check]
    return Text(name.id, {"subject": point.subject})


def _finding_at(point: Point, words: Words) -> Text | str | timedelta:
    """What was found at a point."""
    if point.holds is None:
        return text("nobody could test it")
    match point.check:
        case check if check in COUNTED:
            return text("{good} of {of}", good=point.good, of=point.of)
        case check if check in SPEEDS:
            return text("{n:2} Mbit/s, the slowest of {of}", n=Decimal(point.good) / 1000, of=point.of)
        case Check.PROMPT:
            return _prompt(point)
        case Check.LONG_ENOUGH:
            return timedelta(seconds=point.good)
        case Check.SILENCE if point.subject:
            at = _clock(datetime.fromisoformat(point.subject), words)
            return text("{n} times, first at {at}", "once, at {at}", n=point.good, at=at)
        case Check.UNDISTURBED if point.good:
            return text("{n} disturbances", "one disturbance", n=point.good)
        case Check.SURE_ENOUGH:
            return text("{n} probes", "one probe", n=point.good)
        case Check.ADDRESS | Check.CARRIER:
            return point.subject or "–"
        case _:
            return text("never")


def _prompt(point: Point) -> Text:
    """How the answers came, in stretches of ten seconds; or why nobody can judge it."""
    if point.of:
        return text("{good} of {of} times ten seconds", good=point.good, of=point.of)
    return text("{ms} ms, not to be judged", ms=point.good)


def _needed(point: Point) -> Text | timedelta:
    """What was needed."""
    match point.check:
        case check if check in COUNTED:
            return text("at least {n}", n=point.needed)
        case check if check in SPEEDS:
            return text("{n:2} Mbit/s in each of three tests", n=Decimal(point.needed) / 1000)
        case Check.PROMPT if not point.of:
            return text("at most {ms} ms", ms=point.needed)
        case Check.PROMPT:
            return text("{n} times within {ms} ms", n=point.needed, ms=point.subject)
        case Check.LONG_ENOUGH:
            return timedelta(seconds=point.needed)
        case Check.SURE_ENOUGH:
            return text("so many that 2 % of loss would be seen")
        case Check.SILENCE | Check.UNDISTURBED:
            return text("never")
        case _:
            return text("as agreed")


def rows(made: Acceptance, words: Words) -> list[tuple[str, str, str, str]]:
    """Point, what was found, what was needed, whether it holds."""
    return [
        (words(_short(p)), words.value(_finding_at(p, words)), words.value(_needed(p)), words(MARKS[p.holds]))
        for p in made.points
        if made.verdict is not Verdict.REJECTED or p.check in SAID_OF_A_DEAD_LINE
    ]


def small(made: Acceptance, words: Words) -> tuple[str, ...]:
    """How it was decided, how sure that is, what the clock was worth."""
    said = [
        text(
            "Rule {rule}: rejected once nothing outside answered for 10 seconds while the own router did; "
            "accepted only after 15 minutes in which every point holds.",
            rule=made.rule,
        )
    ]
    unknown = next(
        (p for p in made.points if p.check is Check.PROMPT and p.holds is False and not p.of), None
    )
    if unknown is not None:
        said.append(
            text(
                "Answers took {ms} ms. What is usual of this line is not known, so nobody can judge whether they "
                "came late; a watch of the line shows it.",
                ms=unknown.good,
            )
        )
    if made.chance:
        said.append(
            text(
                "That a line which loses 2 % of its packets, each by chance, would pass with as many probes has "
                "a probability of at most 1 in {times}.",
                times=min(10**9, int(1 / max(float(made.chance), 1e-12))),
            )
        )
    if made.clock_us < 0:
        said.append(text("How far the computer's clock was off is not known."))
    else:
        said.append(
            text("The computer's clock was off by at most {ms} ms.", ms=Decimal(made.clock_us) / 1000)
        )
    return tuple(words(sentence) for sentence in said)


def page(made: Acceptance, facts: Mapping[str, str], words: Words) -> Dossier:
    """The note as one page that can be typeset; `facts` are those of the case that are known."""
    blocks: tuple[Block, ...] = (
        *(Para(sentence, style="lead") for sentence in sentences(made, words)),
        Table(
            (
                TableColumn(words(text("Tested")), width="1fr"),
                TableColumn(words(text("Found"))),
                TableColumn(words(text("Needed"))),
                TableColumn(words(text("Result"))),
            ),
            tuple(TableRow(tuple(map(Cell, row))) for row in rows(made, words)),
            size="small",
        ),
        *(Para(sentence, style="small") for sentence in small(made, words)),
        Definitions(((words(text("Place, day, signature")), Cell("_" * 48)),)),
    )
    parties = tuple((words(name), facts[key]) for key, name in FACTS if key in facts)
    return Dossier(
        lang=words.lang,
        title=words(text("Acceptance test")),
        subtitle=words(VERDICTS[made.verdict]),
        author=facts.get("firm.name", ""),
        reference=words.moment(made.started),
        as_of=words.local(made.ended).date(),
        parties=parties,
        labels={"page": words(text("Page {page} of {pages}"))},
        parts=(Part("acceptance", words(text("What is to be said")), blocks),),
    )


def _moment(at: datetime, words: Words) -> str:
    return words.moment(at, seconds=True)


def _clock(at: datetime, words: Words) -> str:
    """The time of day to the hundredth of a second."""
    local = words.local(at)
    clock = f"{local:%H:%M:%S}.{local.microsecond // 10_000:02d}"
    return clock.replace(".", ",") + "\N{NO-BREAK SPACE}Uhr" if words.lang == "de" else clock
