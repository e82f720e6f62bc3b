"""Heller proves an outage, works out the damage and typesets the dossier. What programs may use is `heller.library`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heller.model.face import face

if TYPE_CHECKING:
    from heller.library import Overview, add, claim, open, show, verify

__all__ = ["Overview", "add", "claim", "open", "show", "verify"]

__getattr__ = face(__name__, {"library": tuple(__all__)})
