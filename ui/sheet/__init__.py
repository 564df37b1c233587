"""The sheet on screen: a page painted from the grid, with one stock editor over the current cell."""
