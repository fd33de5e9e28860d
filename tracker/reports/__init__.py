"""Questions asked of the record. Each returns a Table."""
