"""The git history of the sources. Without git, or in a shallow clone, a ``HistoryGap`` says why there is none."""
