"""What many tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data that is not part of the project; without it, tests that need it are skipped.

    ``INFODEMIC_DATA`` names the folder, else it is ``../shared/data`` beside the project. Where
    ``CI_REQUIRE_SHARED`` is 1, its absence is a failure.
    """
    folder = Path(os.environ.get("INFODEMIC_DATA") or ROOT.parent / "shared" / "data")
    if folder.is_dir():
        return folder
    reason = f"real data are not at {folder}: set INFODEMIC_DATA to their folder."
    if os.environ.get("CI_REQUIRE_SHARED") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
