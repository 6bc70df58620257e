"""Inner loops: arrays in, arrays out. They check nothing and know nothing of scenarios."""
