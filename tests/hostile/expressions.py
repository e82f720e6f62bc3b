"""Every regular expression of the program, and texts on which one that is not linear shows it.

Texts are made from the expression itself: the characters that its repetitions take, as many as are asked for,
behind what leads there and before what lets it fail.
"""

from __future__ import annotations

import ast
import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import sys
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

import heller

HOME = Path(heller.__file__).parent
CALLS = frozenset({"compile", "match", "search", "fullmatch", "sub", "subn", "findall", "finditer", "split"})
MOST = 100  # texts for one expression
MANY = 12  # repetitions from here on count as without end
ALPHABET = "a0 .,-:;/_\t\n\"'()<>=[]{}|#%&+*@!?€ÄAZzeSH"
CACHED = type(lru_cache(lambda: None))
ANYWHERE = frozenset({"search", "sub", "subn", "findall", "finditer", "split"})
STOP = "\x01"  # what no expression takes


class Expression(NamedTuple):
    """A pattern and its flags, where it stands, and whether it is looked for anywhere in a text or at its start."""

    pattern: str | bytes
    flags: int
    where: str
    anywhere: bool


def expressions() -> list[Expression]:
    """All of them: those that are compiled when modules are loaded, and those that stand in calls."""
    uses = _uses()
    found: dict[tuple[str | bytes, int], tuple[str, bool]] = {}
    for where, name, pattern, flags in (*_in_calls(), *_loaded()):
        home = where.partition(":")[0].removeprefix("heller.").replace(".", "/").removesuffix("/py")
        key = (pattern, flags)
        known = uses.get((home, name)) or uses.get(("", name)) or ({name} if name in CALLS else {"match"})
        before = found.get(key, (where, False))
        found[key] = (before[0], before[1] or bool(known & ANYWHERE))
    return [Expression(*key, where, anywhere) for key, (where, anywhere) in found.items()]


def _uses() -> dict[tuple[str, str], set[str]]:
    """What is asked of each name of an expression, by the file where that is, and wherever ('')."""
    found: dict[tuple[str, str], set[str]] = {}
    for path in sorted(HOME.rglob("*.py")):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in CALLS:
                home = node.value
                name = home.id if isinstance(home, ast.Name) else getattr(home, "attr", "")
                home_ = str(path.relative_to(HOME).with_suffix(""))
                for at in (home_, "") if not name.startswith("_") else (home_,):
                    found.setdefault((at, name), set()).add(node.attr)
    return found


def _in_calls() -> Iterator[tuple[str, str, str | bytes, int]]:
    for path in sorted(HOME.rglob("*.py")):
        if path.parent.name == "sheets":  # it is handed lines that openssl prints
            continue
        for node in ast.walk(_tree(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            home = node.func.value
            first = node.args[0]
            if not (isinstance(home, ast.Name) and home.id == "re" and node.func.attr in CALLS):
                continue
            if isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
                flags = [kw.value for kw in node.keywords if kw.arg == "flags"] + node.args[1:]
                yield f"{path.relative_to(HOME)}:{node.lineno}", _name(path, node), first.value, _flags(flags)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _name(path: Path, node: ast.Call) -> str:
    """The name that a call of `re.compile` gives its expression; the call itself where it is another one."""
    assert isinstance(node.func, ast.Attribute)
    if node.func.attr != "compile":
        return node.func.attr
    for one in _tree(path).body:
        targets = (
            one.targets
            if isinstance(one, ast.Assign)
            else [one.target]
            if isinstance(one, ast.AnnAssign)
            else []
        )
        value = getattr(one, "value", None)
        if targets and value is not None and value.lineno <= node.lineno <= (value.end_lineno or 0):
            return getattr(targets[0], "id", "")
    return ""


def _flags(nodes: list[ast.expr]) -> int:
    names = {n.attr for node in nodes for n in ast.walk(node) if isinstance(n, ast.Attribute)}
    return sum(getattr(re, name).value for name in names if isinstance(getattr(re, name, None), re.RegexFlag))


def _loaded() -> Iterator[tuple[str, str, str | bytes, int]]:
    """Patterns that lie in modules, in what they hold too."""
    for path in sorted(HOME.rglob("*.py")):
        parts = path.relative_to(HOME.parent).with_suffix("").parts
        if not {"__main__", "sheets"} & set(parts):
            import_module(".".join(parts).removesuffix(".__init__"))
    for name, module_ in sorted(sys.modules.items()):
        if name.startswith("heller."):
            for called, value in vars(module_).items():
                for pattern in _patterns(value, 3):
                    yield name, called, pattern.pattern, pattern.flags & ~re.UNICODE.value
    yield from _of_tables()


def _patterns(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        for item in (*value.keys(), *value.values()):
            yield from _patterns(item, depth - 1)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _patterns(item, depth - 1)
    elif depth and isinstance(value, Struct):
        for field in value.__struct_fields__:
            yield from _patterns(getattr(value, field, None), depth - 1)


def _of_tables() -> Iterator[tuple[str, str, str | bytes, int]]:
    """What functions keep of tables of words once they were asked."""
    for name, module in sorted(sys.modules.items()):
        if not name.startswith("heller."):
            continue
        for value in list(vars(module).values()):
            if isinstance(value, CACHED) and not value.__wrapped__.__code__.co_argcount:
                try:
                    kept = value()
                except Exception:  # it needs what is not there
                    continue
                for pattern in _patterns(kept, 4):
                    yield name, "search", pattern.pattern, pattern.flags & ~re.UNICODE.value


def texts(expression: Expression) -> Iterator[tuple[str, str, str]]:
    """What stands before, what is repeated, what follows: each makes a text of any length; the first `MOST`, for
    tables of words make expressions of hundreds of repetitions that are alike."""
    return islice(_all_texts(expression), MOST)


def _all_texts(expression: Expression) -> Iterator[tuple[str, str, str]]:
    pattern = expression.pattern
    said = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    tree = parser.parse(said, expression.flags & ~re.LOCALE.value)
    seen = set()
    for before, body in _repeats(tree, ""):
        for one in dict.fromkeys((body, *_common(tree))):
            for lead in dict.fromkeys((before, "")):
                for tail in (STOP, ""):
                    if one and (lead, one, tail) not in seen:
                        seen.add((lead, one, tail))
                        yield lead, one, tail


def _common(tree: Any) -> list[str]:
    """The characters that most repetitions of an expression take, and pairs of them."""
    counted = {c: sum(_takes(body, c) for body in _bodies(tree)) for c in ALPHABET}
    best = sorted((c for c in counted if counted[c]), key=lambda c: -counted[c])[:4]
    return [*best, *(a + b for a in best[:3] for b in best[:3] if a != b)]


def _bodies(tree: Any) -> Iterator[Any]:
    for kind, value in tree:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            if value[1] >= MANY:
                yield value[2]
            yield from _bodies(value[2])
        else:
            for part in _parts(kind, value):
                yield from _bodies(part)


def _parts(kind: Any, value: Any) -> list[Any]:
    """The expressions inside one."""
    if kind is op.SUBPATTERN:
        return [value[3]]
    if kind is op.BRANCH:
        return list(value[1])
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    if kind is op.ATOMIC_GROUP:
        return [value]
    return []


def _takes(body: Any, char: str) -> bool:
    """Whether a repetition may take a character."""
    for kind, value in body:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            if _takes(value[2], char):
                return True
        elif (
            (kind is op.IN and _in(value, char))
            or (kind is op.LITERAL and value == ord(char))
            or (kind is op.NOT_LITERAL and value != ord(char))
            or kind is op.ANY
            or any(_takes(part, char) for part in _parts(kind, value))
        ):
            return True
    return False


CATEGORIES: dict[Any, Callable[[str], bool]] = {
    op.CATEGORY_DIGIT: str.isdigit,
    op.CATEGORY_SPACE: str.isspace,
    op.CATEGORY_WORD: lambda c: c.isalnum() or c == "_",
}
OPPOSITES = {
    op.CATEGORY_NOT_DIGIT: op.CATEGORY_DIGIT,
    op.CATEGORY_NOT_SPACE: op.CATEGORY_SPACE,
    op.CATEGORY_NOT_WORD: op.CATEGORY_WORD,
}


def _in(members: Any, char: str) -> bool:
    found, negated = False, False
    for kind, value in members:
        if kind is op.NEGATE:
            negated = True
        elif kind is op.LITERAL:
            found |= value == ord(char)
        elif kind is op.RANGE:
            found |= value[0] <= ord(char) <= value[1]
        elif kind is op.CATEGORY:
            own = CATEGORIES.get(OPPOSITES.get(value, value))
            found |= bool(own and own(char)) != (value in OPPOSITES)
    return found != negated


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """Each repetition without end, as what leads to it and one round of it."""
    lead = before
    for kind, value in tree:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            low, high, body = value
            round_ = _sample(body)
            if high >= MANY:
                yield lead, round_
            yield from _repeats(body, lead)
            lead += round_ * low
        else:
            for part in _parts(kind, value):
                yield from _repeats(part, lead)
            lead += _sample([(kind, value)])


def _sample(tree: Any) -> str:
    """A text that an expression takes, near enough."""
    out = ""
    for kind, value in tree:
        if kind is op.LITERAL:
            out += chr(value)
        elif kind is op.IN:
            out += next((c for c in ALPHABET if _in(value, c)), "") or _first(value)
        elif kind is op.NOT_LITERAL:
            out += next(c for c in ALPHABET if ord(c) != value)
        elif kind is op.ANY:
            out += "a"
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            out += _sample(value[2]) * max(value[0], 1 if value[1] >= MANY else 0)
        elif kind is op.BRANCH:
            out += _sample(value[1][0])
        elif kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
            out += "".join(map(_sample, _parts(kind, value)))
    return out


def _first(members: Any) -> str:
    for kind, value in members:
        if kind is op.LITERAL:
            return chr(value)
        if kind is op.RANGE:
            return chr(value[0])
    return ""
