"""The door to the kernels opens when one is first used."""

import subprocess
import sys

import pytest

from infodemic_sim import kernels

CODE = """
import sys
from infodemic_sim import kernels
print("numba" in sys.modules, kernels.draws.__name__, "numba" in sys.modules)
"""


def test_the_compiler_is_imported_with_the_first():
    told = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "infodemic_sim.kernels.draws", "True"]


@pytest.mark.parametrize("name", ["__wrapped__", "_private", "drawz"])
def test_names_that_are_no_kernels(name):
    assert not hasattr(kernels, name)
