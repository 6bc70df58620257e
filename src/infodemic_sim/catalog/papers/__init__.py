"""Published results that can be computed again, one file per publication."""

from infodemic_sim.catalog.reproduction import Reproduction

PAPERS: tuple[Reproduction, ...] = ()
"""All of them, in order of time."""

__all__ = ["PAPERS"]
