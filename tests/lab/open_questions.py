"""What is no fault and yet a question: words that nobody checks, certificates that nothing needs, what is not there.

A bundle with one of these holds. What is asked of each verifier is that it says so, before it says that all holds.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.lab.attack import MISSED, attack
from tests.lab.forger import A, Forger
from tests.lab.heads import TSA, TWO, make_root, put_stamp
from tests.lab.words import spoken
from tests.lab.world import honest

from heller.journal.bundle import make

GROUP = "what is only said"
SAID = "it proves nothing and is no fault; all that can see it say so"


def _info(f: Forger, **more: str) -> bytes:
    """The bundle with other words in bag-info.txt; its own stamp is gone."""
    rows = (row.split(": ", 1) for row in f.files["bag-info.txt"].decode().splitlines())
    info = {row[0]: row[1] for row in rows if row[0] != "Payload-Oxum"} | {
        key.replace("_", "-"): said for key, said in more.items()
    }
    payload = {n.removeprefix("data/"): d for n, d in f.files.items() if n.startswith("data/")}
    return make(payload, info)


@attack(
    GROUP, "free words in bag-info.txt", heller=MISSED, script=MISSED, shell=MISSED, why=SAID, unchecked="free words",
    says="says what nobody checks",
)  # fmt: skip
def free_words(f: Forger) -> bytes:
    """The bag says of itself that a court found it in order."""
    return _info(f, Contact_Name="Landgericht Musterstadt: geprüft")


@attack(
    GROUP, "program that says more than its name", heller=MISSED, script=MISSED, shell=MISSED, why=SAID,
    unchecked="program names", says="says what nobody checks",
)  # fmt: skip
def agent_words(f: Forger) -> bytes:
    """The program is said to be one that an office certified."""
    return _info(f, Bag_Software_Agent="heller 0.1.0, certified by the Federal Office")


@attack(GROUP, "bag of another case")
def other_identifier(f: Forger) -> bytes:
    """The bag names the number of another case."""
    return _info(f, External_Identifier="ab" * 16)


@attack(GROUP, "bag without a case")
def no_identifier(f: Forger) -> bytes:
    """The bag does not say of which case it is."""
    rows = f.files["bag-info.txt"].decode().splitlines()
    f.files["bag-info.txt"] = "\n".join(rows[:1]).encode() + b"\n"
    payload = {n.removeprefix("data/"): d for n, d in f.files.items() if n.startswith("data/")}
    return make(payload, {"Bag-Software-Agent": "heller 0.1.0"})


@attack(
    GROUP, "words beside a certificate", heller=MISSED, script=MISSED, shell=MISSED, why=SAID, unchecked="trust",
    says="stands what nobody checks",
)  # fmt: skip
def words_in_pem(f: Forger) -> bytes:
    """Before the certificate of the root stands that a ministry recommends it."""
    name = next(n for n in f.files if n.endswith(".pem"))
    f.change(name, lambda data: b"Empfohlen vom Ministerium\n" + data)
    return f.seal()


@attack(
    GROUP, "root that nothing leads to", heller=MISSED, script=MISSED, shell=MISSED, why=SAID, unchecked="idle.pem",
    says="no time stamp leads to it",
)  # fmt: skip
def idle_root(f: Forger) -> bytes:
    """A root certificate of the forger lies beside the others, for a stamp that is still to come."""
    f.files[f"{A}trust/idle.pem"] = make_root()
    return f.seal()


@attack(
    GROUP, "words around a token", heller=MISSED, script=MISSED, shell=MISSED, why=SAID, unchecked="around tokens",
    says="stands what nobody signed",
)  # fmt: skip
def words_around(f: Forger) -> bytes:
    """The answer around an honest token says that the stamp is a qualified one."""
    answer, _ = spoken(f, "Qualified by eIDAS, Art. 42")
    return put_stamp(f, answer)


@attack(
    GROUP, "list of revoked certificates for no stamp", heller=MISSED, script=MISSED, shell=MISSED, why=SAID,
    unchecked="without a stamp", says="belongs to no time stamp",
)  # fmt: skip
def idle_list(f: Forger) -> bytes:
    """An honest list lies under the name of a stamp that is not there."""
    f.files[f"{TWO}.spare.crl"] = f.files[f"{TWO}{TSA}.crl"]
    return f.seal()


@attack(
    GROUP, "stamp over the whole taken out", heller=MISSED, script=MISSED, shell=MISSED, why=SAID,
    unchecked="the bundle as a whole", says="carries no time stamp",
)  # fmt: skip
def whole_unstamped(f: Forger) -> bytes:
    """The token over the manifest is gone."""
    return f.seal("drop")


@attack(
    GROUP, "one authority alone", heller=MISSED, script=MISSED, shell=MISSED, why=SAID, unchecked="whom to trust",
    says="by one key",
)  # fmt: skip
def one_key(f: Forger) -> bytes:
    """All stamps are by one authority alone."""
    with TemporaryDirectory() as folder:
        return honest(Path(folder), f.authority, ("one",)).bundle.read_bytes()


@attack(
    GROUP, "journal that nobody stamped", heller=MISSED, script=MISSED, shell=MISSED, why=SAID, plain=True,
    unchecked="unstamped time", says="No third party stamped the time",
)  # fmt: skip
def no_stamps(f: Forger) -> bytes:
    """Nobody ever stamped the journal: everything may have been written yesterday."""
    return f.seal()
