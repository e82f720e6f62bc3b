"""Nouns of the model as bytes, and back as the same nouns.

What msgspec packs by its types is left to it; what may be one of several kinds that it cannot tell apart, as
the arguments of a sentence may, is taken apart here. A new noun needs nothing here. It opens no file: a column
is put and taken by whom it was handed to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from heller.model.case import Case
from heller.model.column import Column

LEFT_OUT = {(Case, "samples")}  # tables of samples lie sealed in the case; who needs them opens it
_AS_THEY_ARE = (str, int, float, bool, bytes, NoneType, datetime)


class _Way(NamedTuple):
    """How one kind is put and taken."""

    put: Callable[[Any], Any]
    take: Callable[[Any], Any]


class Nouns:
    """Packs and unpacks. `put` says what stands for a column, `take` makes one of it again."""

    def __init__(self, put: Callable[[Column], Any], take: Callable[[Any], Column]) -> None:
        self._ways: dict[Any, _Way] = {}
        self._known: dict[Any, bool] = {}
        self._encoder = msgspec.msgpack.Encoder(enc_hook=put)
        self._column = take

    def encode(self, value: Any, kind: Any) -> bytes:
        """A noun of this kind as bytes."""
        return self._encoder.encode(self._way(kind).put(value))

    def decode(self, data: bytes, kind: Any) -> Any:
        """The noun again; raises msgspec.DecodeError, ValueError, TypeError for other bytes."""
        return self._way(kind).take(msgspec.msgpack.decode(data))

    def _way(self, kind: Any) -> _Way:
        if kind not in self._ways:  # a kind that holds itself finds its way when it is gone
            self._ways[kind] = _Way(lambda v: self._ways[kind].put(v), lambda v: self._ways[kind].take(v))
            self._ways[kind] = self._way_of(kind)
        return self._ways[kind]

    def _way_of(self, kind: Any) -> _Way:
        origin, args = get_origin(kind), get_args(kind)
        if kind in _AS_THEY_ARE:
            return _Way(lambda v: v, lambda v: v)
        if not self._mixed(kind):
            decoder = msgspec.msgpack.Decoder(kind, dec_hook=lambda _, raw: self._column(raw))
            return _Way(self._encoder.encode, decoder.decode)
        if origin in (Union, UnionType):
            return self._one_of(args)
        if origin is dict:
            keys, values = map(self._way, args)
            return _Way(
                lambda v: [(keys.put(k), values.put(x)) for k, x in v.items()],
                lambda v: {keys.take(k): values.take(x) for k, x in v},
            )
        if origin is tuple and args[-1] is not Ellipsis:
            return _each(tuple, [self._way(arg) for arg in args])
        if origin is not None:
            item = self._way(args[0])
            return _Way(lambda v: [item.put(x) for x in v], lambda v: origin(map(item.take, v)))
        return self._struct(kind)

    def _one_of(self, kinds: tuple[Any, ...]) -> _Way:
        ways = [self._way(kind) for kind in kinds]
        numbers = {get_origin(kind) or kind: n for n, kind in enumerate(kinds)}

        def put(value: Any) -> Any:
            number = numbers[type(value)]
            return number, ways[number].put(value)

        return _Way(put, lambda v: ways[v[0]].take(v[1]))

    def _struct(self, kind: type[Struct]) -> _Way:
        hints = _hints(kind)
        names = [name for name in kind.__struct_fields__ if (kind, name) not in LEFT_OUT]
        inner = _each(list, [self._way(hints[name]) for name in names])
        return _Way(
            lambda v: inner.put([getattr(v, name) for name in names]),
            lambda v: kind(**dict(zip(names, inner.take(v), strict=True))),
        )

    def _mixed(self, kind: Any) -> bool:
        """Whether one of several kinds may stand in it that look alike when they are packed."""
        if kind not in self._known:
            seen, left = {kind}, [kind]
            while left and not self._known.get(kind):
                inner = left.pop()
                if inner in self._known and inner is not kind:  # it was looked through before
                    self._known[kind] = self._known[inner]
                    continue
                self._known[kind] = _alike(inner)
                new = [one for one in _inside(inner) if one not in seen]
                seen.update(new)
                left += new
        return self._known[kind]


def _each(made: Callable[[Iterable[Any]], Any], ways: list[_Way]) -> _Way:
    """One way for each place."""
    return _Way(
        lambda v: [way.put(x) for way, x in zip(ways, v, strict=True)],
        lambda v: made(way.take(x) for way, x in zip(ways, v, strict=True)),
    )


def _alike(kind: Any) -> bool:
    """Whether it is one of several kinds that msgspec cannot tell apart."""
    if get_origin(kind) not in (Union, UnionType):
        return False
    try:
        msgspec.msgpack.Decoder(kind, dec_hook=lambda _, raw: raw)
    except TypeError:
        return True
    return False


def _inside(kind: Any) -> Iterable[Any]:
    """The kinds that a kind is made of."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        return [hint for name, hint in _hints(kind).items() if (kind, name) not in LEFT_OUT]
    return [arg for arg in get_args(kind) if arg is not Ellipsis]


@cache
def _hints(kind: type[Struct]) -> dict[str, Any]:
    return get_type_hints(kind, localns={"LazyFrame": object})
