"""`heller outages` with logs of routers and servers: years, addresses, and what it says without them."""

from datetime import date, datetime
from pathlib import Path

import pytest
from tests.cli.told import codes, outages
from tests.outage import traffic

from heller.cli import app

MADE = Path(__file__).parents[1] / "intake" / "data" / "logs" / "made"


def test_a_loss_of_dsl_lasts_from_sync_to_session(capsys: pytest.CaptureFixture[str]) -> None:
    """From 'no sync' at 16:38:26 to 'connected' at 16:41:44 it is 198 s, not the 184 s between the session's
    two messages; the forced break of the night is no outage."""
    found = outages(capsys, str(MADE / "fritzbox-dsl-loss.txt"))
    (one,) = found["outages"]
    assert one["duration_s"]["min"] == 198 - 2 * 2  # less the clock's two seconds at each end
    assert one["start"]["latest"] == "2017-11-17T15:38:28Z"
    assert (one["source"][0]["row"], one["grade"]) == (8, "measured")


def test_a_year_is_said_or_the_log_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a year nothing is taken from it, and the exit code says so; with it the outage is there."""
    log = str(MADE / "opnsense-mpd.log")
    refused = outages(capsys, log, code=3)
    assert refused["outages"] == [] and "log.no_year" in codes(refused)
    found = outages(capsys, log, "--year", "2015")
    assert found["outages"][0]["start"]["latest"].startswith("2015-02-04T07:12:32")
    assert "log.year_stated" in codes(found)
    assert app.run(["outages", log, "--year", "15"]) == 3
    assert app.run(["outages", log, "--office", "here"]) == 3


def test_a_router_and_a_mail_queue_agree(capsys: pytest.CaptureFixture[str]) -> None:
    """Two witnesses of one outage: the grade is 'proven', and both sources are named."""
    found = outages(capsys, str(MADE / "openwrt-logread.log"), str(MADE / "postfix-queue.log"))
    (one,) = found["outages"]
    assert one["grade"] == "proven"
    assert {Path(source["file"]).name for source in one["source"]} == {
        "openwrt-logread.log",
        "postfix-queue.log",
    }


def combined(path: Path, made: traffic.Year) -> Path:
    """The year written as nginx writes it."""
    rows = [(at, traffic.OFFICE, "ERP/2.1") for at in made.office.tolist()]
    rows += [(at, f"198.51.100.{n % 40}", "Mozilla/5.0") for n, at in enumerate(made.others.tolist())]
    stamp = "%d/%b/%Y:%H:%M:%S %z"
    path.write_text(
        "".join(
            f'{ip} - - [{datetime.fromtimestamp(at, traffic.BERLIN):{stamp}}] "GET / HTTP/1.1" 200 1 "-" "{agent}"\n'
            for at, ip, agent in sorted(rows)
        )
    )
    return path


def test_an_access_log_asks_for_the_office_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without an address a finding names candidates; with it the two silent weeks are an outage."""
    begin, end = traffic.noon(date(2015, 2, 4), 10.2), traffic.noon(date(2015, 2, 18), 10.7)
    year = traffic.year(3, date(2014, 11, 1), days=150, machine=True)
    log = str(combined(tmp_path / "access.log", traffic.cut(year, begin, end)))
    asked = outages(capsys, log)
    assert asked["outages"] == [] and "outage.office_unknown" in codes(asked)
    (one,) = outages(capsys, log, "--office", "203.0.113.0/29")["outages"]
    assert (one["grade"], one["cause"]) == ("suspected", "unknown")
    assert datetime.fromisoformat(one["start"]["earliest"]).timestamp() <= begin
    assert datetime.fromisoformat(one["end"]["latest"]).timestamp() >= end
    assert "bytes" not in one and one["source"][0]["row"] > 1
