"""Makes the three worked cases of other trades: a practice, a house with guests, a project business.

`python tools/example_trades.py examples` writes their lists; what is worked out by hand stands in each README. All of
it is invented; the same call gives the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

DAY = timedelta(days=1)


def days(first: date, last: date) -> Iterator[date]:
    """Every day from one to another."""
    while first <= last:
        yield first
        first += DAY


def table(folder: Path, name: str, head: str, rows: Iterable[str]) -> None:
    """A list as an office exports it."""
    (folder / name).write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def euros(value: Decimal | int | str) -> str:
    """An amount as Germans write it."""
    return f"{Decimal(value):.2f}".replace(".", ",")


def outage(folder: Path, row: str) -> None:
    """The list that somebody in the office kept."""
    table(folder, "ausfaelle.csv", "Beginn;Ende;Bemerkung", [row])


def work(folder: Path, hours: Iterable[str], wages: Iterable[str]) -> None:
    """Hours and what they cost."""
    table(folder, "stunden.csv", "Mitarbeiter;Datum;Beginn;Ende;Pause;Art", hours)
    table(folder, "loehne.csv", "Mitarbeiter;Kosten je Stunde;Überstundenzuschlag", wages)


def router(folder: Path, down: datetime, up: datetime) -> None:
    """The log of a router as a syslog server kept it."""
    rows = []
    for n, (at, state) in enumerate(((down, "down"), (up, "up"))):
        stamp = f"{at:%Y-%m-%dT%H:%M:%S}.150{'+01:00' if at.month < 4 else '+02:00'}"
        said = f"{at:%b} {at.day:2d} {at:%H:%M:%S}.000 {'CET' if at.month < 4 else 'CEST'}"
        rows.append(
            f"{stamp} 192.168.1.1 {n + 41:06d}: {said}: %LINK-3-UPDOWN: Interface GigabitEthernet0/1, "
            f"changed state to {state}"
        )
    table(folder, "router.log", rows[0], rows[1:])


def practice(folder: Path) -> None:
    """A dentist: a book whose words say what became of each appointment, and the till of what is sold beside."""
    fees = (60, 85, 120, 45, 150, 95, 110)
    hours = (8, 9, 10, 11, 14, 15, 16)
    fate = {
        (10, 10): "ausgefallen", (10, 11): "ausgefallen", (10, 14): "nachgeholt am 18.03.2026", (10, 15): "abgesagt",
        (10, 16): "nicht erschienen", (11, 8): "ausgefallen", (11, 9): "nachgeholt am 19.03.2026",
        (11, 10): "nachgeholt am 20.03.2026", (11, 14): "ausgefallen", (11, 15): "ausgefallen",
        (11, 16): "nachgeholt am 21.03.2026", (12, 8): "ausgefallen", (12, 9): "abgesagt", (12, 14): "ausgefallen",
    }  # fmt: skip
    rows, sold, n = [], [], 0
    for day in days(date(2026, 1, 12), date(2026, 3, 27)):
        if day.weekday() > 4:
            continue
        for hour, fee in zip(hours, fees, strict=True):
            n += 1
            usual = "abgesagt" if n % 59 == 0 else "wahrgenommen"
            became = fate.get((day.day, hour), "wahrgenommen") if day in OUT else usual
            rows.append(
                f"T{n:04d};{day:%d.%m.%Y};{hour:02d}:00;P{100 + n % 83};Behandlung {1 + n % 5};{became};{euros(fee)}"
            )
        net = (100, 120, 80, 140, 70)[day.weekday()]
        net = {date(2026, 3, 10): 20, date(2026, 3, 11): 0, date(2026, 3, 12): 50}.get(day, net)
        sold.append(f"{day:%d.%m.%Y};{euros(Decimal(net) * Decimal('1.19'))};19 %;Prophylaxe-Verkauf")
    table(folder, "terminbuch.csv", "Terminnummer;Datum;Uhrzeit;Patient;Behandlung;Status;Honorar", rows)
    table(folder, "kasse.csv", "Datum;Umsatz brutto;USt-Satz;Kasse", sold)
    table(
        folder,
        "ausfaelle.csv",
        "Beginn;Ende;Bemerkung",
        ["10.03.2026 07:40;12.03.2026 14:20;Internet und Telefon tot"],
    )
    router(folder, datetime(2026, 3, 10, 7, 40, 5), datetime(2026, 3, 12, 14, 20, 5))
    table(
        folder,
        "stunden.csv",
        "Mitarbeiter;Datum;Beginn;Ende;Pause;Art",
        ["M01;21.03.2026;09:00;13:00;0;Überstunden"],
    )
    table(folder, "loehne.csv", "Mitarbeiter;Kosten je Stunde;Überstundenzuschlag", ["M01;26,00;25 %"])


OUT = (date(2026, 3, 10), date(2026, 3, 11), date(2026, 3, 12))


def house(folder: Path) -> None:
    """An inn: reservations with cancellations and a refund, and the restaurant's takings by day."""
    rows, n = [], 0
    for day in days(date(2026, 5, 4), date(2026, 8, 9)):
        if day.weekday() not in (0, 2, 4):
            continue
        n += 1
        nights = 1 + n % 3
        gone = f"storniert;{day - 12 * DAY:%d.%m.%Y}" if n % 17 == 0 else "abgereist;"
        rows.append(_stay(n, day, nights, gone, ""))
    away = (
        (901, date(2026, 7, 17), 2, "storniert;18.07.2026", ""),
        (902, date(2026, 7, 18), 3, "storniert;18.07.2026", ""),
        (903, date(2026, 7, 19), 1, "storniert;19.07.2026", ""),
        (904, date(2026, 7, 18), 2, "storniert;02.07.2026", ""),
        (905, date(2026, 7, 16), 3, "erstattet;", "98,00"),
        (906, date(2026, 7, 18), 2, "umgebucht auf 24.07.2026;", ""),
    )
    rows += [_stay(*one) for one in away]
    head = "Buchungsnummer;Gast;Zimmer;Anreise;Abreise;Status;Storniert am;Preis brutto;Erstattet;Kanal"
    table(folder, "reservierungen.csv", head, rows)
    usual = {2: 900, 3: 950, 4: 1400, 5: 1900, 6: 1300}
    short = {date(2026, 7, 17): 980, date(2026, 7, 18): 1140, date(2026, 7, 19): 910}
    sold = [
        f"{day:%d.%m.%Y};{euros(short.get(day, usual[day.weekday()]))};Restaurant"
        for day in days(date(2026, 4, 15), date(2026, 8, 9))
        if day.weekday() in usual
    ]
    table(folder, "tageseinnahmen-1.csv", "Datum;Umsatz netto;Kasse", sold[: len(sold) // 2])
    table(folder, "tageseinnahmen-2.csv", "Datum;Umsatz netto;Kasse", sold[len(sold) // 2 :])
    table(
        folder, "ausfaelle.csv", "Beginn;Ende;Bemerkung", ["17.07.2026 16:10;20.07.2026 09:30;kein Internet"]
    )


def _stay(n: int, day: date, nights: int, gone: str, back: str) -> str:
    return (
        f"R{n:04d};G{n:04d};{1 + n % 9};{day:%d.%m.%Y};{day + nights * DAY:%d.%m.%Y};{gone};{euros(98 * nights)};"
        f"{back};Zimmer"
    )


def projects(folder: Path) -> None:
    """Engineers: billable hours of a time tracker, slowed hours, a substitute that carried a part."""
    off = {date(2026, 6, 4)}
    usual = (
        ("anna", 95, "08:00", 3),
        ("anna", 95, "13:00", 3),
        ("bernd", 110, "09:00", 3),
        ("bernd", 110, "13:30", 2),
    )
    bad = (("anna", 95, "09:00", 1), ("anna", 95, "14:00", 1), ("bernd", 110, "10:00", 1))
    rows = []
    for day in days(date(2026, 6, 1), date(2026, 10, 23)):
        late = {
            date(2026, 10, 10): (("anna", 95, "09:00", 6),),
            date(2026, 10, 17): (("bernd", 110, "09:00", 4),),
        }.get(day, ())
        whole = bad if date(2026, 9, 21) <= day <= date(2026, 9, 25) else usual
        for who, rate, begin, hours in late if day.weekday() > 4 else () if day in off else whole:
            end = (
                datetime.combine(day, datetime.strptime(begin, "%H:%M").time()) + timedelta(hours=hours)
            ).time()
            rows.append(
                f"{day},{begin},{end:%H:%M},{hours}:00,EUR,{rate * hours}.00,{rate}.00,{who},Werk 7,Halle 3,Statik,Yes"
            )
    head = "Date,From,To,Duration,Currency,Rate,Hourly rate,User,Customer,Project,Activity,Billable"
    table(folder, "kimai.csv", head, rows)
    slowed = [
        f"{who};{day:%d.%m.%Y};08:00;12:00;0;verlangsamt 30 %"
        for who in ("anna", "bernd")
        for day in days(date(2026, 9, 22), date(2026, 9, 23))
    ]
    over = ["anna;10.10.2026;09:00;15:00;0;Überstunden", "bernd;17.10.2026;09:00;13:00;0;Überstunden"]
    table(folder, "stunden.csv", "Mitarbeiter;Datum;Beginn;Ende;Pause;Art", [*slowed, *over])
    table(
        folder,
        "loehne.csv",
        "Mitarbeiter;Kosten je Stunde;Überstundenzuschlag",
        ["anna;48,00;25 %", "bernd;48,00;25 %"],
    )
    table(
        folder, "ausfaelle.csv", "Beginn;Ende;Bemerkung", ["21.09.2026 08:30;25.09.2026 17:30;Glasfaser tot"]
    )
    router(folder, datetime(2026, 9, 21, 8, 30, 5), datetime(2026, 9, 25, 17, 30, 5))


def main(home: Path) -> None:
    """Write the lists of all three."""
    for name, make in (("practice", practice), ("guest-house", house), ("projects", projects)):
        (home / name).mkdir(parents=True, exist_ok=True)
        make(home / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
