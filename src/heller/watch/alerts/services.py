"""Sends what the desk hands over: to people by apprise, a beat by HTTP, states by MQTT. Each call goes out over one
uplink, or where there is none as the system sends it, and says whether the service took it.
"""

from __future__ import annotations

import logging
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from http.client import HTTPException

from heller.watch.alerts import home_assistant
from heller.watch.alerts.settings import Mqtt
from heller.watch.alerts.uplink_sockets import over
from heller.watch.plan import Uplink

PATIENCE = 15.0  # seconds for a beat, or for a broker to say that it has it
NAME = "Heller"


def known(address: str) -> bool:
    """Whether apprise knows such a service; nothing is sent."""
    import apprise

    logging.getLogger("apprise").disabled = True  # it would print the address
    return bool(apprise.Apprise().add(address))


def notify(address: str, title: str, body: str, uplink: Uplink | None, resolvers: Sequence[str]) -> bool:
    """Give a word to the service at this address, as apprise writes addresses."""
    import apprise

    logging.getLogger("apprise").disabled = True
    asset = apprise.AppriseAsset(app_id=NAME, app_desc=NAME, app_url="", async_mode=False)
    with over(uplink, resolvers):
        told = apprise.Apprise(asset=asset)
        return bool(told.add(address)) and bool(told.notify(body=body, title=title))


def beat(address: str, uplink: Uplink | None, resolvers: Sequence[str]) -> bool:
    """Ask for a page, so that its server knows that this watch lives. No proxy of the system is asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    asked = urllib.request.Request(address, headers={"User-Agent": NAME})
    try:
        with over(uplink, resolvers), opener.open(asked, timeout=PATIENCE) as answer:
            return 200 <= int(answer.status) < 300
    except (OSError, ValueError, HTTPException, urllib.error.URLError):
        return False


def publish(mqtt: Mqtt, password: str, watch: str, answering: Mapping[str, bool], version: str) -> bool:
    """Tell the broker that there are these lines, and how each stands."""
    from paho.mqtt.client import Client
    from paho.mqtt.enums import CallbackAPIVersion

    rows = [home_assistant.discovery(mqtt.prefix, watch, name, version) for name in answering]
    rows += home_assistant.states(watch, answering)
    client = Client(CallbackAPIVersion.VERSION2)
    if mqtt.user:
        client.username_pw_set(mqtt.user, password)
    try:
        if mqtt.tls:
            client.tls_set()
        client.connect(mqtt.host, mqtt.port or (8883 if mqtt.tls else 1883))
        client.loop_start()
        told = [client.publish(topic, said, qos=1, retain=True) for topic, said in rows]
        for one in told:
            one.wait_for_publish(PATIENCE)
        return all(one.is_published() for one in told)
    except (OSError, ValueError, RuntimeError):
        return False
    finally:
        client.disconnect()
        client.loop_stop()
