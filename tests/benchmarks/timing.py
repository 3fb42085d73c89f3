"""Contenders timed in one process, in turn, so that a change of the machine's pace touches all of them alike."""

from __future__ import annotations

import gc
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

#: What a run gives beside its time: recall, purity, number of pairs.
Figures = Mapping[str, float]


@dataclass
class Contender:
    """Something to time. `run` does the work once and may give figures, or what finds them out when the clock has
    stopped; `needs` is the module of a peer."""

    name: str
    run: Callable[[], Figures | Callable[[], Figures] | None]
    needs: str | None = None
    seconds: list[float] = field(default_factory=list)
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def there(self) -> bool:
        return self.needs is None or find_spec(self.needs) is not None


def race(contenders: Sequence[Contender], runs: int) -> list[Contender]:
    """Run all that are installed in turn, `runs` times each; processor seconds of this process and its children."""
    ready = [one for one in contenders if one.there]
    for one in contenders:
        if not one.there:
            print(f"{one.name}: left out, {one.needs} is not installed (pip install '.[bench]')", file=sys.stderr)
    for number in range(runs):
        for one in ready:
            gc.collect()
            began = spent()
            figures = one.run()
            one.seconds.append(spent() - began)
            one.figures.update((figures() if callable(figures) else figures) or {})
            one.figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # of all so far
            print(f"  run {number + 1} of {runs}: {one.name} {one.seconds[-1]:.3f} s", file=sys.stderr)
    return ready


def spent() -> float:
    """Processor seconds of this process and its children so far."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)  # os.times() counts theirs in hundredths of a second
    return time.process_time() + children.ru_utime + children.ru_stime


def records(title: str, contenders: Sequence[Contender]) -> list[dict[str, object]]:
    """One record a contender; `ratio` is the median of run-by-run ratios to the first, which is the yardstick."""
    yard = contenders[0].seconds
    return [
        {
            "benchmark": title,
            "contender": one.name,
            "median_s": round(statistics.median(one.seconds), 4),
            "min_s": round(min(one.seconds), 4),
            "max_s": round(max(one.seconds), 4),
            "ratio": round(statistics.median(a / max(b, 1e-6) for a, b in zip(one.seconds, yard, strict=True)), 3),
            **{name: round(value, 4) for name, value in one.figures.items()},
        }
        for one in contenders
    ]


def table(found: Sequence[Mapping[str, object]]) -> str:
    """The records as aligned columns, figures last."""
    lines = []
    for row in found:
        known = ("benchmark", "contender", "median_s", "min_s", "max_s", "ratio")
        more = "  ".join(f"{name} {value:g}" for name, value in row.items() if name not in known)
        spread = f"{row['min_s']:.3f}–{row['max_s']:.3f}"
        lines.append(f"{row['contender']:<34}{row['median_s']:>10.3f} s  {spread:<18} × {row['ratio']:<8g} {more}")
    return "\n".join(lines)


def dump(found: Sequence[Mapping[str, object]], path: str) -> None:
    """Write the records as one JSON array."""
    Path(path).write_text(json.dumps(list(found), indent=1) + "\n", encoding="utf-8")
