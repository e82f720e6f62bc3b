"""What the enumerations of the model are called in print."""

from __future__ import annotations

from collections.abc import Callable

from heller.model.amount import Grade
from heller.model.bracket import Edge
from heller.model.outage import Cause, Strength
from heller.model.record import ContactKind
from heller.model.terms import Waiver
from heller.model.text import Text, text
from heller.model.value import Grade as Proof

GRADES: dict[Grade, Text] = {
    Grade.RECEIPT: text("third party's receipt"),
    Grade.RECORD: text("own record"),
    Grade.COMPUTED: text("computed from records"),
    Grade.STATED: text("stated"),
}

# How well a single value of a document is borne out, and what the values are called.
PROOFS: dict[Proof, Text] = {
    Proof.PROVEN: text("proven"),
    Proof.STATED: text("stated"),
    Proof.COMPUTED: text("computed"),
    Proof.READ: text("read in text"),
    Proof.SEEN: text("seen in a picture"),
    Proof.GIVEN: text("given by a person"),
    Proof.ABSENT: text("absent"),
}
VALUES: dict[str, Text] = {
    "number": text("Number"),
    "date": text("Date"),
    "seller": text("Seller"),
    "net": text("Net"),
    "vat": text("VAT"),
    "gross": text("Gross"),
    "currency": text("Currency"),
    "type": text("Type code"),
    "pay": text("Payable"),
}

CAUSES: dict[Cause, Text] = {
    Cause.OWN_HOST: text("the measuring computer itself"),
    Cause.LAN: text("the firm's own network"),
    Cause.ROUTER: text("the router"),
    Cause.LINE: text("the line"),
    Cause.BEYOND: text("the provider's network beyond the line"),
    Cause.DNS: text("name resolution"),
    Cause.TARGET: text("the measured target"),
    Cause.UNKNOWN: text("not settled by the logs"),
}

STRENGTHS: dict[Strength, Text] = {
    Strength.SUSPECTED: text("suspected"),
    Strength.MEASURED: text("measured"),
    Strength.PROVEN: text("measured, and confirmed by a second witness"),
}

CONTACTS: dict[ContactKind, Text] = {
    ContactKind.CONTACT: text("Contact"),
    ContactKind.FAULT_REPORT: text("Fault report"),
    ContactKind.PROMISE: text("Promise"),
    ContactKind.ONLINE_CLAIM: text("Line declared working"),
    ContactKind.DAMAGE_WARNING: text("Warning of the damage"),
    ContactKind.INVITATION: text("Invitation to prove the damage"),
    ContactKind.DEMAND: text("Demand"),
    ContactKind.OFFER: text("Offer"),
    ContactKind.REFUSAL: text("Refusal"),
}

WAIVERS: dict[Waiver, Text] = {
    Waiver.UNSTATED: text("not stated"),
    Waiver.NONE: text("nothing"),
    Waiver.OUTAGE: text("every claim from this outage"),
    Waiver.ALL: text("every claim from the contract"),
}

STANDS: dict[str, Text] = {
    "for": text("speaks for it"),
    "against": text("speaks against it"),
    "open": text("open"),
}

HEADS: dict[str, Text] = {
    "emergency_line": text("Emergency connection"),
    "hardware": text("Hardware"),
    "mobile_data": text("Mobile contracts and data volume"),
    "extra_cost": text("Further extra cost"),
    "idle_hours": text("Idle hours"),
    "removal_hours": text("Hours for removing the damage"),
    "overtime": text("Overtime"),
    "lost_sales": text("Lost sales"),
    "cancelled_orders": text("Cancelled orders"),
    "line_fee": text("Fee for the dead line"),
    "pursuit_hours": text("Hours for pursuing the claim"),
    "expert": text("Expert"),
}

ENTRIES: dict[str, Text] = {
    "opened": text("Case opened"),
    "exhibit": text("Exhibit"),
    "double": text("Exhibit, again"),
    "note": text("Note"),
    "correction": text("Correction"),
    "dossier": text("Dossier"),
    "recovered": text("Recovered"),
    "erased": text("Erasure"),
    "anchor": text("Anchor"),
    "stamp": text("Time stamp"),
    "beacon": text("Beacon"),
    "witness": text("Witness"),
    "renewal": text("Renewal"),
    "clock": text("Clock"),
}

EDGES: dict[str, Text] = {
    "stamp": text("time stamp by {ref}"),
    "drand": text("public beacon, {ref}"),
    "tse": text("till receipt, {ref}"),
    "ticket": text("ticket of the other side, {ref}"),
}


def edge_name(edge: Edge, say: Callable[[Text], str]) -> str:
    """What proves one end of a bracket, and where it stands in the journal."""
    named = EDGES.get(edge.kind, text("{kind}, {ref}", kind=edge.kind))
    what = say(Text(named.id, {**named.args, "ref": edge.ref}))
    if edge.qualified:
        what = say(text("qualified {proof}", proof=what))
    return what if edge.entry is None else say(text("{proof} (entry {n})", proof=what, n=edge.entry))


SURE = ("VS", "VP", "CALC")  # marks of rules that were verified


def head_name(key: str) -> Text:
    """The name of a head of loss; a head that is not known here keeps its key."""
    return HEADS.get(key, Text(key))
