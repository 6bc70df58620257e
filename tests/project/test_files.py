"""What stands at the top of the project agrees with itself."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import metadata

import pytest
import yaml

import dev

PROJECT = tomllib.loads((dev.ROOT / "pyproject.toml").read_text("utf-8"))["project"]
HEAVY = ("dask", "igraph", "matplotlib", "mesa", "numba", "pandas", "scipy")


def read(name: str) -> str:
    return (dev.ROOT / name).read_text("utf-8")


def test_version_is_told_once():
    assert metadata("infodemic-sim")["Version"] == PROJECT["version"]
    assert yaml.safe_load(read("CITATION.cff"))["version"] == PROJECT["version"]


def test_licence():
    assert read("LICENSE").startswith("MIT License\n\nCopyright (c) 2026 The infodemic-sim developers\n")
    assert yaml.safe_load(read("CITATION.cff"))["license"] == PROJECT["license"] == "MIT"


def test_readme_starts_with_demo_and_test():
    blocks = re.findall(r"^```\w*\n(.*?)^```", read("README.md"), re.DOTALL | re.MULTILINE)
    assert [block.strip() for block in blocks[:2]] == ["python dev.py demo", "python dev.py test"]


@pytest.mark.parametrize("verb", dev.VERBS)
def test_contributing_names_every_verb(verb):
    assert f"`python dev.py {verb}`" in read("CONTRIBUTING.md")


def test_no_source_file_is_longer_than_400_lines():
    files = [dev.ROOT / "dev.py", *(dev.ROOT / "src").rglob("*.py")]
    lines = {str(file.relative_to(dev.ROOT)): file.read_text("utf-8").count("\n") for file in files}
    assert {name: count for name, count in lines.items() if count > 400} == {}


def test_changelog_fragments_are_of_a_known_kind():
    kinds = set(re.findall(r"^\| `(\w+)` \|", read("changelog.d/README.md"), re.MULTILINE))
    fragments = {path.name for path in (dev.ROOT / "changelog.d").iterdir()} - {"README.md"}
    assert {
        name for name in fragments if not re.fullmatch(rf"[a-z0-9-]+\.({'|'.join(kinds)})\.md", name)
    } == set()


def test_import_is_light():
    code = f"import sys, infodemic_sim; print(*(name for name in {HEAVY} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert loaded.split() == []


RUNNING = (
    "health",
    "interventions",
    "measures",
    "platforms",
    "population",
    "society",
    "spread",
    "sweeps",
    "world",
)
OWN = re.compile(r"np\.(exp2?|expm1|log|log10|log1p|log2|power|sin|cos|tan\w*|sinh|cosh|cbrt|logaddexp)\(")


def test_elementary_functions_are_those_of_the_c_library():
    """NumPy's own differ between processors, and so would the bits of a run, or the address of a design."""
    files = [file for name in RUNNING for file in (dev.ROOT / "src" / "infodemic_sim" / name).rglob("*.py")]
    assert len(files) > 100
    assert [str(file) for file in files if OWN.search(file.read_text("utf-8"))] == []
