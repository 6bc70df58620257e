"""An example of what other packages can add to infodemic-sim; each file holds one part."""
