"""A model in a browser, step by step: the network, and the curve of a measure; with Step, Play and Reset.

Solara is imported here alone, when a page is made (``pip install "infodemic-sim[mesa-viz]"``).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from infodemic_sim.errors import ParameterError
from infodemic_sim.filming import credences
from infodemic_sim.graphs.layout import layout
from infodemic_sim.mesa_model.model import InfodemicModel
from infodemic_sim.plots import styled, trajectories
from infodemic_sim.plots.network import colour_scale, draw_crowd, explained, square_figure
from infodemic_sim.plots.style import new_figure, png_bytes
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.shown import number, shown

SIZE = 14.0
"""Area of a dot in square points."""
DRAWING = Lock()
"""Figures are drawn one after another: the look is lent to all threads at once."""


class View(NamedTuple):
    """What a visitor sees of one moment: pictures are drawn where the model stands still."""

    said: str
    over: bool
    crowd: bytes
    curve: bytes


def page(plan: Scenario | str | os.PathLike[str], *, seed: int = 1, measure: str = "", **model: Any) -> Any:
    """A page for ``solara run``: put ``page = infodemic_sim.mesa_model.page("demo")`` into a file.

    With ``solara run --no-check-version`` nothing asks the internet. Each visitor has a model of their own. A
    click on Step is one day, or the number of steps that the slider says; after Reset the same run begins
    again.

    Parameters
    ----------
    plan, seed, model : as for ``InfodemicModel``, whose own arguments ``model`` takes.
    measure : of the codebook, for the curve; none: the primary outcome of the scenario.

    Raises
    ------
    ParameterError
        If Solara is not installed, or the model refuses its arguments.
    """
    solara = _solara()

    def new_model() -> InfodemicModel:
        return InfodemicModel(plan, rng=seed, measures=measure, **model)

    example = new_model()
    curve, places = measure or example.plan.primary, layout(example.world.setting.graphs[0])
    a_day = max(1, round(24.0 / example.plan.hours_per_step))
    example.close()
    return _component(solara, new_model, curve, places, a_day)()


def _component(
    solara: Any, new_model: Callable[[], InfodemicModel], measure: str, places: np.ndarray, a_day: int
) -> Any:
    """The page as a Solara component."""

    def look(model: InfodemicModel) -> View:
        return view(model, measure, places)

    @solara.component
    def Page() -> None:
        model = solara.use_reactive(solara.use_memo(new_model, []))
        seen = solara.use_reactive(solara.use_memo(lambda: look(model.value), []))
        playing, at_a_time = solara.use_reactive(False), solara.use_reactive(a_day)

        def step() -> None:
            run = model.value
            for _ in range(at_a_time.value):
                run.step()
            if (now := look(run)) and run is model.value:
                seen.value = now

        def play(cancel: Any) -> None:
            while playing.value and model.value.running and not cancel.is_set():
                step()
            playing.value = False

        def reset() -> None:
            playing.value = False
            model.value = new_model()
            seen.value = look(model.value)

        solara.use_thread(play, dependencies=[playing.value])
        solara.Title(f"infodemic-sim: {shown(measure).label}")
        with solara.Column(style={"padding": "12px"}):
            with solara.Row():
                off = seen.value.over
                solara.Button("Step", on_click=step, disabled=off or playing.value)
                label = "Pause" if playing.value else "Play"
                solara.Button(label, on_click=lambda: playing.set(not playing.value), disabled=off)
                solara.Button("Reset", on_click=reset)
            solara.SliderInt(f"Steps at a time: {at_a_time.value}", value=at_a_time, min=1, max=7 * a_day)
            solara.Text(seen.value.said)
            with solara.Columns([1, 1]):
                solara.Image(seen.value.crowd, width="100%")
                solara.Image(seen.value.curve, width="100%")

    return Page


def view(model: InfodemicModel, measure: str, places: np.ndarray) -> View:
    """What there is to see of a model now."""
    with DRAWING:
        pictures = crowd_picture(model, places), curve_picture(model, measure)
    how, over = shown(measure), not model.running
    value = f"{number(how.scale * model.measure(measure))} {how.unit}".strip()
    day = f"Day {model.day:g}" + ", the last one" * over
    return View(f"{day}. {how.label}: {value}", over, *pictures)


def crowd_picture(model: InfodemicModel, places: np.ndarray) -> bytes:
    """Everybody now, coloured by their credence on the first topic; a PNG."""
    graph, credence = model.world.setting.graphs[0], credences(model.simulation)[:, 0]
    with styled():
        figure = square_figure(6, 6.6)
        ax = figure.add_subplot()
        draw_crowd(ax, graph, places, credence, np.full(graph.n, SIZE), np.arange(graph.n))
        ax.set_title(f"Day {model.day:g}: {100.0 * np.mean(credence < 0.5):.1f} % misinformed")
        colour_scale([ax], model.plan.topics[0].name, explained(graph))
    return png_bytes(figure)


def curve_picture(model: InfodemicModel, measure: str) -> bytes:
    """A measure from the first step to now; a PNG."""
    import pandas as pd

    table = model.datacollector.get_model_vars_dataframe()
    if table.empty:
        table = pd.DataFrame({"day": [model.day], measure: [model.measure(measure)]})
    plain = {"plan": "this run", "replicate": 0, "measure": measure, "value": table[measure]}
    runs = pd.DataFrame({"day": table["day"], **plain, "platform": "all", "topic": "all", "subgroup": "all"})
    figure = new_figure(6, 4.5)
    trajectories(runs, measure, figure.add_subplot())
    return png_bytes(figure)


def _solara() -> Any:
    try:
        import solara
    except ImportError:
        raise ParameterError(
            'mesa_model.page needs Solara: pip install "infodemic-sim[mesa-viz]"; `infodemic app` needs none.'
        ) from None
    return solara
