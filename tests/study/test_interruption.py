"""Ctrl-C at any moment ends what runs, costs no run, and is never taken for an error of a run."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextlib import suppress

import pytest

import infodemic_sim as ids
from infodemic_sim.cli import INTERRUPTED, main
from infodemic_sim.comparing.compare import compare
from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import ScaleFree
from infodemic_sim.interruption import ctrl_c_heard, endings_heard, stop_if_asked
from infodemic_sim.scenario_file import write_scenario
from infodemic_sim.simulation import running
from infodemic_sim.sweeps import store as stores
from infodemic_sim.sweeps.status import status
from tests.study.tiny import TODAY
from tests.sweeps.test_killed import STUDY
from tests.sweeps.tiny import same_rows, study

pytestmark = pytest.mark.usefixtures("ctrl_c_interrupts")


def swallowed() -> None:
    with suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


def error_after_ctrl_c(error: Exception) -> None:
    with ctrl_c_heard():
        swallowed()
        raise error


def but_for_ctrl_c(told):
    """What tells of errors in destructors, without interrupts."""
    return lambda found: None if found.exc_type is KeyboardInterrupt else told(found)


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # Ctrl-C between `open` and its `with`
def test_at_any_moment_of_a_sweep(tmp_path, monkeypatch):
    """Compiled code makes SystemErrors of interrupts: they must not be stored as failures of runs.

    In a destructor Python swallows an interrupt and only prints it; the run hears of it all the same.
    """
    monkeypatch.setattr(sys, "unraisablehook", but_for_ctrl_c(sys.unraisablehook))
    asked = study(replicates=30)
    undisturbed = ids.sweep(asked, tmp_path / "undisturbed")  # the first one also compiles and imports
    began = time.perf_counter()
    ids.sweep(asked, tmp_path / "second")
    patience = (time.perf_counter() - began) / 200.0
    pressed = caught = 0

    def press() -> None:
        nonlocal pressed
        pressed += 1
        signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)

    while True:
        patience *= 1.25  # until a sweep ends before it, however fast or slow the machine is just now
        timer = threading.Timer(patience, press)
        try:
            timer.start()
            found = ids.sweep(asked, tmp_path / "out")
            timer.cancel()
            timer.join()
            break
        except KeyboardInterrupt:
            caught += 1
        finally:  # an error of the test's own must not be interrupted while it is told
            timer.cancel()
    assert pressed == caught > 3
    assert same_rows(found, undisturbed)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("workers", [1, 2])
def test_asked_to_end_a_sweep_stores_what_it_has_and_ends(tmp_path, number, workers):
    """As a queue does before it kills a job, and a terminal when it is closed."""
    made = []
    before = signal.signal(number, signal.SIG_DFL)  # also where tests run under nohup

    def ask(now: int, total: int) -> None:
        made.append(now)
        os.kill(os.getpid(), number)

    with pytest.raises(SystemExit) as end:
        ids.sweep(study(), tmp_path / "out", workers=workers, progress=ask)
    assert end.value.code == 128 + number
    assert signal.signal(number, before) is signal.SIG_DFL
    assert status(tmp_path / "out").made == made[-1] < 16
    assert same_rows(ids.sweep(study(), tmp_path / "out"), ids.sweep(study(), tmp_path / "undisturbed"))


def test_the_command_says_how_to_go_on_when_it_is_asked_to_end(tmp_path, monkeypatch, capsys):
    def asked(*words, progress, **how):
        return ids.sweep(*words, progress=lambda *now: os.kill(os.getpid(), signal.SIGTERM), **how)

    monkeypatch.setattr("infodemic_sim.cli.sweeping.sweep", asked)
    (tmp_path / "study.yaml").write_text(STUDY)
    with pytest.raises(SystemExit) as end:
        main(["sweep", str(tmp_path / "study.yaml"), "--out", str(tmp_path / "out"), "--workers", "1"])
    assert end.value.code == 143
    assert "Stopped; the same command goes on from here" in capsys.readouterr().err


def test_what_means_something_else_to_a_process_stays_so():
    """As under nohup, or in a program with a way of its own to end."""
    heard = []
    ways = {signal.SIGHUP: signal.SIG_IGN, signal.SIGTERM: lambda number, frame: heard.append(number)}
    before = {number: signal.signal(number, way) for number, way in ways.items()}
    with endings_heard():
        for number in ways:
            os.kill(os.getpid(), number)
    assert heard == [signal.SIGTERM]
    assert {number: signal.signal(number, way) for number, way in before.items()} == ways


def test_ctrl_c_twice_loses_nothing_that_has_finished(tmp_path, monkeypatch):
    """The second comes as what waits is written."""
    real, made = stores.copy_out, []

    def press(*words):
        os.kill(os.getpid(), signal.SIGINT)
        real(*words)

    def first(now: int, total: int) -> None:
        made.append(now)
        if now >= 3:
            monkeypatch.setattr(stores, "copy_out", press)
            os.kill(os.getpid(), signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        ids.sweep(study(), tmp_path / "out", progress=first)
    monkeypatch.undo()
    assert status(tmp_path / "out").made == made[-1]
    assert same_rows(ids.sweep(study(), tmp_path / "out"), ids.sweep(study(), tmp_path / "undisturbed"))


def test_a_run_is_interrupted_where_the_interrupt_was_swallowed():
    with running(study().scenario, seed=1) as run:
        swallowed()
        with pytest.raises(KeyboardInterrupt):
            run.finish()


def test_an_error_after_an_interrupt_is_the_interrupt():
    with pytest.raises(KeyboardInterrupt) as found:
        error_after_ctrl_c(SystemError("returned a result with an exception set"))
    assert isinstance(found.value.__cause__, SystemError)


def test_without_an_interrupt_errors_are_what_they_are():
    with pytest.raises(SystemError), ctrl_c_heard():
        raise SystemError("something else")


def test_our_own_sentences_are_not_hidden():
    with pytest.raises(ParameterError):
        error_after_ctrl_c(ParameterError("this should be read."))


def test_an_interrupt_is_remembered_to_the_end_of_the_outermost_block_and_no_longer():
    with ctrl_c_heard():
        with ctrl_c_heard():
            swallowed()
        with pytest.raises(KeyboardInterrupt):
            stop_if_asked()
    stop_if_asked()


def test_where_ctrl_c_means_something_else_it_stays_so():
    heard = []
    signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    with ctrl_c_heard():
        os.kill(os.getpid(), signal.SIGINT)
        stop_if_asked()
    assert heard == [signal.SIGINT]
    signal.signal(signal.SIGINT, signal.default_int_handler)


def test_what_an_interrupted_comparison_has_made_is_reported_at_the_command_line(
    tmp_path, capsys, monkeypatch
):
    """The command listens too, and has to forget the interrupt once the comparison has obeyed it."""

    def interrupted(*words, progress, **how):
        def after_two(finished: int, total: int) -> None:
            progress(finished, total)
            if finished == 2:
                os.kill(os.getpid(), signal.SIGINT)

        return compare(*words, progress=after_two, **how)

    monkeypatch.setattr("infodemic_sim.cli.comparing.compare", interrupted)
    people = TODAY.population.but(graph=ScaleFree(people=60, mean_degree=4.0, seed=1))
    tiny = TODAY.but(population=people, interventions=(ids.WarningLabel(),))
    write_scenario(tiny, tmp_path / "tiny.yaml")
    asked = [
        *("--replicates", "50"),
        *("--seed", "1"),
        *("--workers", "1"),
        *("--out", str(tmp_path / "out")),
    ]
    with pytest.raises(SystemExit) as end:
        main(["compare", str(tmp_path / "tiny.yaml"), *asked])
    assert end.value.code == INTERRUPTED
    assert "(2 of 50 replicates)" in capsys.readouterr().out
    assert "2 of 50" in (tmp_path / "out" / "report.html").read_text("utf-8")
