"""The what-if page in a notebook, where its extra is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infodemic_sim.errors import ParameterError, of_kind
from infodemic_sim.scenario import Scenario

if TYPE_CHECKING:
    from infodemic_sim.dashboard.widget import WhatIfWidget


def what_if(scenario: Scenario) -> WhatIfWidget:
    """The page of a scenario as a widget: the last line of a cell shows it.

    Raises
    ------
    ParameterError
        If anywidget is not installed.
    """
    of_kind("scenario", scenario, Scenario)
    try:
        from infodemic_sim.dashboard.widget import WhatIfWidget
    except ImportError:
        raise ParameterError('anywidget is not installed: pip install "infodemic-sim[widget]".') from None
    return WhatIfWidget(scenario)
