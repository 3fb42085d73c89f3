"""A value is what `dataclass(frozen=True, slots=True)` makes, at less cost."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace

import pytest

from citecheck import models
from citecheck.models.values import changed, value


@value
class Point:
    """Two places and what is known of them."""

    x: int
    y: int = 0
    known: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def sum(self) -> int:
        return self.x + self.y


@value
class Alone:
    """A single field."""

    text: str


@dataclass(frozen=True, slots=True)
class Usual:
    """The same by dataclasses."""

    x: int
    y: int = 0
    known: Mapping[str, int] = field(default_factory=dict, compare=False)


def test_is_made_and_shown_as_a_dataclass() -> None:
    assert repr(Point(1)) == repr(Usual(1)).replace("Usual", "Point")
    assert Point(1, y=2).sum == 3
    assert is_dataclass(Point)
    assert [one.name for one in fields(Point)] == ["x", "y", "known"]
    assert asdict(Point(1)) == asdict(Usual(1))
    assert Point(1).known is not Point(1).known
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        Point(1, z=2)  # type: ignore[call-arg]


def test_is_equal_by_its_fields_and_its_type() -> None:
    assert Point(1, 2) == Point(1, 2, {"a": 1})
    assert hash(Point(1, 2)) == hash(Point(1, 2, {"a": 1})) == hash(Usual(1, 2))
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != Usual(1, 2)
    assert Alone("a") == Alone("a") != "a"
    assert {Alone("a"), Alone("a")} == {Alone("a")}


def test_is_frozen_and_has_slots() -> None:
    point = Point(1)
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'x'"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'x'"):
        del point.x  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        point.z = 2  # type: ignore[attr-defined]
    assert not hasattr(point, "__dict__")


def test_is_copied_changed_and_pickled() -> None:
    for one in (Point(1, 2, {"a": 1}), Alone("a")):
        assert copy.copy(one) == copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one
    assert pickle.loads(pickle.dumps(Point(1, 2, {"a": 1}))).known == {"a": 1}
    assert replace(Point(1), y=5) == changed(Point(1), y=5) == Point(1, 5)
    assert changed(Alone("a"), text="b") == Alone("b")
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_all_values_of_the_program_have_a_docstring_of_their_own() -> None:
    """Without one, dataclasses reads the signature of each, which costs more than all the rest."""
    for name in models.__all__:
        kind = getattr(models, name)
        if is_dataclass(kind):
            assert kind.__doc__ and not kind.__doc__.startswith(f"{name}(")
