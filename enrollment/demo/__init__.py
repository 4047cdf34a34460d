"""Five regencies to try the portal with: real areas and published figures, invented people."""
