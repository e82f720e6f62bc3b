"""No file that is named after what somebody typed has a name that Windows cannot have."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from heller.model.sample import Depth, Target
from heller.watch import pinglog
from heller.watch.services import label, launchd, systemd, task_scheduler

# Microsoft Learn, "Naming Files, Paths, and Namespaces"
IMPOSSIBLE = re.compile(r'[<>:"\\|?*/\x00-\x1f]|[. ]$|(?i:^(con|prn|aux|nul|com\d|lpt\d)(\.|$))')
TYPED = st.one_of(
    st.text(max_size=80), st.sampled_from(["CON", "aux.txt", "a:b", "x.", " ", "UMTS: 2?", "…"])
)
ADDRESSES = st.sampled_from(["192.0.2.1", "2001:db8::1", "fe80::1%eth0", "::"])


@given(TYPED, ADDRESSES, st.sampled_from(list(Depth)))
def test_pings_for_the_provider_have_names_of_every_system(name: str, address: str, depth: Depth) -> None:
    """After an uplink as a person called it, and an address."""
    made = pinglog.file_name(Target(1, name, depth, "x", address))
    assert not IMPOSSIBLE.search(made)


@given(TYPED)
def test_services_have_names_of_every_system(name: str) -> None:
    """After the folder of a case, and never one name for two folders."""
    case, other = Path("/cases") / name.replace("\x00", ""), Path("/other") / name.replace("\x00", "")
    for kind in (launchd, systemd, task_scheduler):
        assert not IMPOSSIBLE.search(kind.name_of(case))
    assert (label.label(case) == label.label(other)) == (case == other)
