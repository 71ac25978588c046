"""Floor 1: tools and front door. Names the other apps only as dotted strings."""

__version__ = "0.25.0"
