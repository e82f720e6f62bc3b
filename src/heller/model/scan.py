"""What is found by its file: put one into the folder, and it is there. It knows no folder."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def modules(package: str) -> tuple[ModuleType, ...]:
    """The modules of a package in the order of their names."""
    home = import_module(package)
    names = sorted(module.name for module in iter_modules(home.__path__))
    return tuple(import_module(f"{package}.{name}") for name in names)
