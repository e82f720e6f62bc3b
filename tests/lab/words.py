"""Attacks by words that nobody signed: what stands beside a token, and what an entry says of itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.lab.attack import attack
from tests.lab.forger import Forger
from tests.lab.heads import TWO, put_stamp

from heller.journal.asn1 import tsp

GROUP = "words that nobody signed"


def _spoken(f: Forger, said: str) -> tuple[bytes, datetime]:
    """An honest answer whose status says something beside the token, and the time that it says there."""
    answer = tsp.TimeStampResp.load(f.ask(f.files[f"{TWO}.txt"]))
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    words = said.format(time=f"{later:%b %e %H:%M:%S %Y} GMT")
    status = {"status": "granted", "status_string": [words]}
    made = tsp.TimeStampResp({"status": status, "time_stamp_token": answer["time_stamp_token"]})
    return bytes(made.dump()), later


@attack(GROUP, "time written before the signed part")
def time_beside(f: Forger) -> bytes:
    """The answer around an honest token of today says another time in the words of its status; the entry too."""
    answer, later = _spoken(f, "Operation Okay\nTime stamp: {time}")
    return put_stamp(f, answer, time=f"{later:%Y-%m-%dT%H:%M:%S.%fZ}")


@attack(GROUP, "time written on the line of the status")
def time_beside_on_one_line(f: Forger) -> bytes:
    """As before, without a line of its own."""
    answer, later = _spoken(f, "Time stamp: {time}")
    return put_stamp(f, answer, time=f"{later:%Y-%m-%dT%H:%M:%S.%fZ}")
