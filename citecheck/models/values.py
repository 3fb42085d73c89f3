"""Values: how they are defined, and how they are made from others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

V = TypeVar("V")
Reader = Callable[[object], tuple[object, ...]]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def value(kind: type[V]) -> type[V]:
    """`dataclass(frozen=True, slots=True)` at a third of its cost: a report of a few articles needs forty values, and
    the methods that dataclasses compiles for each, one by one, were a fifteenth of it.

    Here the constructor alone is compiled; the other methods are shared.
    """
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True)(kind)
    made.__init__ = _constructor(made)
    made.__eq__, made.__hash__ = _equality(made)
    for name in _METHODS:
        setattr(made, name, getattr(_Value, name))
    return made  # type: ignore[no-any-return]


def _constructor(kind: type[Any]) -> Callable[..., None]:
    """Takes the fields by name or in order, as that of a dataclass does."""
    known: dict[str, Any] = {"put": object.__setattr__, "unset": MISSING}
    arguments, body = ["self"], []
    for one in fields(kind):
        name = given = one.name
        known |= {f"default_{name}": one.default, f"make_{name}": one.default_factory}
        if one.default_factory is not MISSING:
            arguments.append(f"{name}=unset")
            given = f"make_{name}() if {name} is unset else {name}"
        else:
            arguments.append(name if one.default is MISSING else f"{name}=default_{name}")
        body.append(f" put(self, {name!r}, {given})")
    exec("\n".join([f"def __init__({', '.join(arguments)}):", *body]), known)
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    return made


def _equality(kind: type[Any]) -> tuple[Callable[[Any, object], bool], Callable[[Any], int]]:
    """What compares two values of one kind by their fields, and what hashes them."""
    read = _reader(tuple(one.name for one in fields(kind) if one.compare))

    def equal(self: Any, other: object) -> bool:
        return read(self) == read(other) if other.__class__ is self.__class__ else NotImplemented

    return equal, lambda self: hash(read(self))


class _Value:
    """What is the same for all values; each method reads the fields of the value's own kind."""

    def __repr__(self: Any) -> str:
        names, read = _fields(self.__class__)
        shown = ", ".join(f"{name}={found!r}" for name, found in zip(names, read(self), strict=True))
        return f"{self.__class__.__qualname__}({shown})"

    def __setattr__(self, name: str, to: object) -> NoReturn:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def __getstate__(self: Any) -> tuple[object, ...]:
        return _fields(self.__class__)[1](self)

    def __setstate__(self: Any, state: tuple[object, ...]) -> None:
        for name, found in zip(_fields(self.__class__)[0], state, strict=True):
            object.__setattr__(self, name, found)


_METHODS = ("__repr__", "__setattr__", "__delattr__", "__getstate__", "__setstate__")


def changed(value: V, **changes: object) -> V:
    """A value with some fields changed: `dataclasses.replace`, a quarter of its cost.

    For the values that extraction makes by the thousand; all their fields are arguments of their constructors.
    """
    kind: Any = type(value)
    names, read = _fields(kind)
    values = list(read(value))
    for name, new in changes.items():
        values[names.index(name)] = new
    made: V = kind(*values)
    return made


@cache
def _fields(kind: type[Any]) -> tuple[tuple[str, ...], Reader]:
    """The names of the fields, and what reads them all at once."""
    names = tuple(field.name for field in fields(kind))
    return names, _reader(names)


def _reader(names: tuple[str, ...]) -> Reader:
    read = attrgetter(*names)
    return read if len(names) > 1 else lambda value: (read(value),)
