"""Reproducible sample music libraries for tests, the demo and benchmarks; the door is `builder.build_library`."""
