"""Runs over many artists: kinds of work, planning, the walk from item to item, retrying."""
