"""What an alert or a provider says in a mail is proposed with its time and place, and makes no outage."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from heller import intake
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.proposed import Proposed
from heller.model.record import Blob

HERE = Path(__file__).parents[1] / "outage" / "data" / "strangers"
BERLIN = ZoneInfo("Europe/Berlin")


def proposed(data: bytes) -> list[Contact]:
    """The contacts that a mail proposes."""
    reading = intake.read(Blob("x.eml", data, "d"), BERLIN)
    found = [record.record for record in reading.records if isinstance(record, Proposed)]
    return [one for one in found if isinstance(one, Contact)]


def mail(subject: str, body: str) -> bytes:
    """An alert."""
    head = f"From: monitor@firma.example\nTo: buero@firma.example\nSubject: {subject}\n"
    kind = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
    return f"{head}Date: Mon, 02 Mar 2026 11:31:00 +0100\nMessage-ID: <x@firma.example>\n{kind}\n{body}\n".encode()


def test_kumas_alert_names_its_instant_and_its_zone() -> None:
    """Down at 10:00:48 in Berlin, as the text says, whatever the mail's own date."""
    (one,) = proposed((HERE / "77-mail-kuma.eml").read_bytes())
    assert one.at == datetime(2026, 3, 2, 9, 0, 48, tzinfo=UTC) and "Down" in one.said
    assert one.source is not None and one.source.raw.startswith("Time (Europe/Berlin)")


@pytest.mark.parametrize(
    ("subject", "body", "at"),
    [
        ("Problem: Unavailable by ICMP ping", "Problem started at 10:00:31 on 2026.03.02", (9, 0, 31)),
        ("Resolved in 1h 30m: ICMP", "Problem has been resolved at 11:30:31 on 2026.03.02", (10, 30, 31)),
        ("** PROBLEM Host Alert: router is DOWN **", "Date/Time: 2026-03-02 10:00:13", (9, 0, 13)),
        ("Monitor is DOWN: Anschluss", "Started at: 2026-03-02T09:00:05Z", (9, 0, 5)),
        ("Router nicht erreichbar", "Seit: 02.03.2026 10:00:22", (9, 0, 22)),
    ],
)
def test_alerts_of_monitors_name_their_instant(subject: str, body: str, at: tuple[int, int, int]) -> None:
    """Each maker's words, a contact at the instant that stands there."""
    (one,) = proposed(mail(subject, body))
    assert one.at == datetime(2026, 3, 2, *at, tzinfo=UTC) and one.kind is ContactKind.CONTACT


def test_a_provider_that_writes_of_a_disturbance_says_since_when_and_until() -> None:
    """Its word for the beginning, and a promise with a day."""
    found = {one.kind: one for one in proposed((HERE / "76-mail-grossstoerung.eml").read_bytes())}
    assert "10:00" in found[ContactKind.CONTACT].said
    promised = found[ContactKind.PROMISE]
    assert (
        promised.until is not None and promised.until.isoformat() == "2026-03-02" and "14:00" in promised.said
    )


def test_a_mail_that_is_no_alert_proposes_nothing() -> None:
    """A time in a mail without a state in its subject is no alert."""
    assert proposed(mail("Termin", "Time: 2026-03-02 10:00:00")) == []
