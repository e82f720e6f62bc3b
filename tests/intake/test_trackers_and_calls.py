"""Hours of programs and calls of telephone systems by their profiles; absences and sums are no hours."""

from __future__ import annotations

import random

import pytest
from tests.intake.documents import codes, only, read
from tests.intake.test_chains import given

from heller.intake.tables import profile, propose
from heller.model.kinds.summary import Summary
from heller.model.record import Reading


def values(reading: Reading) -> dict[str, object]:
    """What the list says as a whole."""
    return {key: value.value for key, value in only(reading, Summary).values.items()}


HOURS = {
    "papershift.csv": (1, "8.0000", 1),
    "personio.csv": (1, "8.0000", 1),
    "hours_sumrow2.csv": (2, "16.0000", 1),
}
CALLS = ("sipgate.csv", "asterisk_Master.csv", "fritz_calllist.xml")


@pytest.mark.parametrize("name", HOURS)
def test_the_given_hours(name: str) -> None:
    """Rows, hours without pauses and without sums, people."""
    told = values(read(given(name), name))
    assert (told["rows"], told["hours"], told["people"]) == HOURS[name]


@pytest.mark.parametrize("name", CALLS)
def test_the_given_calls(name: str) -> None:
    """One that was answered, one that was missed, three minutes; nobody's number is kept."""
    found = read(given(name), name)
    told = values(found)
    assert (told["calls"], told["incoming"], told["missed"], told["minutes"]) == (2, 1, 1, 3)
    assert told["to"] in ("2026-02-05T09:20:00", "2026-02-05T09:12:00")
    assert "030123" not in str(found.records)


MORE_CALLS = {
    "placetel": (
        "Datum;Uhrzeit;Typ;Von;Nach;Dauer\n05.02.2026;09:12:00;eingehend;030123456;100;00:03:00\n"
        "05.02.2026;09:20:00;verpasst;030124567;100;00:00:00\n05.02.2026;09:30:00;ausgehend;100;030124567;00:01:10\n"
    ),
    "three-cx": (
        "Call Time,Caller ID,Destination,Status,Ringing,Talking\n"
        "2026-02-05T09:12:00,030123456,100,Answered,00:00:05,00:03:00\n"
        "2026-02-05T09:20:00,030124567,100,Unanswered,00:00:30,\n"
        "2026-02-05T09:30:00,100,030124567,Answered,00:00:05,00:01:10\n"
    ),
    "ringcentral": (  # the weekday tells which figure is the month
        "Direction,Type,Phone Number,Name,Date,Time,Action,Action Result,Result Description,Duration\n"
        "Inbound,Voice,(030) 123456,K,Thu 02/05/2026,09:12 AM,Phone Call,Accepted,,0:03:00\n"
        "Inbound,Voice,(030) 124567,K,Thu 02/05/2026,09:20 AM,Phone Call,Voicemail,,0:00:00\n"
        "Outbound,Voice,(030) 124567,K,Thu 02/05/2026,01:30 PM,VoIP Call,Call connected,,0:01:10\n"
    ),
    "sipgate in English": (
        "Date,Time,Direction,Status,Source,Target,Duration\n2026-02-05,09:12,incoming,accepted,030123,0211,180\n"
        "2026-02-05,09:20,incoming,missed,030124,0211,0\n2026-02-05,09:30,outgoing,accepted,0211,030124,70\n"
    ),
}


@pytest.mark.parametrize("name", MORE_CALLS)
def test_more_telephone_systems(name: str) -> None:
    """One in, one missed, one out."""
    told = values(read(MORE_CALLS[name].encode(), "x.csv"))
    assert (told["incoming"], told["missed"], told["outgoing"], told["minutes"]) == (1, 1, 1, 5)


@pytest.mark.parametrize(
    "word", ["Urlaub", "krank", "frei", "Feiertag", "Krank (AU)", "Vacation", "sick", "Day off"]
)
@pytest.mark.parametrize("column", ["Art", "Bemerkung", "Projekt"])
def test_an_absence_is_no_work(word: str, column: str) -> None:
    """Whatever column says it, with hours or without."""
    rows = f"Anna;05.02.2026;8,00;Leerlauf\nAnna;06.02.2026;8,00;{word}\n"
    found = read(f"Mitarbeiter;Datum;Stunden;{column}\n{rows}".encode(), "stunden.csv")
    if column == "Projekt" and " " in word:
        return  # a project may be called 'Krank und Söhne'
    assert values(found)["hours"] == "8.0000"
    assert "shift.absence" in codes(found)
    clocked = "Anna;05.02.2026;08:00;16:00;Leerlauf\nAnna;06.02.2026;08:00;16:00;" + word
    sheet = read(f"Mitarbeiter;Datum;Beginn;Ende;Art\n{clocked}\n".encode(), "stunden.csv")
    assert "shift.absence" in codes(sheet)
    assert "shift.unknown_kind" not in codes(sheet)


@pytest.mark.parametrize("label", ["Gesamt Anna", "Summe", "Total", "Anna gesamt", ""])
def test_sums_of_hours_are_left_out(label: str) -> None:
    """By the name, by the value where there is none."""
    day = "06.02.2026" if label else ""
    rows = f"Anna;05.02.2026;8,00\nAnna;06.02.2026;8,00\n{label};{day};16,00\n"
    found = read(f"Mitarbeiter;Datum;Stunden\n{rows}".encode(), "stunden.csv")
    assert (values(found)["hours"], values(found)["people"]) == ("16.0000", 1)
    assert "row.sum" in codes(found)


TRACKED = {
    "clockodo": "Mitarbeiter;Kunde;Leistung;Datum;Uhrzeit von;Uhrzeit bis;Dauer\n"
    "Anna;K;Leerlauf;05.02.2026;08:00;16:00;8:00\n",
    "timetac": "Benutzername;Datum;Startzeit;Endzeit;Dauer;Tätigkeit;Kommentar\n"
    "Anna;05.02.2026;08:00;16:00;8,00;Leerlauf;\n",
    "personio": "Mitarbeiter-ID;Vorname;Nachname;Datum;Startzeit;Endzeit;Pause;Kommentar\n"
    "1;Anna;Muster;05.02.2026;08:00;16:30;0:30;\n",
}


@pytest.mark.parametrize("name", TRACKED)
def test_more_trackers(name: str) -> None:
    """Eight hours by each of them."""
    assert values(read(TRACKED[name].encode(), "x.csv"))["hours"] == "8.0000"


@pytest.mark.parametrize("name", [*HOURS, *CALLS[:2], *MORE_CALLS])
def test_the_order_of_the_rows_does_not_matter(name: str) -> None:
    """The same hours and calls, whatever row comes first; a sum stands below what it sums."""
    data = MORE_CALLS[name].encode() if name in MORE_CALLS else given(name)
    head, *rows = data.decode().splitlines()
    if name == "hours_sumrow2.csv":
        rows = rows[:-1]
    if name == "asterisk_Master.csv":
        rows, head = [head, *rows], ""
    told = values(read("\n".join([head, *rows]).encode(), "x.csv"))
    for seed in range(3):
        random.Random(seed).shuffle(rows)
        assert values(read("\n".join([head, *rows]).encode(), "x.csv")) == told


def test_a_pause_that_cannot_be_read_makes_the_row_unread() -> None:
    """It is never taken for none."""
    head = "Nutzer;Datum;Startzeit;Endzeit;Pausen (Minuten);Arbeitszeit (Stunden);Bereich\n"
    found = read(f"{head}Anna;05.02.2026;08:00;16:30;viel;8,0;Lager\n".encode(), "x.csv")
    assert (found.rows, found.rows_rejected) == (1, 1)


@pytest.mark.parametrize("kind", sorted(path.name for path in profile.HOME.iterdir() if path.is_dir()))
def test_a_profile_needs_enough_columns(kind: str) -> None:
    """A text without a row of that many cells is no table: no profile is loaded for it."""
    for known in profile.built_in(kind):
        assert len(known.needed or known.places) + len(known.either) >= profile.LEAST
    assert profile.of_table("a, b\nc; d\n", kind) == ()
    assert profile.of_table("a,b,c\n", kind) == profile.built_in(kind) != ()


def test_a_number_of_a_person_is_no_length() -> None:
    """What identifies somebody is not taken for hours; a column that says what came of a call is its state."""
    rows = "Personalnr;Name;Tag;Ist\n7;Meier;02.04.2024;7,50\n7;Meier;03.04.2024;0,00\n"
    hours = propose.proposal(rows, "hours")
    assert hours is not None and hours.profile.columns["duration"] == ("Ist",)
    calls = propose.proposal(
        "start,way,who,billsec,came of it\n2024-04-02 10:00:00,inbound,0301,180,ANSWERED\n"
        "2024-04-02 10:10:00,inbound,0302,0,NO ANSWER\n",
        "calls",
    )
    assert calls is not None and calls.profile.columns["status"] == ("came of it",)
