"""One module per word after `tracker`, imported only when it is named."""
