"""Things that belong together, joined pair by pair; the order of joining does not matter."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T", bound=str)


class Groups(Generic[T]):
    """Disjoint groups of strings. A string that was never joined is a group of its own."""

    def __init__(self) -> None:
        self._group: dict[T, list[T]] = {}

    def of(self, item: T) -> list[T]:
        """The members of the item's group, itself among them."""
        return self._group.get(item, [item])

    def join(self, a: T, b: T) -> None:
        """Makes one group of the groups of two items."""
        some, others = self.of(a), self.of(b)
        if some is others or (a == b):
            return
        both = some + others
        for item in both:
            self._group[item] = both

    def several(self) -> list[list[T]]:
        """The groups of two and more members, each and all in order."""
        return sorted(sorted(group) for group in {id(g): g for g in self._group.values()}.values())
