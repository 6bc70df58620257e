"""What is measured, each defined once in the codebook."""
