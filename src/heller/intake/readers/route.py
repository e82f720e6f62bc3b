"""Reads reports of mtr and traceroute only to say why they show no outage: there are no times in them."""

from __future__ import annotations

import re
from typing import Any
from zoneinfo import ZoneInfo

from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.tables import json_documents
from heller.model.finding import Finding, Locator, Weight
from heller.model.record import Blob, Reading
from heller.model.text import Text, text

NAME = "route"

_TEXT = re.compile(
    rb"(?mi)^(?:traceroute6? to |HOST: .{0,255}Loss%|Start: .{0,255}\n(?:HOST:|.{0,255}Loss%)|Tracing route to|"
    rb"Routenverfolgung zu|.{0,99}WinMTR statistics|"
    rb"\"?Hostname\"?[,;]\"?Nr\"?[,;]\"?Loss ?%|traceroute: |Mtr_Version,Start_Time|[ \t]{0,40}\d{1,4}\.\|-- )"
)


def identify(head: bytes, name: str) -> Confidence:
    """By the first words of traceroute, the head of mtr's table, or its JSON."""
    if re.search(rb'"report"\s*:\s*\{\s*"mtr"', head[:4096]):
        return Confidence(92, text("It is a report of mtr."))
    return (
        Confidence(85, text("It is a list of hops without times.")) if _TEXT.search(head[:8192]) else NOT_MINE
    )


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """No record: a finding that says what is missing, and for mtr what it saw."""
    source = Locator(blob.digest, "row 1")
    saw = _saw(blob) if blob.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" else None
    said = text("A list of hops has no times inside; it cannot show when an outage began or ended.")
    do = text("It shows where the way ended. For the times run: ping -D -O TARGET | tee ping.log")
    findings = [Finding("route.no_times", said, do, Weight.REFUSED, source)]
    if saw is not None:
        findings.append(Finding("route.saw", saw, None, Weight.NOTE, source))
    return Reading(NAME, "mtr" if saw is not None else "traceroute", findings=tuple(findings))


def _saw(blob: Blob) -> Text:
    """How far the probes of mtr came."""
    found = json_documents.documents(blob).found
    report = json_documents.mapping(json_documents.mapping(found[0].value).get("report")) if found else {}
    target = str(json_documents.mapping(report.get("mtr")).get("dst", "?"))
    hubs = [json_documents.mapping(hub) for hub in json_documents.as_list(report.get("hubs"))]
    alive = [hub for hub in hubs if _loss(hub) < 100]
    if not alive:
        return text("mtr to {target}: no hop answered.", target=target)
    last = alive[-1]
    return text(
        "mtr to {target}: the last hop that answered was {host}, number {n} of {all}.",
        target=target,
        host=str(last.get("host", "?")),
        n=hubs.index(last) + 1,
        all=len(hubs),
    )


def _loss(hub: dict[str, Any]) -> float:
    found = json_documents.number(hub.get("Loss%"))
    return 100.0 if found is None else found
