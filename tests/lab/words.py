"""Attacks by words that nobody signed: what stands beside a token, and what an entry says of itself."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from tests.journal.test_beacons import QUICKNET, RECEIPT
from tests.lab.attack import MISSED, attack
from tests.lab.entries import before_dossier
from tests.lab.forger import Forger, Item
from tests.lab.heads import TSA, TWO, put_stamp

from heller.journal.asn1 import tsp
from heller.journal.beacons import tse

NOT_TYPESET = "only a program that typesets and works out again can tell"
BEACONS = "receipts and rounds have signatures of their own, which openssl does not know"
GROUP = "words that nobody signed"


def spoken(f: Forger, said: str) -> tuple[bytes, datetime]:
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
    answer, later = spoken(f, "Operation Okay\nTime stamp: {time}")
    return put_stamp(f, answer, time=f"{later:%Y-%m-%dT%H:%M:%S.%fZ}")


@attack(GROUP, "time written on the line of the status")
def time_beside_on_one_line(f: Forger) -> bytes:
    """As before, without a line of its own."""
    answer, later = spoken(f, "Time stamp: {time}")
    return put_stamp(f, answer, time=f"{later:%Y-%m-%dT%H:%M:%S.%fZ}")


def _told(f: Forger, kind: str, **said: object) -> bytes:
    """Let the first entry of a kind say something else; chain and tree heads made anew, without stamps."""
    items = f.items()
    told = items[f.find(kind)]
    told.body = {**(told.body or {}), **said}
    f.rewrite(items)
    f.reanchor()
    return f.seal()


@attack(GROUP, "accuracy of a stamp invented")
def accuracy_invented(f: Forger) -> bytes:
    """The entry of a stamp says that its authority may be off by a year, so that no clock contradicts it."""
    return _told(f, "stamp", accuracy_us=365 * 86_400_000_000)


@attack(GROUP, "size of what is stamped invented")
def size_invented(f: Forger) -> bytes:
    """The entry of a stamp says that it covers all entries there are."""
    return _told(f, "stamp", size=9_999)


@attack(
    GROUP,
    "stamp called qualified, authority named otherwise",
    heller=MISSED,
    script=MISSED,
    shell=MISSED,
    why="nothing reads these words: the authority's name is read from its token, and nothing is called qualified",
)
def names_invented(f: Forger) -> bytes:
    """The entry of the last stamp calls it qualified and by the Federal Printing Office; no dossier rests on it."""
    items = f.items()
    stamps = [item for item in items if item.kind == "stamp"]
    stamps[-1].body = {**(stamps[-1].body or {}), "qualified": True, "tsa": "d-trust"}
    f.rewrite(items)
    return f.seal()


@attack(GROUP, "one stamp under two names")
def stamp_twice(f: Forger) -> bytes:
    """The token of one authority lies there a second time under the name of another."""
    f.files[f"{TWO}.127-0-0-1-two.tsr"] = f.files[f"{TWO}{TSA}.tsr"]
    return f.seal()


def _with_beacon(f: Forger, **body: object) -> bytes:
    """Put a beacon before the dossier, everything made anew."""
    return before_dossier(f, Item("beacon", dict(body), f.items()[0].clock))


@attack(
    GROUP, "beacon called proven", script=MISSED, shell=MISSED, why=NOT_TYPESET, unchecked="pages", plain=True
)
def beacon_called_proven(f: Forger) -> bytes:
    """An entry says that a round of drand of 2015 is proven, with an invented signature; no round lies in it."""
    return _with_beacon(
        f,
        source="drand",
        time="2015-02-04T08:00:00Z",
        ref="quicknet 1",
        digest="ab" * 32,
        signature="cd" * 48,
        proven=True,
    )


@attack(
    GROUP,
    "round of a beacon dated back",
    script=MISSED,
    shell=MISSED,
    why=BEACONS,
    unchecked="beacons",
    plain=True,
)
def round_dated_back(f: Forger) -> bytes:
    """An entry carries an honest round of drand and names the year 2015 for it."""
    return _with_beacon(
        f,
        source="drand",
        time="2015-02-04T08:00:00Z",
        ref="quicknet 657413",
        digest=QUICKNET["randomness"],
        signature=QUICKNET["signature"],
        round=json.dumps(QUICKNET),
    )


@attack(
    GROUP, "till receipt altered", script=MISSED, shell=MISSED, why=BEACONS, unchecked="beacons", plain=True
)
def receipt_altered(f: Forger) -> bytes:
    """An entry carries a real till receipt in which a counter was changed."""
    code = RECEIPT.replace("3,020", "3,021")
    receipt = tse.read(code)
    return _with_beacon(
        f,
        source="tse",
        time="2020-06-16T10:58:12Z",
        ref=f"{receipt.serial} {receipt.counter}",
        code=code,
        certificates=[],
        counter=receipt.counter,
        key=receipt.key.hex(),
        signature=receipt.signature.hex(),
        digest=sha256(code.encode()).hexdigest(),
        transaction=receipt.transaction,
    )
