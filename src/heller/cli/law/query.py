"""Verbs made of a country's questions of law: each option is read by the type of what is asked.

A verb is built when it is asked for; its name holds the country and the question, as in `de__interest`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from importlib import import_module
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from cyclopts import Parameter

from heller.cli.law import screen, typed_words
from heller.cli.screen import as_day, tr, words
from heller.law.book.answer import one_of
from heller.law.book.query import QuerySpec, Share, Span
from heller.model.money import Money
from heller.model.text import Text, text

Read = Callable[[str], Any]
READ: dict[Any, Read] = {
    Money: typed_words.amount,
    date: as_day,
    Decimal: typed_words.number,
    Share: typed_words.share,
    int: typed_words.whole,
    Span: typed_words.span,
    str: str,
}
JSON = Annotated[bool, Parameter(negative="", help=tr("Print JSON for machines."))]


def __getattr__(name: str) -> Callable[..., None]:
    country, _, verb = name.partition("__")
    if not verb:
        raise AttributeError(name)
    return made(import_module(f"heller.law.{country}.queries.{verb}").ask)


def made(ask: Callable[..., Any]) -> Callable[..., None]:
    """A function with the options of a question as words, which reads them, asks and shows the answer."""
    kinds = get_type_hints(ask, include_extras=True)
    given = inspect.signature(ask).parameters

    def run(*, json: bool = False, **said: Any) -> None:
        asked = {name: _option_value(kinds[name], name, value) for name, value in said.items()}
        screen.show(ask(**asked), json=json)

    options = [_option(one, kinds[one.name]) for one in given.values()]
    last = inspect.Parameter("json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=JSON)
    run.__signature__ = inspect.Signature([*options, last])  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in (*options, last)}
    run.__doc__ = ask.__doc__
    return run


def _parts(kind: Any) -> tuple[Any, QuerySpec]:
    """The bare type, without None, and what is asked."""
    bare, asked = get_args(kind)
    if get_origin(bare) in {Union, UnionType}:
        (bare,) = (one for one in get_args(bare) if one is not NoneType)
    return bare, asked


def _many(bare: Any) -> Any:
    """The type of which there may be several; None where there is one."""
    inner = get_args(bare)
    return inner[0] if get_origin(bare) is tuple and inner[-1] is Ellipsis else None


def _option(one: inspect.Parameter, kind: Any) -> inspect.Parameter:
    bare, asked = _parts(kind)
    more: dict[str, Any] = {"help": words()(asked.what)} | ({"name": asked.name} if asked.name else {})
    if bare is bool:
        typed: Any = Annotated[bool, Parameter(negative="", **more)]
    elif _many(bare) is not None:
        typed = Annotated[list[str] | None, Parameter(consume_multiple=True, negative="", **more)]
    else:
        typed = Annotated[str if one.default is inspect.Parameter.empty else str | None, Parameter(**more)]
    default = one.default
    if default is not inspect.Parameter.empty and bare is not bool:
        default = _as_typed(default)
    return one.replace(annotation=typed, default=default)


def _as_typed(default: Any) -> str | None:
    """A default as a person would type it; nothing where there is none."""
    if default is None or default == ():
        return None
    return str(default.value) if isinstance(default, Enum) else str(default)


def _option_value(kind: Any, name: str, said: Any) -> Any:
    bare, asked = _parts(kind)
    if bare is bool:
        return said
    many = _many(bare)
    if many is not None:
        return tuple(READ[many](raw) for raw in said or ())
    if said is None:
        return None
    if inspect.isclass(bare) and issubclass(bare, Enum):
        option = asked.name or f"--{name.replace('_', '-')}"
        return bare(one_of(said, (one.value for one in bare), option, asked.why or WHICH))
    return READ[bare](said)


WHICH: Text = text("The answer depends on which of them is meant.")
