"""Words over the uplink that lives, in the emulated network: nothing lost, nothing twice."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.net.emulated import CLIENT, CLIENT_MOBILE, PUBLIC, PUBLIC_MOBILE, TARGETS, Network
from tests.net.story import Story
from tests.watch.alerts import sink

from heller.watch.alerts.outbox import Outbox

LONG = 90.0  # seconds that are waited for what must come; a loaded machine takes its time
TELL = """
tell_after = 5
[[tell]]
name = "me"
secret = "{tell}"
of = ["down", "back"]
[heartbeat]
secret = "{beat}"
every = 5
"""


def until(true: Callable[[], bool], what: str) -> None:
    """Wait for it; how long that takes says nothing."""
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def test_words_find_the_line_that_lives(network: Network, tmp_path: Path) -> None:
    """The main line dies: the word comes over the mobile one, while it is dead. Both die: what is to be said waits, and
    comes once when one lives again. The sink has a name, which is asked of a resolver over the same uplink."""
    got = tmp_path / "got"
    network.internet.start(sys.executable, Path(sink.__file__), TARGETS[0], "8099", got)
    for name, address in (("tell", "json://sink.test:8099/word"), ("beat", "http://sink.test:8099/beat")):
        (tmp_path / name).write_text(address)
        (tmp_path / name).chmod(0o600)
    uplinks = (
        f'[[uplink]]\nname = "main"\nsource = "{CLIENT}"\n'
        f'[[uplink]]\nname = "mobile"\nsource = "{CLIENT_MOBILE}"\nbudget_mb = 50\nraised = true\n'
    )
    targets = "".join(f'[[target]]\naddress = "{address}"\nevery = 0.5\n' for address in TARGETS[:4])
    toml = TELL.format(tell=tmp_path / "tell", beat=tmp_path / "beat") + uplinks + targets
    story = Story(network, tmp_path, toml=toml)

    def words() -> list[tuple[str, str]]:
        """Title, and over which line it came."""
        came = {PUBLIC: "main", PUBLIC_MOBILE: "mobile"}
        found = [row for row in sink.rows(got) if row["path"] == "/word"]
        return [(json.loads(row["body"])["title"], came[row["from"]]) for row in found]

    def beats() -> int:
        return sum(row["path"] == "/beat" for row in sink.rows(got))

    down, back = "The line is down: main", "The line answers again: main"
    with story.watched():
        until(lambda: beats() > 1, "the watch lives")
        with network.fault("silent"):
            until(lambda: bool(words()), "down, over the mobile line")
            assert words() == [(down, "mobile")]
        until(lambda: len(words()) == 2, "back")
        assert words()[1] == (back, "main")
        heard = len(words())
        with network.fault("silent"):
            network.mobile.nft(
                "table inet dead { chain silence { type filter hook forward priority -9; policy drop; }; }"
            )
            until(lambda: _waiting(story) > 0, "a word that waits")
            quiet = beats()
            time.sleep(6)
            assert len(words()) == heard and beats() == quiet, "nobody lives, nothing goes"
            network.mobile.run("nft", "delete", "table", "inet", "dead")
        until(lambda: (back, "main") in words()[heard:], "what waited")
        until(lambda: _waiting(story) == 0, "all of it")
    said = [title for title, _ in words()[heard:]]
    assert [title for title in said if title.endswith("main")] == [down, back]
    assert len(said) == len(set(said)), "nothing twice"


def _waiting(story: Story) -> int:
    box = Outbox(story.case / "watch")
    try:
        return box.waiting()
    finally:
        box.close()
