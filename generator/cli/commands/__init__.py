"""commands: one file for one command, or for two that belong together. They print; the work is done below."""
