"""The shell: words in, one call, a table out. Only this package and `render` know Typer and Rich."""
