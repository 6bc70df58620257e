"""The kernel's side of the widget: it answers messages, and runs beside what else the kernel does."""

from __future__ import annotations

import sys
import threading

import pytest

import infodemic_sim as ids
from infodemic_sim.dashboard.telling import PLAN
from infodemic_sim.errors import ParameterError
from tests.dashboard.small import CHOICES, TOWN


@pytest.fixture
def widget(monkeypatch):
    found = ids.what_if(TOWN)
    found.sent, found.ended = [], threading.Event()

    def send(message: dict) -> None:
        found.sent.append(message)
        if "error" in message or message.get("event", {}).get("kind") == "done":
            found.ended.set()

    monkeypatch.setattr(found, "send", send)
    return found


def ask(widget, **message) -> None:
    widget._asked(widget, message, [])


def test_it_answers_what_the_page_asks(widget):
    ask(widget, id=1, what="form")
    ask(widget, id=2, what="yaml", choices=CHOICES)
    assert [message["id"] for message in widget.sent] == [1, 2]
    assert "warning_label" in widget.sent[1]["answer"]


def test_a_run_is_told_event_by_event(widget):
    ask(widget, id=5, what="run", choices=CHOICES)
    assert widget.ended.wait(600)
    assert {message["id"] for message in widget.sent} == {5}
    pairs = [message["event"] for message in widget.sent if message["event"]["kind"] == "pair"]
    assert len(pairs) == CHOICES["replicates"]
    assert pairs[-1]["beside"][0][PLAN]


def test_a_mistake_is_one_sentence(widget):
    ask(widget, id=6, what="run", choices={"values": {"population.providers": 2.0}})
    assert widget.ended.wait(600)
    ask(widget, id=7, what="report", choices=CHOICES)
    assert [message["id"] for message in widget.sent] == [6, 7]
    assert all("\n" not in message["error"] for message in widget.sent)


def test_a_fault_of_a_plug_in_is_told_and_logged(monkeypatch, caplog):
    def breaks(world):
        raise ZeroDivisionError("three by nothing")

    found = ids.what_if(TOWN.but(interventions=[breaks]))
    assert breaks.__name__ in str(found.desk.answer("form"))
    messages, ended = [], threading.Event()
    monkeypatch.setattr(found, "send", lambda told: (messages.append(told), "error" in told and ended.set()))
    ask(found, id=9, what="run", choices={**CHOICES, "values": {}, "interventions": ["breaks"]})
    assert ended.wait(600)
    assert "stopped in the intervention 'breaks' on day 0, at " in messages[-1]["error"]
    assert "(ZeroDivisionError: three by nothing)" in messages[-1]["error"]
    assert "three by nothing" in caplog.text


def test_a_run_that_is_stopped_says_no_more(widget, monkeypatch):
    hear, stopped = widget.send, threading.Event()

    def stop_at_the_first_pair(message):
        hear(message)
        if message["id"] == 8 and message["event"]["kind"] == "pair":
            ask(widget, id=8, what="stop")
            stopped.set()

    monkeypatch.setattr(widget, "send", stop_at_the_first_pair)
    ask(widget, id=8, what="run", choices={**CHOICES, "replicates": 100})
    assert stopped.wait(600)
    ask(widget, id=9, what="run", choices={**CHOICES, "replicates": 1})
    assert widget.ended.wait(600)
    assert sum(message["id"] == 8 and message["event"]["kind"] == "pair" for message in widget.sent) == 1
    assert widget.sent[-1] == {"id": 9, "event": {"kind": "done"}}


def test_without_the_extra_the_remedy_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    monkeypatch.delitem(sys.modules, "infodemic_sim.dashboard.widget", raising=False)
    with pytest.raises(ParameterError, match=r"infodemic-sim\[widget\]"):
        ids.what_if(TOWN)
