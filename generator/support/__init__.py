"""General tools: cache, workers, YAML, JSON, tables, timings."""
