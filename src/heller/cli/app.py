"""Puts the verbs together, chooses the language, and turns errors into words and exit codes."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, cast

from heller.cli import first_page, screen, verbs
from heller.cli.screen import tr
from heller.journal.disk import head
from heller.journal.places import JOURNAL
from heller.machine.files import open_handle
from heller.model.errors import HellerError, InputRefused
from heller.model.text import text
from heller.model.visible import readable

if TYPE_CHECKING:
    import cyclopts
    from rich.console import Console

HOME = "heller.cli"  # where the verbs are
USAGE, DEFECT, INTERRUPTED = 2, 1, 130
NO_WAY = (errno.ENAMETOOLONG, errno.ELOOP, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS)  # to a file


def app() -> cyclopts.App:
    """The verbs, each imported only when it is called."""
    import cyclopts

    from heller.cli import usage

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
    return verbs.add(made, HOME)


def _version() -> str:
    from importlib.metadata import version

    return f"heller {version('heller')}"


def run(argv: list[str]) -> int:
    """Run one command line; returns the exit code."""
    heads = _heads(argv)
    try:
        argv = screen.choose_language([arg if os.path.lexists(arg) else readable(arg) for arg in argv])
        argv = argv or ["start"]
        if argv[:1] == ["note"]:
            from heller.cli.note import ordered

            argv = ordered(argv)
        result = _said(argv)
        sys.stdout.flush()
    except HellerError as error:
        screen.show_error(error, changed=bool(heads) and _heads(argv) != heads)
        return error.exit_code
    except KeyboardInterrupt:
        return _interrupted(heads)
    except BrokenPipeError:
        return _reader_gone()
    except OSError as error:
        if (refused := _no_way(error, argv)) is None:
            return _defect(error, argv, heads)
        screen.show_error(refused)
        return refused.exit_code
    except SystemExit as end:  # rich ends this way when the reader of a pipe goes away
        if isinstance(end.__context__, BrokenPipeError):
            return _reader_gone()
        raise
    except Exception as error:
        if isinstance(
            error.__cause__, KeyboardInterrupt
        ):  # it came while a class of a library was being made
            return _interrupted(heads)
        return _defect(error, argv, heads)
    code = result if isinstance(result, int) else 0
    return code or (_beside(heads) if heads else 0)


def _interrupted(heads: Mapping[str, tuple[int, bytes]]) -> int:
    screen.err().print(tr("Interrupted. What was acknowledged is kept; the case is whole."))
    _what_is_in(heads)
    return INTERRUPTED


def _said(argv: list[str]) -> object:
    """Say the first page, or do what a verb does."""
    if argv in first_page.ASKED_FOR:
        sys.stdout.write(first_page.first_page(HOME))
        return None
    import cyclopts

    try:
        return app()(argv, exit_on_error=False, print_error=True)
    except cyclopts.CycloptsError:
        return USAGE


def _defect(error: Exception, argv: list[str], heads: Mapping[str, tuple[int, bytes]]) -> int:
    """The last door: a defect of ours is said, not thrown at people."""
    if os.environ.get("HELLER_DEBUG"):
        raise error
    screen.show_defect(error, changed=_heads(argv) != heads if heads else None)
    return DEFECT


def _no_way(error: OSError, argv: list[str]) -> InputRefused | None:
    """The refusal of a path that was typed and leads nowhere: too long, in a circle, through a file, not allowed."""
    at = str(Path(os.fsdecode(error.filename)).absolute()) if error.filename else ""
    if error.errno not in NO_WAY or not any(arg and at.startswith(str(Path(arg).absolute())) for arg in argv):
        return None
    return InputRefused(
        text("{path} cannot be used: {reason}.", path=readable(at), reason=error.strerror or ""),
        text("It was named in the command; nothing of it was read or written."),
        text("Check the name, and that you may use what lies there."),
    )


def _what_is_in(before: Mapping[str, tuple[int, bytes]]) -> None:
    """After an interruption: which entries were written by this command, and how the group is taken back."""
    for folder, (length, _) in before.items():
        lines = (Path(folder) / JOURNAL).read_bytes()
        first, last = lines[:length].count(b"\n"), lines.count(b"\n") - 1
        if first > last:
            said = text("Nothing of it is in the case {folder}.", folder=folder)
        else:
            said = text(
                "Entries {first} to {last} of it are in the case {folder}. Take them back with: heller note {folder} "
                "correct {first}-{last} WHY",
                first=first,
                last=last,
                folder=folder,
            )
        screen.err().print(screen.words()(said), soft_wrap=True)


def _beside(heads: Iterable[str]) -> int:
    """What lies in the cases beside what was read: an end that is not whole, other versions of the journal. It is
    said once, and the exit code tells of an end."""
    from heller.journal import refusal, store
    from heller.journal.places import conflict_copies

    code = 0
    for folder in map(Path, heads):
        if (torn := store.end_of(folder)) is not None:
            screen.show_error(error := refusal.unfinished(folder, torn))
            code = error.exit_code
        elif copies := conflict_copies(folder):
            said = text(
                "Beside the journal of {folder} lies another version of it: {names}. Nothing of it was read. What it "
                "holds says: heller journal compare",
                folder=str(folder),
                names=", ".join(copies),
            )
            screen.err().print(screen.words()(said), style="yellow", soft_wrap=True)
    return code


def _heads(argv: list[str]) -> dict[str, tuple[int, bytes]]:
    """The journals that a command line names, each with its head."""
    return {arg: found for arg in argv if (found := head(Path(arg)))[0]}


def _reader_gone() -> int:
    """Whoever read our output has enough; nothing is wrong."""
    os.dup2(open_handle(Path(os.devnull), os.O_WRONLY), sys.stdout.fileno())
    return 0
