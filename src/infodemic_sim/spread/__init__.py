"""How information moves."""
