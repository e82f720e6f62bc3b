"""Several outages, lines and debtors of one firm: the claim is the sum of its events."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.casefile.several import (
    at,
    backup,
    case,
    claim,
    demand,
    exhibit,
    more,
    purpose,
    receipt,
    router,
)
from tests.outage import worlds

from heller.model.case import Case, Exhibit
from heller.model.claim import Claim
from heller.model.event import EventKind
from heller.model.finding import Locator
from heller.model.kinds.access_line import AccessLine, LineRole
from heller.model.kinds.belonging import Belonging
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.fact import Fact
from heller.model.kinds.grouping import Grouping, GroupingVerdict
from heller.model.kinds.probe_log import ProbeLog
from heller.model.money import Money
from heller.model.record import Record

MARCH, JULY = (at("2025-03-04"), at("2025-03-09")), (at("2025-07-07"), at("2025-07-10"))
MINUTES = (at("2022-05-03", 10), at("2022-05-03", 10) + timedelta(minutes=5))


def two(*noted: Record, first: str = "1000.00", **facts: str) -> Case:
    """Two outages four months apart, each with a receipt and a demand of its own."""
    return case(
        [
            router(1, "router.log", MARCH, JULY),
            receipt(2, "R1", "2025-03-06", first),
            receipt(3, "R2", "2025-07-12", "400.00"),
        ],
        purpose("R1"),
        purpose("R2"),
        demand("2025-03-20", "2025-04-03"),
        demand("2025-07-21", "2025-08-04"),
        *noted,
        **facts,
    )


def of(claimed: Claim, day: str) -> tuple[Money, Money, date | None]:
    """Damage with the fee, interest and first day of interest of the event of a day."""
    (one,) = (e for e in claimed.by_event if str(e.event.began) == day)
    debt = next(d for debtor in claimed.debts for d in debtor.events if d.event == one.event.key)
    both = one.assessment.total.likely + one.assessment.apart.likely
    return both, one.waterfall.interest.likely, debt.default


def test_each_event_bears_interest_from_its_own_default() -> None:
    """1,000 and the fee of four days since 4 April, 400 and the fee of two days since 5 August."""
    claimed = claim(two(), "2025-12-31")
    march, july = of(claimed, "2025-03-04"), of(claimed, "2025-07-07")
    assert (march[0], march[2]) == (Money.of("1038.71"), date(2025, 4, 4))
    assert (july[0], july[2]) == (Money.of("419.35"), date(2025, 8, 5))
    assert claimed.assessment.total.likely + claimed.assessment.apart.likely == march[0] + july[0]
    assert claimed.waterfall.interest.likely == march[1] + july[1]
    assert claimed.waterfall.due.likely == march[0] + march[1] + july[0] + july[1]


def test_five_minutes_of_2022_bar_nothing() -> None:
    """They are listed with their footing; the claim of 2025 is barred at the end of 2028."""
    exhibits = [router(1, "router.log", MINUTES, MARCH)]
    claimed = claim(case(exhibits, demand("2025-03-20", "2025-04-03")), "2026-06-30")
    assert [event.kind for event in claimed.events] == [EventKind.MICRO, EventKind.OUTAGE]
    assert [d.barred for debtor in claimed.debts for d in debtor.events] == [date(2028, 12, 31)]
    assert "law.time_barred" not in {f.code for f in claimed.findings}


def test_an_event_of_another_day_changes_no_figure_of_the_others() -> None:
    """July stands the same with and without March."""
    both = claim(two(), "2025-12-31")
    exhibits = [router(1, "router.log", JULY), receipt(3, "R2", "2025-07-12", "400.00")]
    alone = claim(case(exhibits, purpose("R2"), demand("2025-07-21", "2025-08-04")), "2025-12-31")
    assert of(both, "2025-07-07") == of(alone, "2025-07-07")


def test_an_event_of_another_line_and_debtor_changes_no_figure_of_the_others() -> None:
    """The branch has its own provider: its outage adds a debtor and moves nothing of the main line."""
    plain = claim(two(), "2025-12-31")
    world = more(
        two(),
        AccessLine("main", signs=("router",)),
        AccessLine("branch", LineRole.BRANCH, signs=("edge-branch",)),
        Fact("provider.name", "Netz B (erfunden)", line="branch"),
        Fact("line.monthly_fee", "620.00", line="branch"),
        exhibits=[router(4, "edge-branch.log", (at("2025-03-05"), at("2025-03-12")), device="edge-branch")],
    )
    claimed = claim(world, "2025-12-31")
    for day in ("2025-03-04", "2025-07-07"):
        assert of(claimed, day) == of(plain, day)
    assert [debtor.debtor for debtor in claimed.debts] == ["Netz A (erfunden)", "Netz B (erfunden)"]
    assert of(claimed, "2025-03-05")[0] == Money.of("120.00")  # six of 31 days of 620
    assert claimed.by_debtor[0].waterfall.due == plain.waterfall.due


def test_the_fee_before_a_lawsuit_is_owed_once_for_the_matter() -> None:
    """One lawyer on the sum of both values, not two."""
    claimed = claim(two(first="5000.00", lawyer__mandate="2025-09-01"), "2025-12-31")
    value = sum(
        (one.principal for one in claimed.debts), claimed.debts[0].principal - claimed.debts[0].principal
    )
    (step,) = (s for s in claimed.waterfall.steps if s.key == "pre_trial")
    one = claim(
        case(
            [router(1, "router.log", MARCH), receipt(2, "R1", "2025-03-06", "5419.35")],
            purpose("R1"),
            demand("2025-03-20", "2025-04-03"),
            lawyer__mandate="2025-09-01",
        ),
        "2025-12-31",
    )
    assert value.likely == one.debts[0].principal.likely
    assert step.effect == next(s for s in one.waterfall.steps if s.key == "pre_trial").effect
    assert claimed.debts[0].costs == step.effect


def test_the_order_of_entries_changes_nothing() -> None:
    """The same records written down backwards."""
    world = two()
    other = case(reversed(world.exhibits), *reversed(world.noted))
    a, b = claim(world, "2025-12-31"), claim(other, "2025-12-31")
    assert (a.waterfall.due, a.debts) == (b.waterfall.due, b.debts)


def test_a_person_says_to_which_event_a_letter_belongs() -> None:
    """The first demand is about the second outage too, once somebody says so."""
    world = case(
        [router(1, "router.log", MARCH, JULY), receipt(3, "R2", "2025-07-12", "400.00")],
        purpose("R2"),
        demand("2025-07-21", "2025-08-04"),
    )
    assert of(claim(world, "2025-12-31"), "2025-03-04")[2] is None
    entry = world.noted_in[world.noted.index(demand("2025-07-21", "2025-08-04"))]
    told = more(world, Belonging(f"#{entry}", every_event=True))
    assert of(claim(told, "2025-12-31"), "2025-03-04")[2] == date(2025, 8, 5)
    assert "event.which" not in {f.code for f in claim(told, "2025-12-31").findings}


def pings(number: int, name: str, dead: tuple[tuple[float, float], ...], seconds: float = 36_000) -> Exhibit:
    """A log of two targets every ten seconds."""
    logs = [
        worlds.probes(t, seconds, step=10, phase=p, dead=dead)
        for t, p in ((worlds.NEAR, 0.0), (worlds.FAR, 5.0))
    ]
    moved = [ProbeLog(log.target, log.observations, log.step, Locator(f"{number:064x}", "")) for log in logs]
    return exhibit(number, name, *moved)


def one_ping(number: int, name: str, host: str, dead: tuple[tuple[float, float], ...]) -> Exhibit:
    """A log of one target every ten seconds."""
    log = worlds.probes(host, 36_000, step=10, dead=dead)
    return exhibit(
        number, name, ProbeLog(log.target, log.observations, log.step, Locator(f"{number:064x}", ""))
    )


@pytest.mark.parametrize("name", ["backup-lte.txt", "second.txt"])
def test_the_log_of_a_backup_does_not_destroy_the_claim(name: str) -> None:
    """The backup answered while the main line was dead: by its name, or by its answers, it is another line."""
    main = pings(1, "ping.txt", ((3600, 30_000),))
    both = case([main, pings(2, name, ())])
    alone, joined = claim(case([main]), "2015-03-01"), claim(both, "2015-03-01")
    assert joined.by_event[0].event.dead == alone.by_event[0].event.dead > timedelta(hours=7)
    assert "line.which" in {f.code for f in joined.findings}


def test_two_logs_of_a_backup_destroy_nothing_either() -> None:
    """Main and backup each in a file per target; the backup was silent for a while too."""
    dead, short = ((3600.0, 30_000.0),), ((20_000.0, 24_000.0),)
    files = [one_ping(n, f"{n}.log", host, dead) for n, host in ((1, worlds.NEAR), (2, worlds.FAR))]
    more_files = [one_ping(n, f"{n}.log", host, short) for n, host in ((3, worlds.NEAR), (4, worlds.FAR))]
    alone, joined = claim(case(files), "2015-03-01"), claim(case([*files, *more_files]), "2015-03-01")
    assert joined.by_event[0].event.dead == alone.by_event[0].event.dead > timedelta(hours=7)


def test_a_backup_that_asked_other_hosts_destroys_nothing_either() -> None:
    """Two hosts of the main line were silent, so it was no fault of a host, in one file or in two."""
    dead, other = ((3600.0, 30_000.0),), one_ping(9, "b.txt", "192.0.2.77", ())
    parted = [one_ping(n, f"{n}.log", host, dead) for n, host in ((1, worlds.NEAR), (2, worlds.FAR))]
    for main in ([pings(1, "a.txt", dead)], parted):
        alone, joined = claim(case(main), "2015-03-01"), claim(case([*main, other]), "2015-03-01")
        assert joined.by_event[0].event.dead == alone.by_event[0].event.dead > timedelta(hours=7)
        assert "line.which" in {f.code for f in joined.findings}


def test_a_backup_that_died_carried_until_then() -> None:
    """What a declared backup carried is read from its own outage: the firm was cut off while both were dead."""
    main, second = pings(1, "ping.txt", ((3600, 30_000),)), pings(2, "backup.txt", ((18_000, 24_000),))
    claimed = claim(case([main, second], *backup()), "2015-03-01")
    (event,) = (one.event for one in claimed.by_event if one.event.line == "main")
    cut = event.outages[0].cut_off
    assert [round(span.length.total_seconds(), -2) for span in cut] == [6000]


def test_nearby_outages_are_priced_both_ways() -> None:
    """Three days apart: proposed, with what is due either way, and decided by a person."""
    world = case([router(1, "router.log", MARCH, (at("2025-03-12"), at("2025-03-15")))])
    (choice,) = claim(world, "2025-12-31").choices
    assert not choice.together and choice.due_apart == claim(world, "2025-12-31").waterfall.due
    told = more(world, Grouping(GroupingVerdict.TOGETHER, choice.one, choice.other))
    joined = claim(told, "2025-12-31")
    assert len(joined.by_event) == 1 and joined.waterfall.due == choice.due_together


def test_talks_are_about_an_event() -> None:
    """An offer and a refusal after the second outage suspend nothing of the first."""
    talk = [
        Contact(at(day), kind, "letter", "Netz A", "about the outage of July")
        for day, kind in (("2026-01-10", ContactKind.OFFER), ("2026-01-30", ContactKind.REFUSAL))
    ]
    claimed = claim(two(*talk), "2026-06-30")
    barred = {d.event[:10]: d.barred for debtor in claimed.debts for d in debtor.events}
    assert (barred["2025-03-04"], barred["2025-07-07"]) == (date(2028, 12, 31), date(2029, 1, 21))


def test_a_backup_s_log_is_not_taken_for_that_of_a_branch() -> None:
    """Where a sign tells, what a file is called like tells nothing more."""
    world = more(
        case([router(1, "filiale-weser.log", MARCH, device="x"), router(2, "lte.log", JULY, device="y")]),
        AccessLine("main", signs=("haupt",)),
        AccessLine("mobile", LineRole.MOBILE, backs="main"),
        AccessLine("branch", LineRole.BRANCH, signs=("filiale-weser",)),
    )
    assert [one.event.line for one in claim(world, "2025-12-31").by_event] == ["branch", "mobile"]


def test_a_receipt_that_is_given_to_every_event_counts_once() -> None:
    """It counts in the first event, and that is said."""
    told = more(two(), Belonging("R1", every_event=True))
    claimed = claim(told, "2025-12-31")
    assert claimed.assessment.total == claim(two(), "2025-12-31").assessment.total
    assert "damage.two_events" in {f.code for f in claimed.findings}


def test_the_cap_of_each_event_counts_and_that_of_all_is_a_reading() -> None:
    """20,000 and 400: 12,500 and 400, each with its fee beside the cap; one cap for both is shown, and gives less."""
    claimed = claim(two(first="20000.00"), "2025-12-31")
    assert [one.principal.likely for one in claimed.debts[0].events] == [
        Money.of("12538.71"),
        Money.of("419.35"),
    ]
    (reading,) = (one for one in claimed.waterfall.alternatives if one.key == "cap_once")
    assert reading.worth.likely == Money.of("-400")
    assert not any(one.key == "cap_once" for one in claim(two(), "2025-12-31").waterfall.alternatives)
