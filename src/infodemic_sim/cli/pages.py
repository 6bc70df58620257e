"""``infodemic app``."""

from __future__ import annotations

from infodemic_sim.dashboard.serving import serve
from infodemic_sim.scenario_file import read_scenario


def serve_scenario(name: str, port: int, *, browser: bool) -> None:
    """Serve the what-if page of a scenario until Ctrl-C."""
    serve(read_scenario(name).scenario, _tell, port=port, browser=browser)


def _tell(address: str) -> None:
    print(f"The page is at {address}\nOnly this machine can reach it. Ctrl-C ends it.", flush=True)
