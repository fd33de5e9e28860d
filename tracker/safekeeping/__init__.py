"""What keeps the record whole and private: audit, backup, lock, evidence files, the look at the computer."""
