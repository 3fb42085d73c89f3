"""Coverage-guided fuzzing, by atheris: `python tests/fuzz/run.py TARGET [FOLDER] [-max_total_time=60 …]`.

Needs the extra `fuzz`. FOLDER keeps what reached new code. What breaks is written into the current folder as
`crash-…`: put it into tests/fuzz/regressions as `TARGET-what_it_is`, where the tests replay it.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parents[1]))

with atheris.instrument_imports(include=["citecheck"]):
    import citecheck

    for module in pkgutil.walk_packages(citecheck.__path__, "citecheck."):  # most are imported when they are needed
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from fuzz.targets import SEEDS, TARGETS


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"{__doc__}\nTargets: {' '.join(TARGETS)}")
    name = sys.argv.pop(1)
    folders = [Path(word) for word in sys.argv[1:] if not word.startswith("-")]
    if folders and name in SEEDS:
        folders[0].mkdir(parents=True, exist_ok=True)
        (folders[0] / "seed").write_bytes(SEEDS[name])
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
