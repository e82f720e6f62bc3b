"""A small router for tests: GET of SNMP 2c (community `public`) and 3 (user `heller`, SHA, AES) on loopback:
python snmp_agent.py, which prints its port. snmpsim does not run on a Python without dbm."""

from __future__ import annotations

import socket
from typing import Any

from pysnmp.carrier.asyncio.dgram import udp
from pysnmp.entity import config, engine
from pysnmp.entity.rfc3413 import cmdrsp, context
from pysnmp.proto.api import v2c
from pysnmp.smi.instrum import AbstractMibInstrumController

AUTH, PRIVACY = "authauthauth", "privprivpriv"
TOLD: dict[str, Any] = {
    "1.3.6.1.2.1.2.2.1.8.3": v2c.Integer32(1),
    "1.3.6.1.2.1.2.2.1.14.3": v2c.Counter32(12),
    "1.3.6.1.2.1.31.1.1.1.6.3": v2c.Counter64(123456789012),
    "1.3.6.1.2.1.10.94.1.1.3.1.4.3": v2c.Integer32(61),
    "1.3.6.1.2.1.10.94.1.1.3.1.5.3": v2c.Gauge32(121),
    "1.3.6.1.2.1.10.94.1.1.4.1.2.3": v2c.Gauge32(109344000),
    "1.3.6.1.2.1.2.2.1.8.5": v2c.Integer32(
        1
    ),  # a line of VDSL2: whole directions, and a band where those are not told
    "1.3.6.1.2.1.10.251.1.1.2.1.4.5.2": v2c.Integer32(2147483646),
    "1.3.6.1.2.1.10.251.1.1.2.1.4.5.4": v2c.Integer32(83),
    "1.3.6.1.2.1.10.251.1.1.2.1.4.5.1": v2c.Integer32(94),
    "1.3.6.1.2.1.10.251.1.1.2.1.2.5.4": v2c.Gauge32(172),
}


class Told(AbstractMibInstrumController):  # type: ignore[misc]
    """What it tells; of all else that there is no such instance."""

    def read_variables(self, *asked: Any, **more: Any) -> list[tuple[Any, Any]]:
        """Answers a GET."""
        return [(name, TOLD.get(str(name), v2c.NoSuchInstance())) for name, _ in asked]


def main() -> None:
    """Answer until it is ended."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    made = engine.SnmpEngine()
    config.add_transport(made, udp.DOMAIN_NAME, udp.UdpTransport().open_server_mode(("127.0.0.1", port)))
    config.add_v1_system(made, "area", "public")
    config.add_v3_user(made, "heller", config.USM_AUTH_HMAC96_SHA, AUTH, config.USM_PRIV_CFB128_AES, PRIVACY)
    config.add_vacm_user(made, 2, "area", "noAuthNoPriv", (1, 3, 6))
    config.add_vacm_user(made, 3, "heller", "authPriv", (1, 3, 6))
    told = context.SnmpContext(made)
    told.unregister_context_name(b"")
    told.register_context_name(b"", Told())
    cmdrsp.GetCommandResponder(made, told)
    print(port, flush=True)
    made.transport_dispatcher.job_started(1)
    made.open_dispatcher()


if __name__ == "__main__":
    main()
