"""Progress goes to stderr: a line per tenth when nobody watches a terminal."""

from __future__ import annotations

from infodemic_sim.study.progress import shown_progress


def test_a_line_per_tenth(capsys) -> None:
    with shown_progress() as show:
        for finished in range(1, 101):
            show(finished, 100)
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 10
    assert told.err.splitlines()[-1].startswith("100 of 100 replicates done")


def test_quiet_is_quiet(capsys) -> None:
    with shown_progress(quiet=True) as show:
        show(1, 1)
    assert capsys.readouterr().err == ""


def test_a_terminal_gets_a_bar(capsys, monkeypatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with shown_progress() as show:
        show(1, 2)
    assert "1/2" in capsys.readouterr().err
