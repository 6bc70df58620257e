"""infodemic-sim."""
