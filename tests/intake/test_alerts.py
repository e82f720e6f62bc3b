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
        (
            "[PRTG] Ping Internet Fehler",
            "Datum/Uhrzeit: 02.03.2026 10:00:13 (W. Europe Standard Time)",
            (9, 0, 13),
        ),
        ("Monitor is DOWN: Buero", "Event timestamp: 2026-03-02 10:00:40 UTC+1", (9, 0, 40)),
        ("** PROBLEM: router is DOWN **", "Date/Time: Mon Mar  2 10:00:13 CET 2026", (9, 0, 13)),
        ("Incident started: Buero", "Started at: 2 Mar 2026 at 10:00:40am CET", (9, 0, 40)),
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


def test_a_providers_mail_says_when_it_was_reported_and_over() -> None:
    """The report at its own time, not at that of the mail, and the end with the sentence that names the ticket."""
    first = "Ihre Störung (Ticket 4711-0815) wurde am 02.03.2026 um 10:20 Uhr gemeldet"
    said = f"{first} und am 02.03.2026 um 11:30 Uhr behoben."
    reported, over = proposed(mail("Ihre Störungsmeldung", said))
    assert reported.kind is ContactKind.FAULT_REPORT and reported.at == datetime(
        2026, 3, 2, 9, 20, tzinfo=UTC
    )
    assert not reported.incoming and over.kind is ContactKind.CONTACT
    assert over.at == datetime(2026, 3, 2, 10, 30, tzinfo=UTC) and "4711-0815" in over.said


def test_a_time_of_day_without_a_day_is_of_the_day_of_the_mail() -> None:
    """'seit 10:00 Uhr', 'heute um 11:30 Uhr behoben': two contacts of that day."""
    body = (
        "die Störung in Ihrer Region, die seit 10:00 Uhr bestand, konnte heute um 11:30 Uhr behoben werden."
    )
    found = [one.at for one in proposed(mail("Störung behoben", body))]
    assert found == [datetime(2026, 3, 2, 9, 0, tzinfo=UTC), datetime(2026, 3, 2, 10, 30, tzinfo=UTC)]
