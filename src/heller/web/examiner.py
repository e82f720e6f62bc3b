"""The other side's desk in the browser: one bundle that was verified, and nothing of any case folder."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest

from heller.casefile.examination import Examination
from heller.model.claim import Claim
from heller.web.desk import Desk
from heller.web.guard import EXAMINED

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class ExaminerDesk(Desk):
    """One request's view of a bundle; raises Http404 where the server shows none."""

    exhibit_root = "/desk"

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        if EXAMINED not in request.META:
            raise Http404
        self.examination: Examination = request.META[EXAMINED]
        self.signer: Ed25519PrivateKey | None = request.META.get("heller.signer")

    @cached_property
    def claim(self) -> Claim:
        """The claim as the bundle shows it to the other side."""
        return self.examination.claim
