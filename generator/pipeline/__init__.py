"""The recipe: source, graph, audit, gate, publish, in this order."""
