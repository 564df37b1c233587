"""What goes on paper: the official sheet as PDF and as xlsx, both from the one grid of cells."""
