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
            "It holds a limited number of entries, and old ones go first: save it every day while the line is down."
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
        "Vodafone Station",
        ("vodafone", "cable", "kabel", "docsis", "arris", "technicolor", "sagemcom", "unitymedia"),
        text("Open 192.168.0.1, then the event log of DOCSIS; copy the whole table with its times."),
        text("It holds few entries, and its clock starts in 1970 after a restart until the line is back."),
    ),
    LogSource(
        "LANCOM",
        ("lanconfig", "lanmonitor", "lcos"),
        text(
            "In WEBconfig the syslog of the system information, or in LANmonitor the syslog; save it as text."
        ),
        text("Only the newest messages stay, and without a syslog server a restart ends them."),
    ),
    LogSource(
        "bintec, DrayTek, Asus, Teltonika, Securepoint",
        ("bintec", "elmeg", "be.ip", "vigor", "asuswrt", "rutos", "rut950", "utm"),
        text(
            "Save the system log of the box as text, or better the file of a syslog server that it writes to."
        ),
        text("The log in memory ends with a restart; switch on a syslog server before the next outage."),
    ),
    LogSource(
        "UptimeRobot, Better Stack, Pingdom, StatusCake, Healthchecks",
        ("betterstack", "incident", "freshping", "hetrix"),
        text("Export the incidents with start and end as CSV, or take the answer of the API as JSON."),
        text("Look whether its times are UTC, and say so with --tz UTC where the file does not."),
    ),
    LogSource(
        "Checkmk, Nagios, Icinga, LibreNMS, Home Assistant, RIPE Atlas",
        ("check_mk", "nagios", "icinga", "observium", "hass", "atlas"),
        text("Export the history of states of the host or the sensor, not its availability in per cent."),
        text(
            "A monitor behind the line notes that it could not reach the internet; what it kept is deleted after "
            "weeks."
        ),
    ),
    LogSource(
        "Heller Witness",
        ("heller-witness", "witness"),
        text(
            "A colleague or another firm runs heller witness, or opens the page that it writes, and sends the file."
        ),
        text(
            "It must have run before the outage; a page in the background of a phone is stopped after minutes."
        ),
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
        text("Export to a text file, with whole dates; where no line has one, name a copy after the day."),
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
