"""Changes the rules that decide one word at a time, runs their tests, and prints what no test noticed.

A mutant is one operator, comparison, condition or constant that says something else. Each runs in a process of its
own, which reads the changed text in the place of the file; nothing is written. What survives needs a word in
`tools/mutants.toml` why it makes no difference; more than 5 in 100, or one without a word, and the run fails. It
changes no sentence said to people, no name and no type, and it does not look for missing code.

    python tools/mutants.py [part of a path]
"""

from __future__ import annotations

import ast
import contextlib
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

TOP = Path(__file__).parents[1]
WORDS = TOP / "tools" / "mutants.toml"
MOST = 0.05  # of all mutants may survive
PATIENCE = 4.0  # times as long as the tests take unchanged; a mutant that hangs is noticed
WORKERS = 2

RULES: dict[str, tuple[str, ...]] = {
    "outage/verdict.py": ("tests/outage/test_strength.py", "tests/outage/test_worlds.py"),
    "outage/measured.py": (
        "tests/outage/test_strength.py",
        "tests/outage/test_worlds.py",
        "tests/outage/test_families.py",
        "tests/outage/test_slowness.py",
    ),
    "outage/evidence/reports.py": ("tests/outage/test_strength.py", "tests/outage/test_report_words.py"),
    "journal/checking/check.py": ("tests/journal/test_check.py",),
    "damage/ledger.py": ("tests/damage/test_ledger.py",),
    "model/money.py": ("tests/model/test_money.py",),
    "law/de/lumpsums.py": (
        "tests/law/test_lump_sum_defaults.py",
        "tests/law/test_oracles.py",
        "tests/law/test_calendar.py",
    ),
}

NEAR: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OTHER: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
}


class Mutant(NamedTuple):
    """One change: the file, its line, the code as it stands and as it is read, and the whole changed tree."""

    path: str
    line: int
    before: str
    after: str
    tree: ast.Module

    @property
    def change(self) -> str:
        """How the list of survivors names it: no number of a line, which the next edit would move."""
        return f"{self.before} -> {self.after}"


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of a node."""
    if isinstance(node, ast.Compare) and len(node.ops) >= 1:
        for n, op in enumerate(node.ops):
            for other in NEAR[type(op)]:
                yield ast.Compare(node.left, [*node.ops[:n], other(), *node.ops[n + 1 :]], node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        for n in range(len(node.values)):
            rest = [*node.values[:n], *node.values[n + 1 :]]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in OTHER:
        yield ast.BinOp(node.left, OTHER[type(node.op)](), node.right)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and node.value:
        yield ast.Constant(node.value[:-1])


def whole(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None]]:
    """The places in which a node holds others: the holder, its field, the place in a list. Left out are what is
    said to people, docstrings, annotations, imports and base classes."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "bases", "keywords") and not isinstance(node, ast.Call):
            continue
        for n, child in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(child, ast.AST) or isinstance(child, ast.Import | ast.ImportFrom):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue
            if isinstance(child, ast.Call) and isinstance(child.func, ast.Name) and child.func.id == "text":
                continue
            if isinstance(child, ast.JoinedStr) or (isinstance(node, ast.Raise) and name == "exc"):
                continue  # words of errors
            yield node, name, n if isinstance(value, list) else None
            yield from whole(child)


def mutants(path: str) -> Iterator[Mutant]:
    """Every change of a file, in the order of its lines."""
    tree = ast.parse((TOP / "src" / "heller" / path).read_text("utf-8"))
    for holder, name, n in list(whole(tree)):
        value = getattr(holder, name)
        node = value if n is None else value[n]
        bare = isinstance(holder, ast.If | ast.IfExp | ast.While) and name == "test"
        others = list(changes(node))
        if bare and not isinstance(node, ast.Compare | ast.BoolOp | ast.UnaryOp):
            others.append(ast.UnaryOp(ast.Not(), node))
        for other in others:
            other = ast.copy_location(copy.copy(other), node)
            _put(holder, name, n, other)
            changed = ast.fix_missing_locations(copy.deepcopy(tree))
            _put(holder, name, n, node)
            yield Mutant(path, getattr(node, "lineno", 0), _near(holder, node), ast.unparse(other), changed)


def _put(holder: ast.AST, name: str, n: int | None, node: ast.AST) -> None:
    if n is None:
        setattr(holder, name, node)
    else:
        getattr(holder, name)[n] = node


def _near(holder: ast.AST, node: ast.AST) -> str:
    """The code of a node; of a bare constant with what stands around it."""
    if isinstance(node, ast.Constant) and isinstance(
        holder, ast.expr | ast.Assign | ast.keyword | ast.Return
    ):
        return f"{ast.unparse(node)} in {ast.unparse(holder)[:80]}"
    return ast.unparse(node)


class Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Serves one module from a tree instead of its file."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(
        self, fullname: str, path: object, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module's place, for its own name only."""
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def create_module(self, spec: object) -> None:
        """As every module is made."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed tree."""
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def child(tests: Sequence[str], path: str, tree: ast.Module | None) -> int:
    """A process that runs the tests, quietly; 0 where all of them hold."""
    made = os.fork()
    if made:
        return made
    code = 3
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.dont_write_bytecode = True
        if tree is not None:
            place = TOP / "src" / "heller" / path
            sys.meta_path.insert(0, Instead("heller." + path[:-3].replace("/", "."), place, tree))
        import pytest

        code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tests]))
    finally:
        os._exit(code)


def warm() -> None:
    """What all runs need and nobody changes is imported once; properties draw less and shrink nothing."""
    for name in ("polars", "numpy", "msgspec", "babel.dates", "lxml.etree", "pytest", "hypothesis"):
        importlib.import_module(name)
    from hypothesis import Phase, settings

    phases = (Phase.explicit, Phase.generate)
    settings.register_profile(
        "mutants", phases=phases, database=None, deadline=None, derandomize=True, max_examples=30
    )
    settings.load_profile("mutants")


def run(path: str, tests: Sequence[str]) -> tuple[int, list[Mutant]]:
    """How many mutants there are, and those that no test noticed. Raises SystemExit where the tests fail as it is."""
    began = time.monotonic()
    if os.waitstatus_to_exitcode(os.waitpid(child(tests, path, None), 0)[1]) != 0:
        raise SystemExit(f"{path}: {' '.join(tests)} fail without a change")
    patience = max(10.0, PATIENCE * (time.monotonic() - began))
    waiting = list(mutants(path))[::-1]
    left: list[Mutant] = []
    running: dict[int, tuple[Mutant, float]] = {}
    number = len(waiting)
    while waiting or running:
        while waiting and len(running) < WORKERS:
            one = waiting.pop()
            running[child(tests, path, one.tree)] = (one, time.monotonic())
        done, status = os.waitpid(-1, os.WNOHANG)
        if done in running:
            one, _ = running.pop(done)
            if os.waitstatus_to_exitcode(status) == 0:
                left.append(one)
            continue
        for process, (_, since) in list(running.items()):
            if time.monotonic() - since > patience:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
        time.sleep(0.02)
    return number, sorted(left, key=lambda one: one.line)


def main(part: str) -> int:
    """Run the mutants of every file whose path holds `part`; 1 where too many survive, or one without a word."""
    os.chdir(TOP)
    words = tomllib.loads(WORDS.read_text("utf-8")) if WORDS.exists() else {}
    warm()
    every = survived = silent = 0
    for path, tests in RULES.items():
        if part not in path:
            continue
        number, left = run(path, tests)
        every, survived = every + number, survived + len(left)
        print(f"{path}: {number} mutants, {len(left)} survive", flush=True)
        known = words.get(path, {})
        for one in left:
            word = known.get(one.change, "")
            silent += not word
            print(f"  line {one.line}: {one.change}\n    {word or 'NO WORD'}", flush=True)
        for gone in sorted(set(known) - {one.change for one in left}):
            print(f"  no longer survives, its word can go: {gone}")
    share = survived / max(1, every)
    print(
        f"{every} mutants, {survived} survive ({share:.1%}; at most {MOST:.0%}), {silent} of them without a word"
    )
    return int(share > MOST or silent > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
