"""Published results that can be computed again, one file per publication."""

from infodemic_sim.catalog.papers import (
    bass_1969,
    centola_macy_2007,
    daley_kendall_1965,
    deffuant_2000,
    juul_ugander_2021,
    newman_2002,
    tambuscio_2015,
    truong_2024,
    watts_2002,
)

PAPERS = (
    daley_kendall_1965.ENTRY,
    bass_1969.ENTRY,
    deffuant_2000.ENTRY,
    watts_2002.ENTRY,
    newman_2002.ENTRY,
    centola_macy_2007.ENTRY,
    tambuscio_2015.ENTRY,
    juul_ugander_2021.ENTRY,
    truong_2024.ENTRY,
)
"""All of them, in order of time."""

__all__ = ["PAPERS"]
