"""Write pages of the manual: ``python -m infodemic_sim.catalog.manual FOLDER [PAGE …]``; none named: all."""

from __future__ import annotations

import sys
from pathlib import Path

from infodemic_sim.catalog.manual import PAGES
from infodemic_sim.study.store import write_text

if __name__ == "__main__":
    for name in sys.argv[2:] or PAGES:
        write_text(Path(sys.argv[1]) / f"{name}.md", PAGES[name]())
