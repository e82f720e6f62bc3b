"""Whatever is typed into any option of any verb, and into any form of a note: a word, a refusal, an entry; never a
fault of the program, never a sign that steers the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cyclopts
import pytest
from tests.mouths.strange import all_at_once, steering
from tests.mouths.test_every_mouth import said

from heller import casefile
from heller.cli import app
from heller.dossier.letters import letters
from heller.intake.written.typed_record import asked, forms
from heller.journal import store
from heller.model.kinds import kinds
from heller.model.record_field import RecordField
from heller.model.value_form import ValueKind
from heller.watch import loop, throughput
from heller.watch.plan import Plan

ENDLESS = {"serve", "start", "demo", "watch"}  # they are tried elsewhere
PLAIN = {  # what is right for an option while another one is strange
    "number": "3", "exhibit": "1", "entry": "3", "thing": "#3", "line": "1", "one": "1", "other": "2",
    "id": "de-286-bgb", "amount": "100", "fee": "50", "reported": "04.02.2015", "restored": "07.02.2015",
    "on": "04.02.2015", "fault": "intent", "value": "5000", "from": "04.02.2015", "to": "07.02.2015", "length": "14",
    "knew": "2015", "due": "2015", "event": "04.02.2015", "said": "Die Leitung geht.", "down": "50", "offline": "",
}  # fmt: skip
TYPED = {
    ValueKind.MONEY: "500,00", ValueKind.SHARE: "38 %", ValueKind.SHARES: "40 %", ValueKind.YES_NO: "yes",
    ValueKind.DATE: "04.02.2015", ValueKind.MOMENT: "04.02.2015 09:30", ValueKind.NUMBER: "2", ValueKind.COUNTRY: "AT",
}  # fmt: skip
ODD = all_at_once()
FORMS = forms(tuple(kinds().values()))


def commands(
    found: cyclopts.App, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], cyclopts.App]]:
    """Every verb, those inside others too."""
    for name in (one for one in found if not one.startswith("-")):
        verb = found[name]
        if any(not one.startswith("-") for one in verb):
            yield from commands(verb, (*path, name))
        if verb.default_command is not None:
            yield (*path, name), verb


VERBS = {" ".join(path): verb for path, verb in commands(app.app()) if path[0] not in ENDLESS}


def opened(home: Path) -> Path:
    """A case with one exhibit."""
    casefile.open_case(home / "case")
    (home / "odd.txt").write_text("Zeile")
    casefile.add(home / "case", [home / "odd.txt"])
    return home / "case"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that is filled by these tests."""
    return opened(tmp_path_factory.mktemp("verbs"))


@pytest.fixture(autouse=True)
def no_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody is asked: a test of the line is over at once, and an authority is none that answers; what belongs into
    a home lies in another one."""
    monkeypatch.setenv("HOME", str(tmp_path))

    async def over(plan: Plan, listener: Any, *more: Any) -> None:
        for target in plan.targets:
            listener.target(target)

    def unreachable(*told: Any) -> Any:
        raise OSError("no network in this test")

    monkeypatch.setattr(loop, "run", over)
    monkeypatch.setattr(throughput, "public_address", lambda url, source="": "")
    monkeypatch.setattr("socket.create_connection", unreachable)
    monkeypatch.setattr("socket.getaddrinfo", unreachable)


def passes(*argv: str) -> int:
    """Run it; it is no fault of the program and steers nothing. Returns the exit code."""
    code, printed = said(*argv)
    assert code != app.DEFECT and "defect" not in printed, (argv[:3], printed[:800])
    assert not steering(printed), argv[:3]
    return code


@pytest.mark.parametrize("name", VERBS)
def test_every_option_of_every_verb_takes_any_text(name: str, tmp_path: Path) -> None:
    """One strange option at a time, the needed ones plain."""
    case = opened(tmp_path)
    whole = [one for one in VERBS[name].assemble_argument_collection() if one.parse and one.name != "*"]
    needed = {one.name: _plain(one.name.lstrip("-"), str(one.hint), case) for one in whole if one.required}
    for one in whole:
        if "str" in str(one.hint) or "Path" in str(one.hint):
            plain = [part for key, word in needed.items() if key != one.name for part in (key, word)]
            passes(*name.split(), *plain, one.name, ODD)
    assert store.inspect(case).breaches == ()


def _plain(option: str, hint: str, case: Path) -> str:
    if "Path" in hint:
        return str(case if option in ("case", "one", "other") else case.parent / "odd.txt")
    return PLAIN.get(option, "1")


@pytest.mark.parametrize("form", [form.name for _, form in FORMS])
def test_every_form_of_a_note_takes_any_text_in_its_text_fields(form: str, case: Path) -> None:
    """All text fields strange, the others as they are asked for: what is refused is refused in words."""
    kind, found = next(one for one in FORMS if one[1].name == form)
    fields = {field.name: field for field in asked(kind, found)}
    words = [_typed(fields[name]) for name in found.words]
    options = [f for name, f in fields.items() if name not in found.words and not f.flag]
    more = [part for field in options for part in (f"--{field.typed_as.replace('_', '-')}", _typed(field))]
    passes("note", str(case), form, *words, *more)
    assert store.inspect(case).breaches == ()


def _typed(field: RecordField) -> str:
    if field.answers is not None:
        value = next(iter(field.answers.names))
        return str(getattr(value, "value", value))
    return ODD if field.many else TYPED.get(field.kind, ODD)


def test_the_verbs_with_inputs_of_their_own(case: Path, tmp_path: Path) -> None:
    """Estimate, acceptance, watch, stamps: what is typed there is kept and printed like any other text."""
    answers = ["--since", "04.02.2015 08:12", "--people", "5", "--hour", "40", "--revenue", "2000", "--share", "80 %",
               "--margin", "38 %", "--trade", ODD]  # fmt: skip
    passes("estimate", str(case), *answers)
    passes("estimate", str(case), *answers[:-2])
    told = ["--said", ODD, "--by", ODD, "--channel", ODD, "--at", "04.02.2015 08:35"]
    assert passes("accept", str(case), *told, "--pdf", str(tmp_path / "note.pdf")) == 10
    config = tmp_path / "watch.toml"
    config.write_bytes(_config())
    passes("accept", str(case), *told, "--config", str(config))
    for options in (["--look"], ["--seal"], ["--look", "--json"]):
        passes("watch", str(case), *options)
    passes("stamp", str(case), "--offline", "--given", ODD, "--channel", ODD, "--read-back", ODD)
    assert (case / "stamping.json").exists() is False
    for verb in ("show", "journal show", "questions", "claim", "deadlines", "missing", "mitigation", "inbox"):
        passes(*verb.split(), str(case))


def _config() -> bytes:
    """A watch over a line of that name, to a target of that name."""
    name = ODD.encode("utf-8", "replace").decode().replace("\\", "").replace('"', "").replace("'", "")
    plain = "".join(sign for sign in name if sign >= " " and sign != "\x7f" and not 0x7F <= ord(sign) < 0xA0)
    return (
        f'[[uplink]]\nname = "{plain}"\n[[target]]\naddress = "192.0.2.1"\nname = "{plain}"\nnetwork = "{plain}"\n'
    ).encode()


@pytest.mark.parametrize("name", letters())
def test_every_letter_takes_any_text(name: str, case: Path, tmp_path: Path) -> None:
    """As text, for the mail program, for machines, as PDF."""
    passes("letter", str(case), name, "--for", ODD, "--mail")
    passes(
        "letter",
        str(case),
        name,
        "--for",
        ODD,
        "--pdf",
        str(tmp_path / "letter.pdf"),
        "--sent",
        ODD,
        "--proof",
        ODD,
    )


def test_the_dossier_of_all_of_it_is_made_and_holds(case: Path) -> None:
    """With all that these tests wrote; it says nothing that turns the reading."""
    built = casefile.build(case, datetime(2015, 6, 30, tzinfo=UTC).date(), "en")
    assert built.pdf.read_bytes().startswith(b"%PDF") and casefile.verify_bundle(built.bundle).holds
    assert len(casefile.entries(case).entries) > 40
