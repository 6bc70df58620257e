"""Importing graphs is light; nothing heavy comes along until it is used."""

import subprocess
import sys


def test_import_brings_no_heavy_library():
    heavy = ["numba", "networkx", "pandas", "igraph", "scipy", "pooch", "requests", "defusedxml"]
    program = f"import sys, infodemic_sim.graphs; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
