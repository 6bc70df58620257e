"""The what-if page in a notebook: ``ids.what_if(scenario)`` as the last line of a cell."""

from __future__ import annotations

import threading
from typing import Any

import anywidget

from infodemic_sim.dashboard.bundle import script, style
from infodemic_sim.dashboard.desk import Desk
from infodemic_sim.errors import InfodemicError
from infodemic_sim.scenario import Scenario


class WhatIfWidget(anywidget.AnyWidget):
    """The page as a widget; runs are made in the kernel, one at a time, beside what else it does."""

    _esm = script("widget")
    _css = style()

    def __init__(self, scenario: Scenario, **traits: Any) -> None:
        super().__init__(**traits)
        self.desk, self.running = Desk(scenario), 0
        self.turn = threading.Lock()
        self.on_msg(self._asked)

    def _asked(self, widget: Any, message: dict[str, Any], buffers: Any) -> None:
        """Answer a message of the page; a run goes on beside, until another begins or it is stopped."""
        number, what = message["id"], message["what"]
        if what == "stop":
            self.running = 0
        elif what == "run":
            self.running = number
            threading.Thread(target=self._run, args=(number, message["choices"]), daemon=True).start()
        else:
            self._answer(number, what, message.get("choices"))

    def _answer(self, number: int, what: str, choices: Any) -> None:
        try:
            self.send({"id": number, "answer": self.desk.answer(what, choices)})
        except InfodemicError as error:
            self.send({"id": number, "error": str(error)})

    def _run(self, number: int, choices: Any) -> None:
        with self.turn:
            try:
                for event in self.desk.run(choices):
                    if self.running != number:
                        return
                    self.send({"id": number, "event": event})
            except InfodemicError as error:
                self.send({"id": number, "error": str(error)})
