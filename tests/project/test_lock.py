"""One lock for every Python and system, and the same versions for pip."""

import re
import tomllib

import pytest

import dev

LOCK = tomllib.loads((dev.ROOT / "uv.lock").read_text("utf-8"))


def test_lock_is_up_to_date():
    assert dev.run(dev.python("uv", "lock", "--check", "--offline", "--quiet")) == 0, (
        "run `python dev.py lock`"
    )


def test_constraints_are_the_lock():
    here = dev.pins(dev.CONSTRAINTS.read_text("utf-8"))
    assert here == dev.pins(dev.exported()), "run `python dev.py lock`"


def test_constraints_name_every_package_of_the_lock():
    pins = dev.pins(dev.CONSTRAINTS.read_text("utf-8"))
    here = {tuple(re.split("==| ;", line)[:2]) for line in pins}
    there = {(p["name"], p["version"]) for p in LOCK["package"] if p["name"] != "infodemic-sim"}
    assert here == there


def test_everything_comes_from_the_public_index():
    sources = {tuple(package["source"].items()) for package in LOCK["package"]}
    assert sources == {(("registry", "https://pypi.org/simple"),), (("editable", "."),)}


@pytest.mark.parametrize(("series", "marker"), [("3.3.", "< '3.12'"), ("3.5.", ">= '3.12'")])
def test_one_lock_serves_both_mesas(series, marker):
    (line,) = [
        pin for pin in dev.pins(dev.CONSTRAINTS.read_text("utf-8")) if pin.startswith(f"mesa=={series}")
    ]
    assert line.endswith(f"; python_full_version {marker}")
