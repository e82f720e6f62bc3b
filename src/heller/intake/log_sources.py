"""How to get the log of the router or monitor at hand: one row for each, with what it loses and what misleads.

Menus change with the software; `checked` says that the path was found in public text, else it rests on memory.
"""

from __future__ import annotations

from typing import NamedTuple

from heller.model.text import Text, text

FIRST = text(
    "Save the log before anything else: do not pull the plug, restart, reset or update the box until you have it."
)


class LogSource(NamedTuple):
    """One device or program: its name, further words by which it is found, how to get its log, what to mind."""

    name: str
    words: tuple[str, ...]
    get: Text
    mind: Text
    checked: bool = False


SOURCES = (
    LogSource(
        "FRITZ!Box",
        ("fritz", "avm", "fritzbox"),
        text(
            "Open fritz.box, then System, Ereignisse; copy the list or print it to a file. The push service mails it."
        ),
        text(
            "It holds a limited number of entries, and old ones go first: save it every day while the line is dead."
        ),
        checked=True,
    ),
    LogSource(
        "Speedport",
        ("telekom", "digitalisierungsbox"),
        text("Open speedport.ip, then the system messages, and save them as text."),
        text("The oldest messages go first, and a factory reset deletes all."),
    ),
    LogSource(
        "UniFi",
        ("ubiquiti", "udm", "usg", "dream machine"),
        text(
            "In the controller: the system log of the gateway, or its events by the API (stat/event) as JSON."
        ),
        text("The controller deletes events after the time that its retention says."),
    ),
    LogSource(
        "MikroTik",
        ("routeros",),
        text("In a terminal: /log print file=log. Then fetch log.txt from Files."),
        text(
            "The log in memory ends with a restart; the times of the last day have no date without the file's head."
        ),
    ),
    LogSource(
        "OpenWrt",
        ("mwan3", "logread"),
        text("By SSH: logread > /tmp/router.log, then copy the file."),
        text("The log lies in memory and is gone after a restart, and the clock starts anew then."),
        checked=True,
    ),
    LogSource(
        "OPNsense, pfSense",
        ("opnsense", "pfsense", "dpinger"),
        text("System, Log Files, and the log of gateways; export it, or copy the files under /var/log."),
        text("Alarms come out of a sliding window: they may be a minute late."),
    ),
    LogSource(
        "Sophos, Fortinet",
        ("sophos", "xgs", "fortigate", "fortinet"),
        text(
            "Export the system events as text, a line of key=value for each, or take them from the syslog server."
        ),
        text("Without a disk the box keeps few events, and only until it restarts."),
    ),
    LogSource(
        "Cisco",
        ("ios", "asa"),
        text("show logging, saved to a file; better the file of the syslog server."),
        text("Without `service timestamps log datetime year` no line has a year; say it with --year."),
    ),
    LogSource(
        "Uptime Kuma",
        ("kuma",),
        text("Copy data/kuma.db and data/kuma.db-wal in one go, or stop the container first."),
        text("Version 2 deletes single checks after a day: copy it every night while the outage lasts."),
        checked=True,
    ),
    LogSource(
        "PRTG",
        ("paessler",),
        text("On the sensor: Historic Data, with the shortest average, as CSV; or its log as CSV."),
        text("Averages over long steps blur the edges; take the shortest that there is."),
    ),
    LogSource(
        "Zabbix",
        (),
        text("Problems, exported as CSV, or the history of the ping item as plain text."),
        text("The history is kept for as many days as the item says, then trends by the hour are left."),
    ),
    LogSource(
        "Grafana, netdata",
        ("grafana", "netdata"),
        text("On the panel: Inspect, Data, Download CSV, with times in seconds."),
        text("A cell without a value may be a loss, or a monitor that stood still."),
    ),
    LogSource(
        "PingPlotter, vmPing",
        ("pingplotter", "vmping"),
        text(
            "Export to a text file, with whole dates; put the day into the file's name where no line has one."
        ),
        text("Days such as 03/02/2026 read two ways: choose 2026-03-02."),
    ),
    LogSource(
        "ping",
        ("windows", "linux"),
        text(
            "Linux: ping -D -O TARGET | tee ping.log. Windows, in PowerShell: ping -t TARGET | ForEach-Object"
            ' { "$(Get-Date -Format o) $_" } | Tee-Object ping.txt'
        ),
        text("Without the time in each line a log proves nothing about when."),
        checked=True,
    ),
)


def sources(asked: str) -> tuple[LogSource, ...]:
    """Those whose name or words hold what is asked; all of them for nothing, none where nobody is meant."""
    word = asked.strip().casefold()
    return tuple(
        one
        for one in SOURCES
        if not word or any(word in known.casefold() for known in (one.name, *one.words))
    )
