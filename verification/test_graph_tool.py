"""SIR in rounds against graph-tool, where a system Python has it (on Debian: apt install python3-graph-tool).

graph-tool is on no package index, so it cannot be among this project's own packages: it runs in a process of
the system's Python. Its synchronous round is ours: all of a round rests on the statuses at its start.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from infodemic_sim.graphs import erdos_renyi
from infodemic_sim.spread.sir import SIR

SYSTEM_PYTHON = Path("/usr/bin/python3")
LEVEL, RUNS, PEOPLE, STEPS = 0.001, 1_000, 300, 60
TRANSMISSION, RECOVERY, START = 0.1, 0.25, (0, 1, 2, 3, 4)
THEIRS = f"""
import json, sys
import graph_tool, graph_tool.dynamics
graph_tool.seed_rng(1)
graph = graph_tool.Graph(directed=False)
graph.add_vertex({PEOPLE})
graph.add_edge_list(json.load(sys.stdin))
found = []
for run in range({RUNS}):
    start = graph.new_vp("int32_t")
    start.a[:{len(START)}] = 1
    state = graph_tool.dynamics.SIRState(graph, beta={TRANSMISSION}, gamma={RECOVERY}, s=start)
    state.iterate_sync(niter={STEPS})
    found.append(int((state.get_state().a == 0).sum()))
print(json.dumps(found))
"""


def has_graph_tool() -> bool:
    command = [str(SYSTEM_PYTHON), "-c", "import graph_tool.dynamics"]
    return (
        SYSTEM_PYTHON.exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(
    not has_graph_tool(), reason="no system Python has graph-tool: apt install python3-graph-tool"
)
def test_sir_in_rounds():
    graph = erdos_renyi(PEOPLE, mean_degree=5.0, seed=1)
    people = np.repeat(np.arange(PEOPLE), graph.degrees())
    ties = [(int(u), int(v)) for u, v in zip(people, graph.indices, strict=True) if u < v]
    command = [str(SYSTEM_PYTHON), "-c", THEIRS]
    done = subprocess.run(command, input=json.dumps(ties), capture_output=True, text=True, check=True)
    rule = SIR(transmission=TRANSMISSION, recovery=RECOVERY, start=START)
    runs = (rule.run(graph, seed=1, replicate=k, steps=STEPS) for k in range(RUNS))
    ours = [run.curves["susceptible"][-1] for run in runs]
    assert stats.ks_2samp(ours, json.loads(done.stdout)).pvalue > LEVEL
