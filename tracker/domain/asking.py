"""Values that are made when they are asked for: no page pays for what it doesn't show."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

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
