"""A router is asked read-only for its log and its line; each entry is kept once, before the box forgets it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.error
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.watch.fritzbox import PASSWORD, USER, fritzbox

from heller import casefile, intake
from heller.casefile import router_pieces
from heller.dossier.charts import line_values as chart
from heller.dossier.charts import render
from heller.dossier.wording import Words
from heller.model.errors import InputRefused
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.line_values import LineLook, LineValues
from heller.model.record import Blob
from heller.outage import detect
from heller.watch import config
from heller.watch.keeping import store
from heller.watch.router import kept, polling, settings
from heller.watch.router.settings import Router
from heller.watch.router.snmp import Snmp
from heller.watch.router.tr064 import READS, Tr064

BERLIN = ZoneInfo("Europe/Berlin")
DOWN = "17.06.26 14:07:10 DSL antwortet nicht (Keine DSL-Synchronisierung)."
UP = "17.06.26 15:42:40 DSL ist verfügbar (DSL-Synchronisierung besteht mit 109344/41999 kbit/s)."


def box_at(port: int) -> Router:
    """The settings of a box on loopback."""
    return Router("fritz", "fritzbox", "127.0.0.1", "-", USER, port)


def test_the_log_is_kept_once_before_it_rolls_over(tmp_path: Path) -> None:
    """Three looks at a log that forgets its oldest entries: each entry stands in the file once, in order."""
    with fritzbox() as box:
        asked = Tr064(box_at(box.port), PASSWORD)
        lines = [f"17.06.26 14:0{n}:00 Anmeldung {n}." for n in range(6)]
        for last in (3, 4, 6):
            box.log = lines[max(0, last - 3) : last][::-1]
            polling.look(tmp_path, box_at(box.port), asked)
        assert (tmp_path / "router-fritz.log").read_text().splitlines() == lines
        assert set(box.asked) <= set(READS) and not any(
            re.match("Set|Reboot|Factory", one) for one in box.asked
        )
    rows = (tmp_path / "router-fritz.csv").read_text().splitlines()
    assert len(rows) == 4 and ";1;109344.0;41999.0;6.1;7.0;12.1;9.0;" in rows[1]


def test_a_wrong_password_keeps_nothing_and_is_an_error(tmp_path: Path) -> None:
    """The box refuses, the loop says so and asks again."""
    with fritzbox() as box:
        asked, said = Tr064(box_at(box.port), "wrong"), list[Exception]()
        polling.poll(
            tmp_path, [(box_at(box.port), asked)], lambda _, error: said.append(error), lambda _: True
        )
    assert isinstance(said[0], urllib.error.HTTPError) and said[0].code == 401
    assert not list(tmp_path.glob("*.log"))


ENTRIES = st.lists(st.text("ab", min_size=1, max_size=2), max_size=8)


@given(ENTRIES, st.integers(0, 8), ENTRIES)
def test_no_entry_is_kept_twice_and_none_is_lost(known: list[str], rolled: int, fresh: list[str]) -> None:
    """Whatever rolled over: what is new is at least what came, and asking twice adds nothing."""
    told = [*known[min(rolled, len(known)) :], *fresh]
    found = kept.new_entries(known, told)
    assert len(found) >= len(told) - len(known) and not kept.new_entries([*known, *found], told)
    if rolled == 0:
        assert found == fresh


def test_a_password_in_the_case_or_for_all_is_refused(tmp_path: Path) -> None:
    """A file in the case, one that others may read, none at all: refused, and the password is in no message."""
    case = tmp_path / "case"
    case.mkdir()
    places = {case / "secret": 0o600, tmp_path / "open": 0o644, tmp_path / "own": 0o600}
    for path, mode in places.items():
        path.write_text("geheim\n")
        path.chmod(mode)
    router = box_at(1)
    for path in (case / "secret", tmp_path / "open", tmp_path / "none"):
        with pytest.raises(InputRefused) as refused:
            settings.secret_of(replace(router, secret=str(path)), case)
        assert "geheim" not in str(refused.value)
    assert settings.secret_of(replace(router, secret=str(tmp_path / "own")), case) == ("geheim",)


@pytest.mark.parametrize(
    "wrong",
    ['kind="telnet"', 'kind="snmp"\naddress="9.9.9.9"', 'kind="snmp"\naddress="192.168.1.1"\nevery=1.0'],
)
def test_a_router_that_cannot_be_asked_is_refused(tmp_path: Path, wrong: str) -> None:
    """A way that nobody knows, an address outside of the house, a pace that is too quick."""
    lines = dict(line.split("=", 1) for line in wrong.split("\n"))
    table = {"name": '"r"', "kind": '"snmp"', "address": '"192.168.1.1"', "secret": '"/s"'} | lines
    file = tmp_path / "watch.toml"
    file.write_text("[[router]]\n" + "\n".join(f"{key} = {value}" for key, value in table.items()))
    with pytest.raises(InputRefused):
        config.routers(file)


def test_what_was_kept_becomes_exhibits_with_new_entries_only(tmp_path: Path) -> None:
    """Sealed twice: two pieces of the log, no entry in both; together they tell the outage. No password is kept."""
    case = tmp_path / "case"
    casefile.open_case(case)
    home = case / store.HOME
    home.mkdir(parents=True, exist_ok=True)
    with fritzbox() as box:
        asked = Tr064(box_at(box.port), PASSWORD)
        box.log = [DOWN]
        polling.look(home, box_at(box.port), asked)
        first = router_pieces.take(case)
        box.log, box.line["NewDownstreamNoiseMargin"] = [UP, DOWN], "58"
        polling.look(home, box_at(box.port), asked)
        second = router_pieces.take(case)
    assert [one.reading.reader for one in (*first, *second)] == ["line-values", "fritzbox"] * 2
    found = casefile.load(case)
    assert [len(log.events) for log in found.records(DeviceLog)] == [1, 1]
    (outage,) = detect([], list(found.records(DeviceLog)), []).outages
    assert timedelta(minutes=95) < outage.shortest < timedelta(minutes=96)
    assert len(found.records(LineValues)) == 2 and not router_pieces.take(case)
    assert not any(PASSWORD.encode() in path.read_bytes() for path in case.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def agent() -> Iterator[int]:
    """A router that answers SNMP on loopback; its port."""
    command = [sys.executable, str(Path(__file__).parent / "snmp_agent.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        yield int(running.stdout.readline())
        running.terminate()


@pytest.mark.parametrize(
    ("user", "secret"), [("", ("public",)), ("heller", ("authauthauth", "privprivpriv"))], ids=["2c", "3"]
)
def test_any_router_tells_its_line_by_snmp(agent: int, user: str, secret: tuple[str, ...]) -> None:
    """State, counters and the MIB of DSL, in dB and kbit/s; what it has not is not told."""
    look = Snmp(Router("r", "snmp", "127.0.0.1", "-", user, agent, interface=3), secret).line()
    assert look.up is True and look.errors == 12 and look.octets_in == 123456789012
    assert (look.margin_down, look.attenuation_down, look.rate_down) == (6.1, 12.1, 109344.0)
    assert look.power_down is None and look.rate_up is None


def test_a_line_of_vdsl2_tells_its_margins_by_band(agent: int) -> None:
    """Where a whole direction says that it is not there the first band of it does; what is in no MIB is not known."""
    look = Snmp(Router("r", "snmp", "127.0.0.1", "-", "", agent, interface=5), ("public",)).line()
    assert (look.margin_down, look.margin_up, look.attenuation_down) == (8.3, 9.4, 17.2)
    assert look.attenuation_up is None and look.rate_down is None


def looks(n: int = 200) -> tuple[LineLook, ...]:
    """A look every five minutes, with a margin that falls before the line dies."""
    begin = datetime(2026, 6, 17, 4, 0, tzinfo=UTC)
    down = (datetime(2026, 6, 17, 12, 7, 10, tzinfo=UTC), datetime(2026, 6, 17, 13, 42, 40, tzinfo=UTC))
    found = []
    for k in range(n):
        at = begin + timedelta(minutes=5 * k)
        dead = down[0] <= at < down[1]
        margin = (
            None if dead else max(0.4, 6.5 - max(0, k - 80) * 0.4) if at < down[0] else 6.2 + (k % 3) / 10
        )
        rate = 0.0 if dead else 109344.0
        found.append(LineLook(at, not dead, rate, rate and 41999.0, margin, margin, 12.1, errors=k))
    return tuple(found)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_values_stand_under_the_outage_with_their_usual_band(lang: str) -> None:
    """A lane for each value, the band of calm time, and the mark of the standard at 0 dB for the margins alone."""
    data = f"{UP}\n{DOWN}\n".encode()
    log = intake.read(Blob("fritz.log", data, "d"), BERLIN).records[0]
    assert isinstance(log, DeviceLog)
    detection = detect([], [log], [])
    series = LineValues("fritz", looks(), log.source)
    lanes = {lane.shown.field: lane for lane in chart.lanes(series.looks, detection)}
    assert lanes["margin_down"].usual == (6.2, 6.5) and lanes["margin_down"].low == 0.0
    assert lanes["rate_down"].usual == (109344.0, 109344.0) and lanes["rate_down"].low == 0.0
    spec = chart.chart([series], detection, Words(lang, BERLIN))
    assert spec is not None and len(spec["layer"][3]["data"]["values"]) == 2
    assert "<svg" in render.svg(spec, lang)
    assert chart.chart([], detection, Words(lang, BERLIN)) is None


def test_a_secret_comes_out_of_the_keyring_of_a_real_process(tmp_path: Path) -> None:
    """The package keyring with a backend of its own kind: the password of this router and user, else it is refused."""
    pytest.importorskip("keyring")
    (tmp_path / "kept.py").write_text(BACKEND)
    ask = (
        "from pathlib import Path; from heller.watch.router import settings;"
        "box = settings.Router('fritz', 'fritzbox', '192.168.178.1', 'keyring:' + __import__('sys').argv[1], 'heller');"
        "print(settings.secret_of(box, Path('.')))"
    )
    known = {**os.environ, "PYTHON_KEYRING_BACKEND": "kept.Kept", "PYTHONPATH": str(tmp_path)}
    run = [sys.executable, "-c", ask]
    told = subprocess.run([*run, "office"], env=known, capture_output=True, text=True, check=False)
    assert told.stdout.strip() == "('fine weather',)", told.stderr
    none = subprocess.run([*run, "elsewhere"], env=known, capture_output=True, text=True, check=False)
    assert none.returncode and "not in the keyring" in none.stderr


BACKEND = """
from keyring.backend import KeyringBackend

class Kept(KeyringBackend):
    priority = 1

    def get_password(self, service, username):
        return "fine weather" if (service, username) == ("office", "heller") else None

    def set_password(self, service, username, password):
        raise NotImplementedError
"""
