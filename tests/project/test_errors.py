"""Errors are one line that can be shown and read, whatever names they repeat."""

from __future__ import annotations

import pytest

from infodemic_sim.errors import HEAD, TAIL, GraphFileError, ParameterError, UnwritableError


@pytest.mark.parametrize("kind", [GraphFileError, ParameterError, UnwritableError])
def test_messages_are_one_line_of_bounded_length(kind):
    said = str(kind(f"a.csv: there is no column '{'x' * 100_000}\u2028\r\n\ud800'. Did you mean 'y'?"))
    assert said.startswith("a.csv: there is no column 'xxx")
    assert said.endswith("xxx  \\ud800'. Did you mean 'y'?")
    assert len(said.splitlines()) == 1
    assert len(said) == HEAD + TAIL + 3
    assert said.encode().decode() == said


def test_short_messages_stay_as_they_are():
    assert str(ParameterError("days: \u05d0 must be 1 d.")) == "days: \u05d0 must be 1 d."
