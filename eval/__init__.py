"""Questions, metrics, benchmarks and the report."""
