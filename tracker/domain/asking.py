"""Values that are made when they are asked for: no page pays for what it doesn't show."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

Value = TypeVar("Value")


class WhenAsked(Mapping[str, Value]):
    """The values of `keys`, in order, each made by `make` the first time and then kept.

    >>> doubled = WhenAsked("ab", lambda key: key * 2)
    >>> doubled["b"], list(doubled), "c" in doubled
    ('bb', ['a', 'b'], False)
    """

    def __init__(self, keys: Iterable[str], make: Callable[[str], Value]) -> None:
        self._keys = dict.fromkeys(keys)
        self._made: dict[str, Value] = {}
        self._make = make

    def __getitem__(self, key: str) -> Value:
        if key not in self._keys:
            raise KeyError(key)
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class EachWhenAsked(Sequence[Value]):
    """Values in a row, the one at `place` made by `make(place)` the first time and then kept.

    >>> squares = EachWhenAsked(3, lambda place: place**2)
    >>> squares[-1], squares[:2], squares == (0, 1, 4)
    (4, (0, 1), True)
    """

    __hash__ = None  # type: ignore[assignment]  # as of any sequence that is compared by values

    def __init__(self, count: int, make: Callable[[int], Value]) -> None:
        self._places = range(count)
        self._made: dict[int, Value] = {}
        self._make = make

    @overload
    def __getitem__(self, place: int) -> Value: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Value, ...]: ...

    def __getitem__(self, place: int | slice) -> Value | tuple[Value, ...]:
        if isinstance(place, slice):
            return tuple(self[each] for each in self._places[place])
        known = self._places[place]
        if known not in self._made:
            self._made[known] = self._make(known)
        return self._made[known]

    def __len__(self) -> int:
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)
