"""Statements in other versions and wrappings: camt up to version 13, files of a day in an archive."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.intake.tables import BERLIN, blob

from heller import intake
from heller.intake import as_plain
from heller.model.value import Support


def camt(
    day: int, opening: int, entries: list[int], version: str = "053.001.08", root: str = "Stmt"
) -> bytes:
    """A statement of one day; amounts in whole euros, the status as a code since version 08."""
    message = {"Stmt": "BkToCstmrStmt", "Rpt": "BkToCstmrAcctRpt", "Ntfctn": "BkToCstmrDbtCdtNtfctn"}[root]

    def way(amount: int) -> str:
        return "CRDT" if amount >= 0 else "DBIT"

    def balance(code: str, amount: int) -> str:
        return (
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{abs(amount)}</Amt>"
            f"<CdtDbtInd>{way(amount)}</CdtDbtInd><Dt><Dt>2015-02-{day:02}</Dt></Dt></Bal>"
        )

    rows = "".join(
        f"<Ntry><Amt Ccy='EUR'>{abs(e)}</Amt><CdtDbtInd>{way(e)}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>"
        f"<BookgDt><Dt>2015-02-{day:02}</Dt></BookgDt></Ntry>"
        for e in entries
    )
    balances = balance("OPBD", opening) + balance("CLBD", opening + sum(entries)) if root == "Stmt" else ""
    return (
        f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.{version}'><{message}><GrpHdr><MsgId>1</MsgId></GrpHdr>"
        f"<{root}><Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>{balances}{rows}</{root}>"
        f"</{message}></Document>"
    ).encode()


def packed(*files: bytes) -> bytes:
    """An archive with these files in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, data in enumerate(files):
            archive.writestr(f"{number}.xml", data)
    return out.getvalue()


@pytest.mark.parametrize("version", [f"053.001.{n:02}" for n in range(1, 14)])
def test_every_version_of_camt_says_the_same(version: str) -> None:
    """The namespace is another in each version, the elements are found by their names."""
    (found,) = as_plain.documents(intake.read(blob(camt(4, 100, [-30, 5], version), "x.xml"), BERLIN))
    said = {key: found.values[key].value for key in ("entries", "credit", "debit", "opening", "closing")}
    assert said == {"entries": 2, "credit": "5.00", "debit": "30.00", "opening": "100.00", "closing": "75.00"}
    assert found.values["debit"].grade is Support.PROVEN


@pytest.mark.parametrize(("version", "root"), [("052.001.13", "Rpt"), ("054.001.13", "Ntfctn")])
def test_reports_and_notifications_have_no_balance_to_prove(version: str, root: str) -> None:
    """What they state is counted and not called proven."""
    (found,) = as_plain.documents(intake.read(blob(camt(4, 0, [-30], version, root), "x.xml"), BERLIN))
    assert (found.values["entries"].value, found.values["entries"].grade) == (1, Support.COMPUTED)
    assert found.warnings == ()


@pytest.mark.parametrize("order", [1, -1])
def test_the_days_of_an_account_in_an_archive_are_one_statement(order: int) -> None:
    """Three days, oldest or newest first: opening of the first, closing of the last, proven as a whole."""
    days = [camt(4, 100, [-30]), camt(5, 70, [10, 10]), camt(6, 90, [-1])][::order]
    (found,) = as_plain.documents(intake.read(blob(packed(*days), "x.zip"), BERLIN))
    assert (found.values["opening"].value, found.values["closing"].value) == ("100.00", "89.00")
    assert found.values["entries"].value == 4
    assert found.values["closing"].grade is Support.PROVEN


def test_two_exports_of_the_same_days_are_not_added_up() -> None:
    """The same entries in two files of an archive are two documents, so that nothing counts twice."""
    twice = [camt(4, 100, [-30]), camt(4, 100, [-30])]
    found = as_plain.documents(intake.read(blob(packed(*twice), "x.zip"), BERLIN))
    assert [document.values["debit"].value for document in found] == ["30.00", "30.00"]
