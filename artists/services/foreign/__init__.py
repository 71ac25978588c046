"""Pictures of other programs: looked at, allowed, removed."""
