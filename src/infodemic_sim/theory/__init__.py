"""What mathematics says about the spread rules: calculators to compare runs with.

>>> from infodemic_sim import theory
>>> round(theory.rumour_ignorants(), 4)
0.2032
>>> round(theory.giant_share(theory.DegreeLaw.poisson(4.0), 0.5), 4)
0.7968
"""

from infodemic_sim.theory.bass import bass_peak_rate, bass_peak_share, bass_peak_time, bass_share
from infodemic_sim.theory.degree_laws import DegreeLaw
from infodemic_sim.theory.final_sizes import (
    daley_kendall_variance,
    maki_thompson_variance,
    nekovee_final_size,
    rumour_ignorants,
    sir_final_size,
    sir_final_size_from,
    sir_outbreak_chance,
)
from infodemic_sim.theory.hoax import HoaxShares, hoax_course, hoax_equilibrium, hoax_threshold
from infodemic_sim.theory.mean_field import (
    maki_thompson_curves,
    nekovee_curves,
    seir_curves,
    sir_curves,
    sis_curves,
)
from infodemic_sim.theory.opinions import degroot_influence, degroot_limit, friedkin_johnsen_limit
from infodemic_sim.theory.percolation import (
    borel_law,
    cascade_outbreak_chance,
    critical_transmissibility,
    giant_share,
    mean_small_size,
    mean_tree_size,
    sir_network_outbreak_chance,
    sir_network_size,
    sir_transmissibility,
)
from infodemic_sim.theory.small_crowds import (
    daley_kendall_law,
    independent_cascade_mean,
    linear_threshold_mean,
    maki_thompson_law,
)
from infodemic_sim.theory.thresholds import largest_eigenvalue, nekovee_threshold, sis_threshold
from infodemic_sim.theory.voter import voter_consensus_time, voter_consensus_time_large, voter_win_chance
from infodemic_sim.theory.watts import Window, most_ties_of_vulnerable, watts_spread, watts_window

__all__ = [
    "DegreeLaw",
    "HoaxShares",
    "Window",
    "bass_peak_rate",
    "bass_peak_share",
    "bass_peak_time",
    "bass_share",
    "borel_law",
    "cascade_outbreak_chance",
    "critical_transmissibility",
    "daley_kendall_law",
    "daley_kendall_variance",
    "degroot_influence",
    "degroot_limit",
    "friedkin_johnsen_limit",
    "giant_share",
    "hoax_course",
    "hoax_equilibrium",
    "hoax_threshold",
    "independent_cascade_mean",
    "largest_eigenvalue",
    "linear_threshold_mean",
    "maki_thompson_curves",
    "maki_thompson_law",
    "maki_thompson_variance",
    "mean_small_size",
    "mean_tree_size",
    "most_ties_of_vulnerable",
    "nekovee_curves",
    "nekovee_final_size",
    "nekovee_threshold",
    "rumour_ignorants",
    "seir_curves",
    "sir_curves",
    "sir_final_size",
    "sir_final_size_from",
    "sir_network_outbreak_chance",
    "sir_network_size",
    "sir_outbreak_chance",
    "sir_transmissibility",
    "sis_curves",
    "sis_threshold",
    "voter_consensus_time",
    "voter_consensus_time_large",
    "voter_win_chance",
    "watts_spread",
    "watts_window",
]
