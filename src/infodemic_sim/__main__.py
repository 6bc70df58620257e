"""``python -m infodemic_sim`` is ``infodemic``."""

from infodemic_sim.cli import main

if __name__ == "__main__":
    main()
