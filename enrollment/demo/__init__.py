"""Five regencies to try the portal with: their real areas and figures, and invented people."""
