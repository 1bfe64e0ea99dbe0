"""The stages of a build: source, graph, audit, gate, publish, in this order."""
