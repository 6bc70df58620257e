"""Trials on people, run inside the model at full size, and the defaults that are fitted to them."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from infodemic_sim.catalog.fitting import fit
from infodemic_sim.catalog.reproduction import Size
from infodemic_sim.catalog.trial import conduct
from infodemic_sim.catalog.trials import TRIALS

NUMBER = {
    "loomba_2021": "D1",
    "pennycook_rand_2022": "D2",
    "martel_rand_2024": "D3",
    "walter_2021": "D4",
    "slaughter_2025": "D5",
    "maertens_2025": "D6",
    "guess_2020": "D7",
    "breza_2021": "D8",
    "bode_vraga_2018": "D9",
    "griffiths_2009": "D10",
    "wood_porter_2019": "D11",
}


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_a_trial(target, trial):
    """Fitted effects lie inside what was published; predicted ones do, or their interval reaches it."""
    (result,) = conduct([trial], Size(seed=1, scale=1.0))
    for row in result.rows:
        wanted = ("inside",) if row.outcome.kind == "FITTED" else ("inside", "unclear")
        seen = f"{row.ours.value:.4g} [{row.ours.low:.4g}, {row.ours.high:.4g}], {row.reading}"
        setting = f"{row.outcome.what} ({row.outcome.kind})"
        target.holds(NUMBER[trial.name], setting, row.reading in wanted, seen)


def test_defaults_are_the_fitted_ones():
    """To the digits in which they are declared."""
    for found in fit():
        places = -int(Decimal(str(found.declared)).as_tuple().exponent)
        allowed = 0.5 * 10.0**-places + 1e-3  # rounding, and the tolerance of the root finder
        assert math.isclose(found.solution, found.declared, rel_tol=0, abs_tol=allowed), found
