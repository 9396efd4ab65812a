"""Flows of least cost through a small network, with the prices that prove them least.

Successive shortest paths with potentials (Edmonds and Karp 1972): costs are whole numbers and not negative.
"""

import heapq
from dataclasses import dataclass, field

UNREACHED = 1 << 60


@dataclass(slots=True)
class Network:
    """Arcs stand in pairs: the one at an even place, and behind it the way back."""

    size: int
    heads: list[int] = field(default_factory=list)
    room: list[int] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)
    leaving: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.leaving = [[] for _ in range(self.size)]

    def add(self, tail: int, head: int, capacity: int, cost: int = 0) -> int:
        """Add an arc; gives its place, where ``used`` finds what flows through it."""
        place = len(self.heads)
        self.leaving[tail].append(place)
        self.leaving[head].append(place + 1)
        self.heads += [head, tail]
        self.room += [capacity, 0]
        self.costs += [cost, -cost]
        return place

    def used(self, place: int) -> int:
        return self.room[place + 1]

    def send(self, source: int, sink: int) -> tuple[int, list[int]]:
        """Send as much as can flow, at the least cost. Gives the amount, and the prices of the nodes.

        With the prices p, no arc with room left costs less than p(head) - p(tail), and none that is used more.
        """
        prices = [0] * self.size
        sent = 0
        while True:
            distances, arrived_by = self._distances(source, prices)
            if distances[sink] == UNREACHED:
                return sent, prices
            for node in range(self.size):
                prices[node] += min(distances[node], distances[sink])
            sent += self._push(source, sink, arrived_by)

    def _distances(self, source: int, prices: list[int]) -> tuple[list[int], list[int]]:
        heads, room, costs = self.heads, self.room, self.costs
        distances, arrived_by = [UNREACHED] * self.size, [-1] * self.size
        distances[source] = 0
        waiting = [(0, source)]
        while waiting:
            distance, node = heapq.heappop(waiting)
            if distance > distances[node]:
                continue
            start = distance + prices[node]
            for arc in self.leaving[node]:
                if room[arc]:
                    head = heads[arc]
                    reached = start + costs[arc] - prices[head]
                    if reached < distances[head]:
                        distances[head], arrived_by[head] = reached, arc
                        heapq.heappush(waiting, (reached, head))
        return distances, arrived_by

    def _push(self, source: int, sink: int, arrived_by: list[int]) -> int:
        path = []
        node = sink
        while node != source:
            path.append(arrived_by[node])
            node = self.heads[arrived_by[node] ^ 1]
        amount = min(self.room[arc] for arc in path)
        for arc in path:
            self.room[arc] -= amount
            self.room[arc ^ 1] += amount
        return amount
