"""The artist.nfo file: read forgivingly, written strictly, merged without losing what others put there."""
