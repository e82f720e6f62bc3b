"""heller service: what the contract promises of each line against the outages found."""

from __future__ import annotations

from heller import casefile, pipeline
from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.dossier.service_words import of_availability, of_credit, of_missed, of_repair, of_terms
from heller.model.text import text

PLACE = 125
VERB = text("Availability, repair times and credits of the contract against the outages found.")


def run(case: CaseFolder, *, as_of: AsOf = None, json: AsJson = False) -> None:
    """Availability, repair times and credits of the contract against the outages found."""
    day = screen.as_day(as_of, case)
    with screen.progress(tr("Reading")) as done:
        claimed = casefile.claim(case, day, done)
    checks = pipeline.service(claimed)
    if json:
        screen.as_json({"as_of": day, "service": checks})
        return
    say = screen.words(claimed.case.tz)
    if not checks:
        screen.point(tr("No terms of service are written down: heller note CASE service --availability ..."))
    for one in checks:
        screen.heading(say(of_terms(one.terms)))
        for year in one.availability:
            screen.point(say(of_availability(year, one.terms)), "✗" if year.broken else "✓")
        for repair in one.repairs:
            screen.point(say(of_repair(repair)), "✗" if repair.over else "✓")
        for on, credit in one.credits:
            screen.point(say(of_credit(on, credit)))
        for appointment in one.missed:
            screen.point(say(of_missed(appointment)), "✗")
