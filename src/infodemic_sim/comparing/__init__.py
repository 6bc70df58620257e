"""Ask what plans change: run them, and keep all that is found in a folder."""
