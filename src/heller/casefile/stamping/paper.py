"""A document time stamp, or a signature with one, on a PDF.

The stamped PDF is a new file: the untouched one, a line end where it has none, and an incremental update. So
the pages can still be made again and compared byte by byte with its beginning. The line end is needed for
PDF/A: without it the update's first object would not stand at the start of a line (ISO 19005-3, 6.1.9).
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from msgspec import Struct

from heller.casefile.stamping import ask_revocation, shelf
from heller.casefile.stamping.run import Run
from heller.casefile.stamping.settings import Authority, load, trust_of
from heller.casefile.stamping.wire import PATIENCE, NoAnswer, ask
from heller.casefile.stamping.work import QUERY
from heller.journal import store
from heller.journal.asn1 import TimeStampResp, crl, ocsp, tsp, x509
from heller.journal.stamps import token
from heller.journal.stamps.refusal import TokenRefused
from heller.model.errors import InputRefused
from heller.model.text import Text, text

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.timestamps import TimeStamper
    from pyhanko_certvalidator import ValidationContext

DIGEST = "sha256"


class Key(Struct, frozen=True):
    """A signing key: a PKCS#12 file, or a token behind a PKCS#11 library with its label. `secret` is the
    passphrase or PIN."""

    path: Path
    secret: str
    token: str = ""
    label: str = ""


def stamp_pdf(
    folder: Path,
    path: Path,
    key: Key | None = None,
    progress: Callable[[Text], None] = lambda said: None,
    patience: float = PATIENCE,
) -> Path:
    """A copy of a PDF with a document time stamp beside it (`NAME-stamped.pdf`), or with a PAdES signature
    and its time stamp (`NAME-signed.pdf`) where a key is given. Raises InputRefused where no authority
    gives a stamp that holds, or the file or key cannot be used."""
    store.require_case(folder)
    run = Run(folder, load(folder), trust_of(folder), patience=patience)
    data = _pdf_at(path)
    whole = data if data.endswith(b"\n") else data + b"\n"
    progress(text("Asking for time stamps"))
    said = text("No authority stamps this case yet.")
    for authority in sorted(run.settings.authorities, key=lambda a: not a.qualified):
        try:
            made = _stamped_pdf(run, authority, whole, key)
        except (NoAnswer, TokenRefused) as error:
            said = error.why
            continue
        out = path.with_name(f"{path.stem}-{'signed' if key else 'stamped'}.pdf")
        shelf.keep(out, made)
        return out
    raise _refused(said, text("Name another authority with: heller stamp CASE --tsa URL --root CERTIFICATE"))


def _stamped_pdf(run: Run, authority: Authority, whole: bytes, key: Key | None) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError

    stamper = _stamper(run, authority)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(whole))
        context = _context(run, stamper)
        made = _stamped(writer, stamper, context) if key is None else _signed(writer, stamper, context, key)
    except PdfError as error:
        raise _refused(text("The PDF cannot be stamped: {reason}.", reason=str(error))) from error
    if not made.startswith(whole):
        raise AssertionError("the stamped PDF does not begin with the PDF")
    return made


def _stamper(run: Run, authority: Authority) -> TimeStamper:
    """pyHanko's way to an authority, through our own door and our own checks."""
    from pyhanko.sign.timestamps import TimeStamper

    class Ours(TimeStamper):
        async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
            # Our check of the chain runs a loop of its own, so it needs a thread of its own.
            return TimeStampResp.load(await asyncio.to_thread(_answer, run, authority, bytes(req.dump())))

    made: Any = Ours
    return cast("TimeStamper", made())


def _answer(run: Run, authority: Authority, query: bytes) -> bytes:
    answer = ask(authority.url, query, QUERY, run.settings.sources, run.patience)
    token.answers(answer, query, run.trust)
    return answer


def _context(run: Run, stamper: TimeStamper) -> ValidationContext:
    """Roots, and what tells that the authority's certificate is not revoked, to be put into the PDF."""
    from pyhanko_certvalidator import ValidationContext

    bare = bytes(asyncio.run(stamper.async_dummy_response(DIGEST)).dump())
    _, info = token.open_token(bare)
    found = ask_revocation.gather(run, bare, info["gen_time"].native)
    return ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in run.trust.roots],
        other_certs=[x509.Certificate.load(der) for der in run.trust.others],
        crls=[crl.CertificateList.load(data) for place, data in found if not place.query],
        ocsps=[ocsp.OCSPResponse.load(data) for place, data in found if place.query],
        revocation_mode="soft-fail",
        retroactive_revinfo=True,
    )


def _stamped(writer: IncrementalPdfFileWriter, stamper: TimeStamper, context: ValidationContext) -> bytes:
    from pyhanko.sign.signers import PdfTimeStamper

    made = PdfTimeStamper(stamper).timestamp_pdf(writer, DIGEST, context, output=io.BytesIO())
    return bytes(made.getvalue())


def _signed(
    writer: IncrementalPdfFileWriter, stamper: TimeStamper, context: ValidationContext, key: Key
) -> bytes:
    """A PAdES signature with a time stamp in it (profile B-T)."""
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    about = PdfSignatureMetadata(field_name="Heller", md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES)
    with ExitStack() as opened:
        signer = _signer(key, opened)
        made: Any = PdfSigner(about, signer, timestamper=stamper).sign_pdf(writer, output=io.BytesIO())
    return bytes(made.getvalue())


def _signer(key: Key, opened: ExitStack) -> Any:
    if not key.token:
        from pyhanko.sign.signers import SimpleSigner

        loader: Any = SimpleSigner
        made = loader.load_pkcs12(str(key.path), passphrase=key.secret.encode())
        if made is None:
            raise _refused(text("The key in {name} cannot be opened.", name=str(key.path)))
        return made
    try:
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

        session: Any = open_pkcs11_session(
            str(key.path), token_criteria=TokenCriteria(label=key.token), user_pin=key.secret
        )
        opened.enter_context(session)
    except ImportError as error:
        do = text("Install it with: pip install python-pkcs11")
        raise _refused(text("Signing tokens need the package python-pkcs11."), do) from error
    except Exception as error:  # the library is the token maker's, and raises what it likes
        raise _refused(text("The token cannot be opened: {reason}.", reason=str(error))) from error
    # The digest is made here: some tokens (SoftHSM with elliptic curves) sign digests only.
    return PKCS11Signer(session, cert_label=key.label, key_label=key.label, use_raw_mechanism=True)


def _pdf_at(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise _refused(text("{name} cannot be read: {reason}.", name=str(path), reason=reason)) from error
    if not data.startswith(b"%PDF-"):
        raise _refused(text("{name} is no PDF.", name=str(path)))
    return data


def _refused(what: Text, do: Text | None = None) -> InputRefused:
    return InputRefused(
        what, text("Nothing was written; the case is as it was."), do or text("See: heller stamp --help")
    )
