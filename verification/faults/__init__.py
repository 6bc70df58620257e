"""Faults that computers have, made on purpose: what a study holds after a restart, or says of them."""
