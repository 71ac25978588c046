"""MusicBrainz: who an artist is, by an identifier that all others are found with (providers.md 2.1)."""
