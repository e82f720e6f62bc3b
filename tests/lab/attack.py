"""The list of attacks: each a function with a name, a sentence, and who finds it."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from tests.lab.forger import Forger

FOUND, MISSED = "found", "missed"


class Attack(Struct, frozen=True):
    """One kind of attack. `heller`, `script` and `shell` are what each of them is expected to say; `kept`
    what heller says to somebody who holds an earlier tree head, or a root of his own. `why` explains what
    is missed, `unchecked` is what a smaller verifier that misses it says that it did not check, `says` what
    heller says beside it where it is no breach; `shut`: it is an attack on a bundle with closed fields; `plain`: on
    one that nobody stamped, so that nothing but what is forged can contradict the forger."""

    name: str
    group: str
    sentence: str
    forge: Callable[[Forger], bytes]
    heller: str = FOUND
    script: str = FOUND
    shell: str = FOUND
    kept: str = ""
    why: str = ""
    unchecked: str = ""
    shut: bool = False
    says: str = ""
    plain: bool = False


ATTACKS: list[Attack] = []


def attack(
    group: str,
    name: str,
    *,
    heller: str = FOUND,
    script: str = FOUND,
    shell: str = FOUND,
    kept: str = "",
    why: str = "",
    unchecked: str = "",
    shut: bool = False,
    says: str = "",
    plain: bool = False,
) -> Callable[[Callable[[Forger], bytes]], Callable[[Forger], bytes]]:
    """Register an attack; its docstring is its sentence."""

    def take(forge: Callable[[Forger], bytes]) -> Callable[[Forger], bytes]:
        said = (forge.__doc__ or "").strip()
        ATTACKS.append(
            Attack(name, group, said, forge, heller, script, shell, kept, why, unchecked, shut, says, plain)
        )
        return forge

    return take
