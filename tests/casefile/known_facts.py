"""The facts that a claim of a small firm needs, all of them invented."""

FACTS = {
    "firm.name": "Muster GmbH",
    "firm.small": "yes",
    "firm.consumer": "no",
    "line.rights_waived": "no",
    "line.all_dead": "yes",
    "line.monthly_fee": "100.00",
    "line.product": "Business 100",
    "provider.name": "Netz AG",
}
