"""The config: its settings, columns, catalogue and limits."""
