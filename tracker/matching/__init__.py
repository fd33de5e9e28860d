"""Are these two names one person? Finding records by the words people use for them."""
