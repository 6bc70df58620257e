"""What tests of the command line share."""

from __future__ import annotations

import pytest

from infodemic_sim.cli import main


@pytest.fixture
def run(capsys):
    """Run a command: exit code, stdout, stderr."""

    def command(*arguments: object) -> tuple[object, str, str]:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return end.value.code, printed.out, printed.err

    return command
