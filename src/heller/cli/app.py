"""Puts the verbs together, chooses the language, and turns errors into words and exit codes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, cast

import cyclopts

from heller.cli import screen, usage, verbs
from heller.cli.screen import tr
from heller.model.errors import HellerError
from heller.model.text import Text, text

if TYPE_CHECKING:
    from rich.console import Console

USAGE, DEFECT, INTERRUPTED = 2, 1, 130

VERBS: dict[str, Text] = {
    "open": text("Make a case folder."),
    "add": text("Take files into a case: receipts, logs, mails, tables."),
    "note": text("Write down a contact, a promise, a fact, what a receipt is for, or a correction."),
    "estimate": text("A first estimate from five answers, and the notice to the provider ready to send."),
    "show": text("Where the case stands, what to do next, what is missing."),
    "inbox": text("What waits for a person: values read from paper, doubles, receipts without a purpose."),
    "decide-reading": text("Confirm or correct what was read from a receipt; tell doubles apart."),
    "read": text("What one file says, without a case: values with place and grade, doubts."),
    "profile": text("Which column of an unknown bank table is which: proposal, preview, saved layout."),
    "watch": text("Watch a line: probes every second over every uplink, kept and sealed in the case."),
    "outages": text("The outage: its bounds, blind spans, competing ends, cause."),
    "accept": text("The acceptance test when a technician says that the line works."),
    "speed": text("Throughput against what was promised; the authority's campaign planned."),
    "assess": text("The damage, head by head, in two worlds."),
    "missing": text("Which proof would raise the sum, by how much, until when it can be had."),
    "mitigation": text("What a day of the outage cost, what could be done, what waiting cost."),
    "margin": text("The contribution margin: account by account, variable or fixed."),
    "claim": text("Who owes what: from the damage to money in hand, step by step."),
    "decide": text("Settle or sue: the offer, the odds, the costs, the sum to sue for."),
    "questions": text("What is not stated yet, and the euros that hang on each answer."),
    "deadlines": text("The deadlines of a case: rule, computation, what happens when they pass."),
    "dossier": text("Typeset the dossier and seal the bundle."),
    "open-field": text("Open closed fields of a bundle to one person."),
    "stamp": text("Have the case stamped by third parties; without a line, as a text and a QR code."),
    "renew": text("Carry the stamps on before certificates end or digests grow weak (RFC 4998)."),
    "verify": text("Check a bundle: every digest, every entry, every figure, every page."),
    "journal": text("What is in the journal and since when; anchors, and proofs for others."),
    "erase": text("Erase what an entry says, for good; that it was there stays."),
    "serve": text("Open the case in the browser, on this machine only."),
    "law": text("Single questions of law without a case: interest, fees, lump sums, cap, limitation, court."),
    "demo": text("Run the case of February 2015 from files to a verified bundle."),
}


def app() -> cyclopts.App:
    """The verbs, each imported only when it is called."""
    made = cyclopts.App(
        name="heller",
        help=tr("Proves an outage, works out the damage to the last cent, says who owes it."),
        help_epilogue=tr("Every verb takes --lang de or --lang en. The first step: heller demo"),
        version=_version,
        help_format="plaintext",
        error_formatter=usage.words_for,
        default_parameter=cyclopts.Parameter(negative=()),
        group_parameters=tr("Parameters"),
        console=cast("Console", screen.Late(screen.out)),
        error_console=cast("Console", screen.Late(screen.err)),
        exit_on_error=False,
        print_error=True,
        result_action="return_value",
        suppress_keyboard_interrupt=False,
    )
    made["--help"].help = tr("Show this help.")
    made["--version"].help = tr("Show the version.")
    return verbs.add(made, "heller.cli", VERBS)


def _version() -> str:
    from importlib.metadata import version

    return f"heller {version('heller')}"


def run(argv: list[str]) -> int:
    """Run one command line; returns the exit code."""
    try:
        argv = screen.choose_language(argv)
        result = app()(argv, exit_on_error=False, print_error=True)
        sys.stdout.flush()
    except HellerError as error:
        screen.show_error(error)
        return error.exit_code
    except cyclopts.CycloptsError:
        return USAGE
    except KeyboardInterrupt:
        screen.err().print(tr("Interrupted. What was acknowledged is kept; the case is whole."))
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_gone()
    except SystemExit as end:  # rich ends this way when the reader of a pipe goes away
        if isinstance(end.__context__, BrokenPipeError):
            return _reader_gone()
        raise
    except Exception as error:  # the last door: a defect of ours is said, not thrown at people
        if os.environ.get("HELLER_DEBUG"):
            raise
        screen.show_defect(error)
        return DEFECT
    return result if isinstance(result, int) else 0


def _reader_gone() -> int:
    """Whoever read our output has enough; nothing is wrong."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
