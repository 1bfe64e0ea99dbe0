"""The output folder: staging, atomic swap, manifest."""
