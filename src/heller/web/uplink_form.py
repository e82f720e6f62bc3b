"""The uplinks of a case's watch as fields: one row for each that `watch.toml` names, and an empty one for a further
one. What else the file says (targets, routers) is not shown here and stays as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from ipaddress import ip_address
from pathlib import Path

import psutil
from msgspec.structs import replace

from heller.dossier.wording import Words
from heller.journal.disk import failing, keep
from heller.model.text import Text, text
from heller.model.value_form import ValueForm, ValueKind
from heller.watch.config import FILE, UplinkTable
from heller.watch.uplink_text import uplinks_of, with_uplinks
from heller.web.form import Field, Form

MOST = 8  # uplinks that a form holds
MEGABYTES: ValueForm[Decimal] = ValueForm(kind=ValueKind.NUMBER, whole=False)
NO_MEGABYTES = text("This could not be read. Write megabytes, for example 500.")
NAMED_TWICE = text("Each uplink needs a name of its own.")
NO_ADDRESS = text("This is no IP address.")
NO_DEVICE = text("This is no name of a device.")
DEVICE = re.compile(r"[^\s/]{1,15}")
NEEDS_NAME = text("Give it a name, such as main or mobile.")
ASPECTS = ("name", "interface", "source", "budget", "address")


def raw_of(folder: Path) -> str:
    """The text of the case's file, '' where there is none."""
    file = folder / FILE
    return file.read_text("utf-8") if file.is_file() else ""


def rows(folder: Path, words: Words) -> list[tuple[Field, ...]]:
    """The fields of each uplink, and those of a further one. Raises ValueError for a file that cannot be read."""
    known = [_typed(one, words) for one in uplinks_of(raw_of(folder))]
    return [_fields(n, values) for n, values in enumerate([*known, ("",) * len(ASPECTS)][:MOST])]


def shown(form: Form) -> list[tuple[Field, ...]]:
    """The fields again with what was typed and what is wrong with it, and those of a further one."""
    every = [form.shown(_fields(n, ("",) * len(ASPECTS))) for n in range(MOST)]
    used = [n for n, row in enumerate(every) if any(field.value or field.fault for field in row)]
    return every[: max(used, default=-1) + 2]


def save(folder: Path, form: Form, now: datetime) -> bool:
    """Write the uplinks into the case's file; a row without any word is left out. False where a field has a fault.
    Raises ValueError where a watch could not run by them."""
    raw = raw_of(folder)
    before = {one.name: one for one in uplinks_of(raw)}
    made = tuple(_tables(form, before, now))
    if len({one.name for one in made}) < len(made):
        form.faults.setdefault("name-0", NAMED_TWICE)
    if form.faults:
        return False
    text_of_it = with_uplinks(raw, made or (UplinkTable("main"),))
    with failing(folder):
        keep(folder / FILE, text_of_it.encode())
    return True


def _tables(form: Form, before: dict[str, UplinkTable], now: datetime) -> Iterator[UplinkTable]:
    for n in range(MOST):
        name, device, source, _, address = (form.said(f"{aspect}-{n}") for aspect in ASPECTS)
        budget = form.heard(f"budget-{n}", MEGABYTES, now, how=NO_MEGABYTES)
        if not name and (device or source or budget or address):
            form.faults[f"name-{n}"] = NEEDS_NAME
        form.read(f"source-{n}", _address(source), NO_ADDRESS)
        form.read(f"address-{n}", _address(address), NO_ADDRESS)
        form.read(f"interface-{n}", DEVICE.fullmatch(device), NO_DEVICE)
        if not name:
            continue
        old = before.get(name, UplinkTable(name))
        counted = old.since if old.budget_mb is not None else now.date()
        yield replace(
            old,
            interface=device,
            source=source,
            address=address,
            budget_mb=None if budget is None else float(budget),
            since=date(1970, 1, 1) if budget is None else counted,
            raised=bool(form.said(f"raised-{n}")),
        )


def _address(raw: str) -> str | None:
    try:
        return str(ip_address(raw))
    except ValueError:
        return None


def _typed(one: UplinkTable, words: Words) -> tuple[str, ...]:
    budget = (
        "" if one.budget_mb is None else f"{one.budget_mb:g}".replace(".", "," if words.lang == "de" else ".")
    )
    return (one.name, one.interface, one.source, budget, one.address)


def raised(folder: Path) -> set[str]:
    """The uplinks that are asked once a second while the others are silent."""
    return {one.name for one in uplinks_of(raw_of(folder)) if one.raised}


def _fields(n: int, values: Sequence[str]) -> tuple[Field, ...]:
    name, device, source, budget, address = values
    return (
        Field(f"name-{n}", text("Name of the uplink"), hint=text("For example main or mobile"), value=name),
        Field(
            f"interface-{n}",
            text("Device"),
            near=_devices(),
            hint=text("Empty: the usual way out"),
            value=device,
        ),
        Field(f"source-{n}", text("Own address on it"), near=_addresses(), value=source),
        Field(
            f"budget-{n}",
            text("Data allowance for probes, MB in 30 days"),
            hint=text("Empty: it is not metered"),
            value=budget,
            mode="decimal",
        ),
        Field(
            f"address-{n}", text("Fixed public address"), hint=text("Empty where it changes"), value=address
        ),
    )


def _devices() -> tuple[Text, ...]:
    return tuple(Text(name) for name in sorted(psutil.net_if_addrs()) if name != "lo")


def _addresses() -> tuple[Text, ...]:
    found = (entry.address for entries in psutil.net_if_addrs().values() for entry in entries)
    return tuple(Text(one) for one in sorted(found) if "." in one and not one.startswith("127."))
