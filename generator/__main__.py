"""``python -m generator`` is the same program as ``gongkai``."""

from generator.cli.program import run

if __name__ == "__main__":
    run()
