"""The words around a campaign of speed measurements, and its days as a calendar file. When to measure and what the
measurements give is worked out in `outage.speed`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from heller.dossier.calendar_file import Entry, stable_uid
from heller.dossier.calendar_file import calendar as file_of
from heller.dossier.wording import Words
from heller.model.text import text

HALF = 5  # measurements before the longer pause of a day
LENGTH = timedelta(minutes=5)

# Whom the authority's campaign serves, and what a firm has of its measurements.
FOR_FIRMS = text(
    "The authority's campaign serves consumers only: they alone may reduce the fee for a slow line (§ 57 (4), "
    "§ 71 (3) TKG). A firm needs none; what it measures by cable, on several days, is evidence that a court weighs."
)
# What the order asks for besides the times, and what is not known of it.
ADVICE = (
    FOR_FIRMS,
    text("Measure with the authority's own program (breitbandmessung.de): only its result counts as proof."),
    text("By cable, with the wireless network off and nothing else on the line; confirm that each time."),
    text("At least five minutes between two measurements; the plan leaves ten."),
    text(
        "The order wants a longer pause between the fifth and the sixth. How long, is not confirmed; the "
        "plan takes three hours, and the program says when it may go on."
    ),
    text("All three days within 14 days, at least one day between two of them."),
    text("Take its CSV into the case with heller add, or look at it with heller speed check."),
)


def calendar(days: Sequence[Sequence[datetime]], as_of: date, say: Words) -> str:
    """Two appointments a day: the first five measurements, and the second five."""
    entries = []
    for day in days:
        for half, part in enumerate((day[:HALF], day[HALF:])):
            entries.append(
                Entry(
                    uid=stable_uid("speed", day[0].isoformat(), str(half)),
                    on=part[0].astimezone(UTC).date(),
                    title=say(
                        text(
                            "Speed: measurements {first} to {last}",
                            first=1 + half * HALF,
                            last=HALF * (1 + half),
                        )
                    ),
                    description="\n".join((", ".join(map(say.time, part)), *map(say, ADVICE))),
                    begins=part[0],
                    ends=part[-1] + LENGTH,
                )
            )
    return file_of(entries, as_of, say(text("Heller: measuring days")))
