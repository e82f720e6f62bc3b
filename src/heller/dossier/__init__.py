"""Wording, figures, typesetting. It knows the claim and computes nothing.

`compose` says everything once, in one language; `typeset` makes the PDF of it; `claim_json` is the
claim for programs. Imports are lazy: whoever only needs the wording does not load the press.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heller.dossier.blocks import Dossier as Dossier
    from heller.model.claim import Claim

__all__ = ["Dossier", "claim_json", "compose", "typeset"]


def compose(claim: Claim, lang: str, *, inner: bool = False) -> Dossier:
    """What the dossier prints. `inner`: the paper for the firm and its lawyer instead. Pure."""
    from heller.dossier import outline

    return outline.compose(claim, lang, inner=inner)


def typeset(dossier: Dossier, originals: Mapping[str, bytes]) -> bytes:
    """The dossier as PDF/A-3b and PDF/UA-1; `originals` by digest. The same bytes every time."""
    from heller.dossier import typesetting

    return typesetting.typeset(dossier, originals)


def claim_json(claim: Claim) -> dict[str, object]:
    """The claim for programs, after the schema heller-claim/1. Pure."""
    from heller.dossier import machine

    return machine.claim_json(claim)


def __getattr__(name: str) -> object:
    if name == "Dossier":
        from heller.dossier.blocks import Dossier

        return Dossier
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
