"""Measures how calm the house is: for each room its files, its functions, and the graph of its imports.

A room is a folder; what stands in it, a folder or a single file, is a room inside. An arrow is one that imports
another, counted once however often; floors are the longest chain of arrows; a circle is a group of rooms that reach
each other. Imports count wherever they stand, also those for the type checker only. It judges nothing, and it does
not look at what a function does.

    python tools/house.py [folder of a package] [--inside ROOM]
"""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import median

HERE = Path(__file__).parents[1] / "src" / "heller"
LONG = 60  # lines of a function

Graph = Mapping[str, set[str]]


def modules(package: Path) -> dict[str, Path]:
    """Every module of the package by its name, `heller.intake.reading`."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(tree: ast.AST, known: Mapping[str, Path]) -> Iterator[str]:
    """The modules of the package that a file names in its imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in known else str(node.module)


def box(module: str, room: str) -> str:
    """The room inside `room` in which a module lies; '' for the room's own face or a module elsewhere."""
    return module.removeprefix(f"{room}.").split(".")[0] if module.startswith(f"{room}.") else ""


def arrows(room: str, named: Graph) -> dict[str, set[str]]:
    """Which room inside imports which."""
    graph: dict[str, set[str]] = {box(module, room): set() for module in named if box(module, room)}
    for module, targets in named.items():
        if one := box(module, room):
            graph[one] |= {other for target in targets if (other := box(target, room)) and other != one}
    return graph


def reach(graph: Graph) -> dict[str, set[str]]:
    """What can be come to from each room, by arrows one after the other."""
    out = {}
    for one in graph:
        seen: set[str] = set()
        ahead = list(graph[one])
        while ahead:
            if (other := ahead.pop()) not in seen:
                seen.add(other)
                ahead.extend(graph[other])
        out[one] = seen
    return out


def circles(graph: Graph) -> list[tuple[str, ...]]:
    """The groups of rooms that reach each other."""
    to = reach(graph)
    groups = {tuple(sorted({one} | {other for other in to[one] if one in to[other]})) for one in graph}
    return sorted(group for group in groups if len(group) > 1)


def floors(graph: Graph) -> int:
    """How many rooms the longest chain of arrows goes through; a circle counts as one."""
    to = reach(graph)
    below = {one: frozenset(other for other in to[one] if one not in to[other]) for one in graph}
    height: dict[str, int] = {}
    for one in sorted(graph, key=lambda name: len(below[name])):
        height[one] = 1 + max((height[other] for other in below[one]), default=0)
    return max(height.values(), default=0)


def functions(tree: ast.AST) -> Iterator[int]:
    """How many lines each function takes, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            yield node.end_lineno - node.lineno + 1


def row(name: str, paths: list[Path], trees: Mapping[Path, ast.AST], graph: Graph) -> str:
    """One line of the page."""
    lengths = [len(path.read_text().splitlines()) for path in paths]
    own = [length for length in lengths if length > 1] or [0]  # a face of one line is no file to read
    long = sorted(length for path in paths for length in functions(trees[path]))
    return (
        f"{name:<10}{len(paths):>6}{sum(lengths):>8}{median(own):>8.0f}{max(own):>9}"
        f"{len(long):>11}{median(long or [0]):>8.0f}{sum(1 for length in long if length > LONG):>9}"
        f"{len(graph):>8}{floors(graph):>8}{sum(map(len, graph.values())):>8}{len(circles(graph)):>9}"
    )


def main(package: Path, inside: str) -> None:
    """Print the page; with a room, its arrows one by one."""
    known = modules(package)
    trees: dict[Path, ast.AST] = {path: ast.parse(path.read_text()) for path in known.values()}
    named = {module: set(imports(trees[path], known)) - {module} for module, path in known.items()}
    if inside:
        for one, others in sorted(arrows(f"{package.name}.{inside}", named).items()):
            print(f"{one} -> {' '.join(sorted(others))}")
        return
    rooms: dict[str, list[Path]] = defaultdict(list)
    for module, path in known.items():
        rooms[box(module, package.name)].append(path)
    print(
        "room       files   lines  median  largest  functions  median  over 60   rooms  floors  arrows  circles"
    )
    for name, paths in sorted(rooms.items()):
        if name and len(paths) > 1:
            print(row(name, paths, trees, arrows(f"{package.name}.{name}", named)))
    print(row("the house", list(known.values()), trees, arrows(package.name, named)))
    alone: Graph = {module: {to for to in targets if to in named} for module, targets in named.items()}
    print(f"circles of files: {len(circles(alone))}")
    for group in circles(alone):
        print("  " + " ".join(group))


if __name__ == "__main__":
    words = sys.argv[1:]
    chosen = words.pop(words.index("--inside") + 1) if "--inside" in words else ""
    folders = [word for word in words if word != "--inside"]
    main(Path(folders[0]) if folders else HERE, chosen)
