"""Published trials that are run again inside the model, one file per publication."""

from infodemic_sim.catalog.trials import (
    bode_vraga_2018,
    breza_2021,
    griffiths_2009,
    guess_2020,
    loomba_2021,
    maertens_2025,
    martel_rand_2024,
    pennycook_rand_2022,
    slaughter_2025,
    walter_2021,
    wood_porter_2019,
)

TRIALS = (
    loomba_2021.TRIAL,
    pennycook_rand_2022.TRIAL,
    martel_rand_2024.TRIAL,
    walter_2021.TRIAL,
    slaughter_2025.TRIAL,
    maertens_2025.TRIAL,
    guess_2020.TRIAL,
    breza_2021.TRIAL,
    bode_vraga_2018.TRIAL,
    griffiths_2009.TRIAL,
    wood_porter_2019.TRIAL,
)
"""All of them, from misinformation itself to what corrects it."""

__all__ = ["TRIALS"]
