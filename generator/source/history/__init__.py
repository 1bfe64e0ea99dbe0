"""git: what the repository knows of the sources. Without git, or in a shallow clone, that is said, never guessed."""
