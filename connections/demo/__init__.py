"""Servers that only the demo and the tests know: they behave as the originals do, and destroy what they destroy."""
