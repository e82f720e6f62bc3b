"""What was promised of a line against what was found: availability, repair time, credits, missed appointments."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from msgspec import Struct

from heller.model.kinds.appointment import Appointment
from heller.model.kinds.service_terms import AvailabilityYear, ServiceTerms
from heller.model.money import Money


class AvailabilityCheck(Struct, frozen=True):
    """One year under one reading. `first` and `last` are its days, `total` its time without maintenance and `down` the
    certain time without service in it; `reached` is what is left of it as a share, and what may still be reached where
    the year is not over (`open`)."""

    year: AvailabilityYear
    first: date
    last: date
    total: timedelta
    down: timedelta
    allowed: timedelta
    reached: Decimal
    open: bool = False

    @property
    def broken(self) -> bool:
        """Whether the line was down for longer than was allowed in the whole year."""
        return self.down > self.allowed


class RepairCheck(Struct, frozen=True):
    """One outage: from the report (`reported`: nobody reported it, so from its beginning) to its end, in hours of
    service."""

    start: datetime
    end: datetime
    reported: bool
    took: timedelta
    promised: timedelta

    @property
    def over(self) -> timedelta:
        """How much longer than promised."""
        return max(self.took - self.promised, timedelta())


class ServiceCredit(Struct, frozen=True):
    """What the steps of the contract give: by availability or by a repair, before and after the most that is paid."""

    share: Decimal
    capped: Decimal
    amount: Money | None  # None where the monthly fee is not known


class ServiceCheck(Struct, frozen=True):
    """The terms of one line checked against its outages."""

    terms: ServiceTerms
    availability: tuple[AvailabilityCheck, ...] = ()
    repairs: tuple[RepairCheck, ...] = ()
    credits: tuple[
        tuple[date, ServiceCredit], ...
    ] = ()  # by the month of the outage or the last day of the year
    missed: tuple[Appointment, ...] = ()
