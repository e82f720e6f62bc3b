"""`heller outages FILE...`: the line from logs by themselves, without a case."""

from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from tests.cli.told import codes, outages

from heller import casefile
from heller.cli import app

EXAMPLE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
LOGS = ("ping-internet.log", "ping-router.log", "router-syslog.log", "kontakte.csv")


def test_the_logs_of_the_example_bound_the_outage(capsys: pytest.CaptureFixture[str]) -> None:
    """Dead from 4 Feb 2015, 08:12 to 18 Feb 2015, 10:40 Berlin time; both logs and the router tell of it."""
    found = outages(capsys, *(str(EXAMPLE / name) for name in LOGS))
    (one,) = found["outages"]
    assert (one["state"], one["cause"], one["grade"]) == ("down", "line", "proven")
    assert one["start"]["earliest"].startswith("2015-02-04T07:12:")
    assert one["end"]["latest"].startswith("2015-02-18T09:40:")
    at = {
        (edge, side): datetime.fromisoformat(one[edge][side])
        for edge in ("start", "end")
        for side in ("earliest", "latest")
    }
    assert {moment.utcoffset() for moment in at.values()} == {timedelta(0)}
    assert all(one[edge][side].endswith("Z") for edge, side in at)
    shortest = (at["end", "earliest"] - at["start", "latest"]).total_seconds()
    longest = (at["end", "latest"] - at["start", "earliest"]).total_seconds()
    assert one["duration_s"] == {"min": pytest.approx(shortest), "max": pytest.approx(longest)}
    assert {Path(source["file"]).name for source in one["source"]} == set(LOGS[:3])
    assert found["unobserved"][0].keys() == {"start", "end"}


def test_a_source_names_the_bytes_and_the_row(capsys: pytest.CaptureFixture[str]) -> None:
    """The digest is that of the file, and its row is the first lost probe: the row before it was answered."""
    path = EXAMPLE / "ping-internet.log"
    found = outages(capsys, str(path))
    (source,) = found["outages"][0]["source"]
    assert source["sha256"] == sha256(path.read_bytes()).hexdigest()
    rows = path.read_text().splitlines()
    assert "bytes from" not in rows[source["row"] - 1]
    assert "bytes from" in rows[source["row"] - 2]


def test_the_same_file_twice_is_one_witness(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A copy under another name does not make a second target."""
    copy = tmp_path / "kopie.log"
    copy.write_bytes((EXAMPLE / "ping-internet.log").read_bytes())
    alone = outages(capsys, str(EXAMPLE / "ping-internet.log"))
    both = outages(capsys, str(EXAMPLE / "ping-internet.log"), str(copy))
    assert both["outages"] == alone["outages"]
    assert codes(both) - codes(alone) == {"same-file"}


def test_a_log_without_offset_belongs_to_the_zone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same wall clock is an hour earlier in UTC where the zone is an hour further east."""
    log = tmp_path / "router.log"
    log.write_text(
        "04.02.15 08:12:25 Internetverbindung wurde getrennt.\n"
        "04.02.15 09:12:25 Internetverbindung wurde erfolgreich hergestellt. "
        "IP-Adresse: 203.0.113.7, DNS-Server: 203.0.113.53 und 203.0.113.54, Gateway: 203.0.113.1\n"
    )
    starts = [
        datetime.fromisoformat(outages(capsys, str(log), "--tz", zone)["outages"][0]["start"]["latest"])
        for zone in ("Europe/Berlin", "Europe/Helsinki")
    ]
    assert starts[0] - starts[1] == timedelta(hours=1)


def test_what_cannot_be_read_costs_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A missing file, a folder, an empty, a binary, a broken and a foreign file beside a good log."""
    bad = {
        "leer.log": b"",
        "nichts.bin": b"\0" * 5000,
        "halb.zip": b"PK\x03\x04\x14",
        "halb.pdf": b"%PDF-1.4\n1",
    }
    for name, data in bad.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "ordner").mkdir()
    names = [str(tmp_path / name) for name in (*bad, "weg.log", "ordner")]
    good = str(EXAMPLE / "ping-internet.log")
    found = outages(capsys, good, str(EXAMPLE / "stunden.csv"), *names)
    assert found["outages"] == outages(capsys, good)["outages"]
    said = " ".join(f"{finding['file']} {finding['text']}" for finding in found["findings"])
    for name in ("stunden.csv", "leer.log", "nichts.bin", "halb.zip", "weg.log", "ordner"):
        assert name in said, name
    assert outages(capsys, *names[:-1], code=3)["outages"] == []
    assert app.run(["outages", *names[:-1]]) == 3
    assert "Traceback" not in "".join(capsys.readouterr())


def test_a_case_works_as_before_and_is_not_mixed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A case prints its whole detection; files or a zone beside it are refused."""
    case = tmp_path / "fall"
    casefile.open_case(case)
    casefile.add(case, [EXAMPLE / name for name in LOGS])
    capsys.readouterr()
    assert len(outages(capsys, str(case))["outages"]) == 1
    assert app.run(["outages", str(case), str(EXAMPLE / LOGS[0])]) == 3
    assert app.run(["outages", str(case), "--tz", "Europe/Berlin"]) == 3


@pytest.mark.parametrize("zone", ["Mars", "", "../etc/passwd", "Europe"])
def test_a_zone_that_does_not_exist(zone: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is refused with how to write one."""
    assert app.run(["outages", str(EXAMPLE / LOGS[0]), f"--tz={zone}", "--lang", "en"]) == 3
    assert "Europe/Berlin" in capsys.readouterr().err


def test_for_people_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    """The table of a case, from files."""
    for lang in ("de", "en"):
        assert app.run(["outages", *(str(EXAMPLE / name) for name in LOGS), "--lang", lang]) == 0
    said = capsys.readouterr().out
    assert "4 Feb 2015, 08:12" in said
    assert "04.02.2015" in said
